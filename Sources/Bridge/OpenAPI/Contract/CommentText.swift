/// The text of a comment.
enum CommentText {
  /// Without the space that follows `//`, without empty lines around; lines are joined to paragraphs,
  /// but for lists and code.
  static func cleaned(_ text: String) -> String {
    var paragraphs: [String] = []
    var isInCode = false
    var joins = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.first == " " ? line.dropFirst() : line
      let isFence = line.hasPrefix("```")
      let isOwnLine = isFence || isInCode || line.isEmpty || "-*|#> \t".contains(line.first ?? " ")
      if joins, !isOwnLine {
        paragraphs[paragraphs.count - 1] += " " + line
      } else {
        paragraphs.append(String(line))
      }
      if isFence { isInCode.toggle() }
      joins = !(isFence || isInCode || line.isEmpty)
    }
    while paragraphs.last?.isEmpty == true { paragraphs.removeLast() }
    while paragraphs.first?.isEmpty == true { paragraphs.removeFirst() }
    return paragraphs.joined(separator: "\n")
  }

  /// The first sentence, without its full stop.
  static func summary(_ text: String) -> String {
    let paragraph = text.split(separator: "\n").first ?? ""
    var sentence = paragraph[...]
    if let end = paragraph.firstRange(of: ". ") { sentence = paragraph[..<end.lowerBound] }
    if sentence.hasSuffix(".") { sentence = sentence.dropLast() }
    return String(sentence)
  }

  /// The first part of a text that stands in backticks; nil without one.
  static func quoted(_ text: String) -> String? {
    let parts = text.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 && !parts[1].isEmpty ? String(parts[1]) : nil
  }
}
