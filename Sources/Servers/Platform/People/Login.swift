import Foundation

/// What a person signs in with, in the form in which it is stored and compared.
enum Login {
  /// Reads an e-mail address or a telephone number of E.164; nil for anything else.
  static func normalized(_ text: String) -> String? {
    // What looks the same is the same, whatever keyboard or document it came from.
    let trimmed = text.precomposedStringWithCompatibilityMapping
      .split(whereSeparator: \.isWhitespace).joined()
    if trimmed.hasPrefix("+") { return telephone(trimmed) }
    let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].utf8.count),
      (3...189).contains(parts[1].utf8.count), parts[1].contains("."),
      !parts[1].split(separator: ".", omittingEmptySubsequences: false).contains(""),
      trimmed.unicodeScalars.allSatisfy(isVisible)
    else { return nil }
    // Once more: a small letter may come apart into two signs.
    return trimmed.lowercased().precomposedStringWithCompatibilityMapping
  }

  /// Nothing that people do not see or that turns around what they see, and no markup.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: !"<>\"\\(),:;[]".unicodeScalars.contains(scalar)
    }
  }

  /// `+7 (916) 123-45-67` as `+79161234567`.
  private static func telephone(_ text: String) -> String? {
    let digits = text.utf8.dropFirst().filter { !"()-.".utf8.contains($0) }
    guard (7...15).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.first != UInt8(ascii: "0")
    else { return nil }
    return "+" + String(decoding: digits, as: UTF8.self)
  }
}
