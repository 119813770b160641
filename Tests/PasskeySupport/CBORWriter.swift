/// Writes the CBOR that authenticators write (RFC 8949), for tests.
public enum CBORWriter {
  /// A number.
  public static func number(_ value: Int) -> [UInt8] {
    value < 0 ? head(1, -1 - value) : head(0, value)
  }

  /// Bytes.
  public static func bytes(_ value: [UInt8]) -> [UInt8] { head(2, value.count) + value }

  /// Text.
  public static func text(_ value: String) -> [UInt8] {
    head(3, value.utf8.count) + Array(value.utf8)
  }

  /// A map of members that are written already.
  public static func map(_ members: [([UInt8], [UInt8])]) -> [UInt8] {
    head(5, members.count) + members.flatMap { $0.0 + $0.1 }
  }

  private static func head(_ kind: UInt8, _ value: Int) -> [UInt8] {
    switch value {
    case ..<24: [kind << 5 | UInt8(value)]
    case ..<256: [kind << 5 | 24, UInt8(value)]
    default: [kind << 5 | 25, UInt8(value >> 8), UInt8(value & 255)]
    }
  }
}
