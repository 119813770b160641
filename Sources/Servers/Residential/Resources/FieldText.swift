import RPC

/// Texts that a request brings.
enum FieldText {
  /// The text; refused with NUL in it, which PostgreSQL cannot hold.
  static func storable(_ text: String, _ field: String) throws(RPCError) -> String {
    guard !text.utf8.contains(0) else { throw Refusal.invalid(field, "must not contain NUL") }
    return text
  }
}
