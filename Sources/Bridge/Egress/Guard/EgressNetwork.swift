/// A range of addresses, as CIDR writes it.
public struct EgressNetwork: Sendable, Hashable {
  private let prefix: IPAddress
  private let length: Int

  /// Reads `10.0.0.0/8` or `2001:db8::/32`; an address alone is a range of one. Nil for anything
  /// else, and where bits behind the prefix are set: whoever wrote that meant another range.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
    let most = address.bytes.count * 8
    if parts.count == 2 {
      guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
        let length = Int(parts[1]), length <= most
      else { return nil }
      self.length = length
    } else {
      length = most
    }
    prefix = address
    guard !(length..<most).contains(where: { Self.bit($0, of: address) }) else { return nil }
  }

  /// Whether an address is one of these.
  public func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == prefix.bytes.count else { return false }
    return (0..<length).allSatisfy { Self.bit($0, of: address) == Self.bit($0, of: prefix) }
  }

  private static func bit(_ number: Int, of address: IPAddress) -> Bool {
    let mask: UInt8 = 0x80 >> UInt8(number % 8)
    return address.bytes[number / 8] & mask != 0
  }
}
