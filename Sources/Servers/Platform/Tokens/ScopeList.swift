/// Scopes as OAuth writes them: tokens separated by one space each (RFC 6749 section 3.3).
enum ScopeList {
  /// The scopes of a text, each once, in order; nil where it breaks the grammar.
  static func parse(_ text: String) -> [String]? {
    var scopes: [String] = []
    for part in text.split(separator: " ", omittingEmptySubsequences: false) {
      let scope = String(part)
      guard isScope(scope) else { return nil }
      if !scopes.contains(scope) { scopes.append(scope) }
    }
    return scopes
  }

  /// Whether a text is one scope: printable ASCII without space, quote and backslash.
  static func isScope(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
  }
}
