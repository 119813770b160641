/// The form of tenants' identifiers.
enum TenantIdentifier {
  /// A tenant that never exists, for work that has to be the same where there is none.
  static let nobody = "00000000-0000-0000-0000-000000000000"

  /// Whether a text is a UUID in lower case (RFC 9562 section 4).
  static func isValid(_ text: String) -> Bool {
    guard text.utf8.count == 36 else { return false }
    return text.utf8.enumerated().allSatisfy { index, byte in
      switch index {
      case 8, 13, 18, 23: byte == UInt8(ascii: "-")
      default:
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
    }
  }
}
