import RPC

/// What people call something: 1 to 200 characters, none of them a control character.
enum DisplayName {
  static func isValid(_ text: String) -> Bool {
    (1...200).contains(text.unicodeScalars.count)
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
  }

  /// - Throws: INVALID_ARGUMENT for any other text.
  static func checked(_ text: String, _ field: String) throws(RPCError) -> String {
    guard isValid(text) else {
      throw Refusal.invalid(field, "must have 1 to 200 characters and no control characters")
    }
    return text
  }
}
