/// A cookie of this door's own (RFC 6265): for its host alone, over TLS alone, out of reach of
/// scripts, and sent from other sites only where somebody follows a link.
struct Cookie: Equatable {
  /// The longest that browsers keep one (RFC 6265bis section 5.5).
  private static let longestLife = 400 * 86_400

  let value: String
  /// In seconds.
  let life: Int

  /// Reads `value;seconds`, as a handler says it; nil for what cannot stand in a header.
  init?(_ text: String) {
    guard let mark = text.lastIndex(of: ";"), let life = Int(text[text.index(after: mark)...]),
      (0...Self.longestLife).contains(life), text[..<mark].utf8.allSatisfy(Self.isValue)
    else { return nil }
    value = String(text[..<mark])
    self.life = life
  }

  /// The value of `Set-Cookie`.
  func field(_ name: String) -> String {
    "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=\(life)"
  }

  /// The value of the cookie of a name; nil where there is none, or two, of which somebody else
  /// may have put in one.
  static func value(of name: String, in cookies: String) -> String? {
    var found: Substring?
    for pair in cookies.split(separator: ";") {
      let pair = pair.trimmingSpacesAndTabs
      guard let mark = pair.firstIndex(of: "="), pair[..<mark] == name else { continue }
      guard found == nil else { return nil }
      found = pair[pair.index(after: mark)...]
    }
    guard let found, !found.isEmpty, found.utf8.allSatisfy(isValue) else { return nil }
    return String(found)
  }

  /// Whether browsers hold a cookie of this name to one host.
  static func isName(_ text: String) -> Bool {
    text.hasPrefix("__Host-") && text.utf8.count > 7 && text.utf8.allSatisfy(\.isToken)
  }

  /// RFC 6265 section 4.1.1, cookie-octet.
  private static func isValue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
    default: false
    }
  }
}
