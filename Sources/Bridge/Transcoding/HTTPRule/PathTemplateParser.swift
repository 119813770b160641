/// Reads one path template from left to right; its errors name the column.
struct PathTemplateParser {
  private(set) var segments: [PathTemplate.Segment] = []
  private(set) var captures: [PathTemplate.Capture] = []
  private(set) var verb: [UInt8]?

  private let text: String
  private let bytes: [UInt8]
  private var index = 0
  /// Where `**` stood, once seen: nothing but a verb may follow it.
  private var restIndex: Int?

  init(_ text: String) {
    self.text = text
    self.bytes = Array(text.utf8)
  }

  mutating func parse() throws(PathTemplateError) {
    guard next == UInt8(ascii: "/") else { throw error("a template begins with '/'") }
    index += 1
    try parseSegments(insideVariable: false)
    if next == UInt8(ascii: ":") {
      index += 1
      verb = try parseLiteral(what: "a verb")
    }
    guard next == nil else { throw unexpected() }
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func parseSegments(insideVariable: Bool) throws(PathTemplateError) {
    while true {
      try parseSegment(insideVariable: insideVariable)
      guard next == UInt8(ascii: "/") else { return }
      if let restIndex {
        throw error("'**' must be the last segment", at: restIndex)
      }
      index += 1
    }
  }

  private mutating func parseSegment(insideVariable: Bool) throws(PathTemplateError) {
    switch next {
    case UInt8(ascii: "*"):
      let first = segments.count
      let rest = try parseWildcard()
      if !insideVariable {
        captures.append(
          .init(
            variable: nil, segments: first..<first + 1, takesRest: rest, isMultiSegment: rest))
      }
    case UInt8(ascii: "{"):
      guard !insideVariable else { throw error("a variable must not hold another") }
      try parseVariable()
    default:
      segments.append(.literal(try parseLiteral(what: "a segment")))
    }
  }

  /// Reads `*` or `**`; true for the latter.
  private mutating func parseWildcard() throws(PathTemplateError) -> Bool {
    let start = index
    while next == UInt8(ascii: "*") { index += 1 }
    guard index - start <= 2 else { throw error("a wildcard is '*' or '**'", at: start + 2) }
    guard isSegmentEnd else { throw error("a wildcard must be a whole segment") }
    let rest = index - start == 2
    if rest { restIndex = start }
    segments.append(rest ? .rest : .any)
    return rest
  }

  private mutating func parseVariable() throws(PathTemplateError) {
    index += 1
    let nameStart = index
    let name = try parseFieldPath()
    for other in captures.compactMap(\.variable) {
      guard !Self.overlap(name, other) else {
        throw error("'\(name)' is bound already by '\(other)'", at: nameStart)
      }
    }
    let first = segments.count
    if next == UInt8(ascii: "=") {
      index += 1
      try parseSegments(insideVariable: true)
    } else {
      segments.append(.any)
    }
    guard next == UInt8(ascii: "}") else {
      throw next == nil ? error("'}' is missing") : unexpected()
    }
    index += 1
    guard isSegmentEnd, next != UInt8(ascii: "}") else {
      throw error("a variable must be a whole segment")
    }
    let rest = segments.last == .rest
    captures.append(
      .init(
        variable: name, segments: first..<segments.count, takesRest: rest,
        isMultiSegment: rest || segments.count - first > 1))
  }

  private mutating func parseFieldPath() throws(PathTemplateError) -> String {
    let start = index
    while true {
      guard let byte = next, Self.isLetter(byte) else {
        throw error("a field name is expected")
      }
      while let byte = next, Self.isLetter(byte) || Self.isDigit(byte) { index += 1 }
      guard next == UInt8(ascii: ".") else { break }
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func parseLiteral(what: String) throws(PathTemplateError) -> [UInt8] {
    let start = index
    var literal: [UInt8] = []
    while let byte = next, Self.isLiteral(byte) {
      if byte == UInt8(ascii: "%") {
        guard let value = PercentCoding.octet(in: bytes.span, at: index) else {
          throw error("'%' must be followed by two hexadecimal digits")
        }
        literal.append(value)
        index += 3
      } else {
        literal.append(byte)
        index += 1
      }
    }
    guard index > start else {
      throw next == nil || isSegmentEnd ? error("\(what) is missing") : unexpected()
    }
    guard isSegmentEnd else { throw unexpected() }
    guard literal != [0x2E], literal != [0x2E, 0x2E] else {
      throw error("'.' and '..' never match", at: start)
    }
    return literal
  }

  private var isSegmentEnd: Bool {
    switch next {
    case nil, UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "}"): true
    default: false
    }
  }

  private func unexpected() -> PathTemplateError {
    guard let byte = next else { return error("the template ends too early") }
    let scalar = byte < 0x80 ? String(UnicodeScalar(byte)) : "a byte over 127"
    return error("'\(scalar)' is not allowed here")
  }

  private func error(_ reason: String, at position: Int? = nil) -> PathTemplateError {
    PathTemplateError(template: text, column: (position ?? index) + 1, reason: reason)
  }

  /// Whether both name the same field, or one names a field inside the other.
  private static func overlap(_ a: String, _ b: String) -> Bool {
    a == b || a.hasPrefix(b + ".") || b.hasPrefix(a + ".")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// A `pchar` of RFC 3986 section 3.3 without the template's own `*` and `:`, or UTF-8.
  private static func isLiteral(_ byte: UInt8) -> Bool {
    if isLetter(byte) || isDigit(byte) || byte >= 0x80 { return true }
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "%"),
      UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "@"):
      return true
    default:
      return false
    }
  }
}
