import Glibc

/// An address of the internet protocol, 4 or 16 bytes.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
  /// In network order.
  public let bytes: [UInt8]

  /// Takes 4 or 16 bytes in network order.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads the strict form: four decimal numbers, or RFC 4291's text without a zone.
  public init?(_ text: String) {
    var long = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET6, text, &long) == 1 {
      bytes = long
      return
    }
    var short = [UInt8](repeating: 0, count: 4)
    guard inet_pton(AF_INET, text, &short) == 1 else { return nil }
    bytes = short
  }

  /// Whether it is one of version 4.
  public var isV4: Bool { bytes.count == 4 }

  /// The text, an address of version 6 without brackets.
  public var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(isV4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
      return "?"
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
