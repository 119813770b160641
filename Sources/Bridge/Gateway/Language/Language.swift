/// The languages in which the door can tell a person what went wrong.
enum Language: CaseIterable, Sendable {
  case english
  case russian

  /// The tag of BCP 47.
  var tag: String {
    switch self {
    case .english: "en"
    case .russian: "ru"
    }
  }

  /// The language that `Accept-Language` would rather have (RFC 9110 section 12.5.4), looked up as
  /// RFC 4647 section 3.4 has it: `ru-RU` is content with `ru`. English where it names none of them,
  /// or is not readable.
  static func best(of acceptLanguage: String) -> Language {
    var qualities: [Language: Int] = [:]
    var any: Int?
    var order: [Language] = []
    for member in acceptLanguage.split(separator: ",") {
      let parts = member.split(separator: ";", omittingEmptySubsequences: false)
      guard let quality = quality(parts.dropFirst()), let range = parts.first else { continue }
      let primary = range.trimmingSpacesAndTabs.prefix { $0 != "-" }.lowercased()
      if primary == "*" {
        any = max(any ?? 0, quality)
      } else if let language = allCases.first(where: { $0.tag == primary }) {
        qualities[language] = max(qualities[language] ?? 0, quality)
        if !order.contains(language) { order.append(language) }
      }
    }
    var best = Language.english
    var greatest = 0
    // Of two that are wanted as much, the one that is named first.
    for language in order + allCases.filter({ !order.contains($0) }) {
      let quality = qualities[language] ?? any ?? 0
      if quality > greatest {
        best = language
        greatest = quality
      }
    }
    return best
  }

  /// A weight in thousandths (RFC 9110 section 12.4.2); nil for what is none.
  private static func quality(_ parameters: ArraySlice<Substring>) -> Int? {
    var quality = 1_000
    for parameter in parameters {
      let text = parameter.trimmingSpacesAndTabs.lowercased()
      guard text.hasPrefix("q="), text.utf8.count <= 7, let value = Double(text.dropFirst(2)),
        value >= 0, value <= 1
      else { return nil }
      quality = Int((value * 1_000).rounded())
    }
    return quality
  }

  /// Whether a text can stand in `Content-Language`.
  static func isTag(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 35
      && text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x30...0x39).contains(byte) || byte == 0x2D
      }
  }
}
