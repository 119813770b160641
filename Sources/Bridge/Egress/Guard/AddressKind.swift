/// What an address that nobody outside may send us to is. Whatever is not in the table is an
/// address of the internet.
public enum AddressKind: String, Sendable, Hashable, CaseIterable {
  /// 0.0.0.0/8 and `::`: this host, whichever it is.
  case unspecified
  /// 127.0.0.0/8 and `::1`.
  case loopback
  /// RFC 1918, and RFC 4193's unique local addresses.
  case `private`
  /// RFC 6598: behind a carrier's translation.
  case shared
  /// 169.254.0.0/16, where clouds keep their metadata, and fe80::/10.
  case linkLocal
  /// fec0::/10, deprecated and still routed in places.
  case siteLocal
  /// 224.0.0.0/4 and ff00::/8.
  case multicast
  /// 255.255.255.255.
  case broadcast
  /// Reserved for protocols, documentation, benchmarks or the future.
  case reserved
  /// RFC 6052 and RFC 8215: an address of version 4 behind a translator.
  case translated
  /// RFC 3056: an address of version 4 as a tunnel's end.
  case sixToFour
  /// RFC 4380: the same, by a relay.
  case teredo
  /// ::ffff:0:0/96 and ::/96: an address of version 4 in the clothes of version 6.
  case mapped
  /// An address of this machine.
  case own
  /// One that the operator named.
  case forbidden

  /// What an address is; nil for one of the internet.
  public init?(_ address: IPAddress) {
    let table = address.isV4 ? Self.v4 : Self.v6
    guard let row = table.first(where: { $0.holds(address.bytes) }) else { return nil }
    self = row.kind
  }

  private struct Row: Sendable {
    let kind: AddressKind
    let prefix: [UInt8]
    let length: Int

    init(_ kind: AddressKind, _ length: Int, _ prefix: UInt8...) {
      self.kind = kind
      self.length = length
      self.prefix = prefix
    }

    func holds(_ bytes: [UInt8]) -> Bool {
      for index in 0..<((length + 7) / 8) {
        let mask: UInt8 = length - index * 8 >= 8 ? 0xff : ~(0xff >> UInt8(length - index * 8))
        let wanted = index < prefix.count ? prefix[index] : 0
        guard bytes[index] & mask == wanted & mask else { return false }
      }
      return true
    }
  }

  /// The IANA registry of special-purpose addresses (RFC 6890), the first match counting.
  private static let v4: [Row] = [
    Row(.unspecified, 8, 0), Row(.loopback, 8, 127),
    Row(.private, 8, 10), Row(.private, 12, 172, 16), Row(.private, 16, 192, 168),
    Row(.shared, 10, 100, 64), Row(.linkLocal, 16, 169, 254),
    Row(.reserved, 24, 192, 0, 0), Row(.reserved, 24, 192, 0, 2),
    Row(.reserved, 24, 192, 31, 196), Row(.reserved, 24, 192, 52, 193),
    Row(.reserved, 24, 192, 88, 99), Row(.reserved, 24, 192, 175, 48),
    Row(.reserved, 15, 198, 18), Row(.reserved, 24, 198, 51, 100),
    Row(.reserved, 24, 203, 0, 113), Row(.multicast, 4, 224),
    Row(.broadcast, 32, 255, 255, 255, 255), Row(.reserved, 4, 240),
  ]

  private static let v6: [Row] = [
    Row(.unspecified, 128), Row(.loopback, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    Row(.mapped, 96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff), Row(.mapped, 96),
    Row(.translated, 96, 0, 0x64, 0xff, 0x9b), Row(.translated, 48, 0, 0x64, 0xff, 0x9b, 0, 1),
    Row(.teredo, 32, 0x20, 1), Row(.reserved, 23, 0x20, 1), Row(.reserved, 32, 0x20, 1, 0x0d, 0xb8),
    Row(.sixToFour, 16, 0x20, 2), Row(.reserved, 20, 0x3f, 0xff),
    // Only 2000::/3 was ever given out; the special ones of the rest are named.
    Row(.private, 7, 0xfc), Row(.linkLocal, 10, 0xfe, 0x80), Row(.siteLocal, 10, 0xfe, 0xc0),
    Row(.multicast, 8, 0xff), Row(.reserved, 3, 0), Row(.reserved, 2, 0x40),
    Row(.reserved, 1, 0x80),
  ]
}
