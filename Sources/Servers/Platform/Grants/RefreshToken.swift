import LibCrypto

/// A refresh token: the family's identifier, a generation, and a code over both that only who has
/// the family's secret can make.
///
/// So the same generation is always the same text, and a retry can be given the very successor that
/// was lost, though no token is stored (S-C15).
struct RefreshToken: Sendable {
  /// For scanners that look for secrets in the wrong places.
  static let prefix = "art_"

  let familyID: String
  let generation: UInt32
  private let code: [UInt8]

  /// Takes a token apart; nil where the text is none.
  init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), text.utf8.count <= 200,
      let bytes = Base64URL.decode(text.dropFirst(Self.prefix.count)), bytes.count == 52
    else { return nil }
    familyID = Self.uuid(bytes[0..<16])
    generation = bytes[16..<20].reduce(0) { $0 << 8 | UInt32($1) }
    code = Array(bytes[20...])
  }

  /// The token of a generation.
  static func text(
    familyID: String, generation: UInt32, tenantID: String, secret: [UInt8]
  ) -> String {
    let head = head(familyID, generation)
    return prefix + Base64URL.encode(head + Self.code(head, tenantID, secret))
  }

  /// Whether the family's secret made it, for this tenant.
  func isMade(with secret: [UInt8], tenantID: String) -> Bool {
    constantTimeEqual(code, Self.code(Self.head(familyID, generation), tenantID, secret))
  }

  private static func code(_ head: [UInt8], _ tenantID: String, _ secret: [UInt8]) -> [UInt8] {
    HMACSHA256.code(of: Array("artel refresh token \(tenantID)".utf8) + head, key: secret)
  }

  private static func head(_ familyID: String, _ generation: UInt32) -> [UInt8] {
    let digits = familyID.utf8.filter { $0 != UInt8(ascii: "-") }.map {
      $0 < UInt8(ascii: "a") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10
    }
    let id = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    return id + (0..<4).map { UInt8(truncatingIfNeeded: generation >> UInt32(24 - 8 * $0)) }
  }

  /// RFC 9562 section 4, in lower case.
  private static func uuid(_ bytes: ArraySlice<UInt8>) -> String {
    var text = Hexadecimal.encode(Array(bytes))
    for offset in [20, 16, 12, 8] {
      text.insert("-", at: text.index(text.startIndex, offsetBy: offset))
    }
    return text
  }
}
