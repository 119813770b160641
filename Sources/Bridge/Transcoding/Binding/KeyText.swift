/// How `Idempotency-Key` is written.
package enum KeyText {
  /// How many characters a key has at most, without its quotes.
  private static let greatest = 255

  /// The key: a string of RFC 8941 section 3.3.3 without its quotes, or the characters of a token as
  /// they are; nil for anything else.
  package static func read(_ text: String) -> String? {
    guard text.utf8.count <= 2 * greatest + 2,
      text.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
    else {
      return nil
    }
    guard text.hasPrefix("\"") else {
      return (1...greatest).contains(text.utf8.count)
        && text.utf8.allSatisfy(Disposition.isTokenOrSlash) ? text : nil
    }
    var key = ""
    var isEscaped = false
    var rest = text.dropFirst()
    while let next = rest.popFirst() {
      if isEscaped {
        guard next == "\"" || next == "\\" else { return nil }
        key.append(next)
        isEscaped = false
      } else if next == "\\" {
        isEscaped = true
      } else if next == "\"" {
        return rest.isEmpty && (1...greatest).contains(key.utf8.count) ? key : nil
      } else {
        key.append(next)
      }
    }
    return nil
  }
}
