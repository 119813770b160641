import Foundation
import GeneratedOptions

/// Looks for what a policy's deprecation cannot mean.
struct DeprecationCheck {
  /// Whether the method has the option `deprecated`.
  let isDeprecated: Bool
  let policy: Artel_Options_V1_MethodPolicy

  /// What is wrong, one sentence for each.
  var problems: [String] {
    guard policy.hasDeprecation else {
      return isDeprecated
        ? [
          "a deprecated method needs deprecation.date in its policy: callers have to know since when"
        ]
        : []
    }
    var problems: [String] = []
    let deprecation = policy.deprecation
    if !isDeprecated {
      problems.append("deprecation needs `option deprecated = true`: compilers warn by that")
    }
    if !Self.isDay(deprecation.date) {
      problems.append("deprecation.date \"\(deprecation.date)\" is no day such as 2026-11-01")
    }
    if !deprecation.sunset.isEmpty {
      if !Self.isDay(deprecation.sunset) {
        problems.append("deprecation.sunset \"\(deprecation.sunset)\" is no day such as 2026-11-01")
      } else if deprecation.sunset < deprecation.date {
        problems.append("deprecation.sunset is before its date")
      }
    }
    let isLink =
      deprecation.link.hasPrefix("https://")
      && deprecation.link.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }
    if !deprecation.link.isEmpty, !isLink {
      problems.append("deprecation.link \"\(deprecation.link)\" is no https URI")
    }
    return problems
  }

  /// Whether the text is a day of the calendar from 1970 on, as RFC 3339 writes it.
  private static func isDay(_ text: String) -> Bool {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    guard text.utf8.count == 10, text >= "1970-01-01", let date = try? format.parse(text) else {
      return false
    }
    return format.format(date) == text
  }
}
