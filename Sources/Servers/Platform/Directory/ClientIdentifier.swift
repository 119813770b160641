/// The form of client identifiers. They end up in SPIFFE IDs and in resource names, so they have
/// the characters that need no escape in either.
enum ClientIdentifier {
  /// Whether a text is one: 1 to 64 letters, digits, `.`, `_` and `-`, not a sign first.
  static func isValid(_ text: String) -> Bool {
    guard (1...64).contains(text.utf8.count), let first = text.utf8.first else { return false }
    return isLetterOrDigit(first) && text.utf8.allSatisfy(isCharacter)
  }

  private static func isCharacter(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
