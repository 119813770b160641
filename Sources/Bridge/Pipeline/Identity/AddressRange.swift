import Glibc

/// Addresses with a common prefix, as CIDR writes them (RFC 4632, RFC 4291 section 2.3).
public struct AddressRange: Sendable, Hashable {
  /// 16 bytes: an IPv4 address is held as its mapped IPv6 one (RFC 4291 section 2.5.5.2), so that
  /// a client is the same client over either kind of socket.
  private let prefix: [UInt8]
  private let bits: Int

  /// Reads `203.0.113.0/24`, `2001:db8::/32` or a single address; nil for anything else, and for a
  /// range with bits behind its prefix, which is more often a slip than meant.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
    let offset = parts[0].contains(":") ? 0 : 96
    var bits = 128
    if parts.count == 2 {
      guard (1...3).contains(parts[1].utf8.count),
        parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(parts[1]),
        given <= 128 - offset
      else { return nil }
      bits = offset + given
    }
    guard Self.masked(bytes, bits) == bytes else { return nil }
    prefix = bytes
    self.bits = bits
  }

  func contains(_ address: [UInt8]) -> Bool { Self.masked(address, bits) == prefix }

  /// The 16 bytes of an address; nil where it is none.
  static func bytes(of text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    // Zone identifiers and other text that is no address are refused by inet_pton.
    if inet_pton(AF_INET6, text, &bytes) == 1 { return bytes }
    var short = [UInt8](repeating: 0, count: 4)
    guard inet_pton(AF_INET, text, &short) == 1 else { return nil }
    return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] + short
  }

  private static func masked(_ bytes: [UInt8], _ bits: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let kept = min(8, max(0, bits - 8 * index))
      return byte & UInt8(truncatingIfNeeded: 0xff00 >> kept)
    }
  }
}

extension AddressRange {
  /// Reads ranges; nil where one is malformed.
  static func all(_ texts: [String]) -> [AddressRange]? {
    var ranges: [AddressRange] = []
    for text in texts {
      guard let range = AddressRange(text) else { return nil }
      ranges.append(range)
    }
    return ranges
  }
}
