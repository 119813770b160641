/// The order of versions: `2.9` comes before `2.10`, and `2.10-beta` between them.
enum VersionOrder {
  private static let parts = 4
  private static let width = 10

  /// A version as it is stored: its place in the order, a tab, and how it is written.
  static func entry(_ version: String) -> String { "\(key(version))\t\(version)" }

  /// How a stored version is written.
  static func version(ofEntry entry: String) -> String {
    entry.split(separator: "\t", maxSplits: 1).last.map(String.init) ?? ""
  }

  /// A text that is greater, byte by byte, for the later version; empty for none.
  static func key(_ version: String) -> String {
    guard !version.isEmpty else { return "" }
    var rest =
      version.utf8.first == UInt8(ascii: "v") ? version.utf8.dropFirst() : version.utf8[...]
    var numbers: [String] = []
    while numbers.count < parts, rest.first?.isDigit == true {
      let digits = rest.prefix(while: \.isDigit)
      rest = rest.dropFirst(digits.count)
      let text = String(Substring(digits.drop { $0 == UInt8(ascii: "0") }.suffix(width)))
      numbers.append(String(repeating: "0", count: width - text.utf8.count) + text)
      guard rest.first == UInt8(ascii: ".") else { break }
      rest = rest.dropFirst()
    }
    while numbers.count < parts { numbers.append(String(repeating: "0", count: width)) }
    // What is before a release, and what says how it was built (semver.org).
    let isRelease = rest.isEmpty || rest.first == UInt8(ascii: "+")
    let end = isRelease ? "~" : String(Substring(rest))
    return numbers.joined(separator: ".") + " " + end
  }
}
