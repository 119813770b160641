/// What is wrong with an XML message. Tells where, and nothing of the content.
public struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: String, Sendable, Hashable {
    case tooLarge = "too large"
    case notUTF8 = "not UTF-8"
    case declaration = "a document type, a comment, a section or an instruction"
    case entity = "an entity that XML itself does not have"
    case namespace = "a namespace"
    case tooDeep = "too deep"
    case tooMany = "too many elements or attributes"
    case tooLong = "a name or an attribute is too long"
    case malformed = "not well-formed"
  }

  /// What is wrong.
  public let problem: Problem
  /// At which byte.
  public let offset: Int

  public var description: String { "\(problem.rawValue), at byte \(offset)" }
}

/// What an XML message may be.
public struct XMLLimits: Sendable, Hashable {
  /// The most bytes of a document.
  public var bytes = 64 << 10
  /// The most elements around another.
  public var depth = 16
  /// The most elements.
  public var elements = 2000
  /// The most attributes of an element.
  public var attributes = 16
  /// The most bytes of a name.
  public var name = 64
  /// The most bytes of an attribute's value.
  public var value = 1024

  /// The limits of a usual message.
  public init() {}
}

extension XMLElement {
  /// Reads a document: elements, attributes, text and the five entities of XML 1.0 itself, in
  /// UTF-8.
  ///
  /// It knows no document type, so that nothing can be expanded and nothing outside be read; no
  /// comments, sections, instructions or namespaces, which messages do not need. What it does not
  /// know it refuses.
  ///
  /// - Throws: `XMLError`.
  public init(document bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
    var reader = XMLReader(bytes: bytes, limits: limits)
    self = try reader.document()
  }
}

private struct XMLReader {
  private let bytes: [UInt8]
  private let limits: XMLLimits
  private var index = 0
  private var elements = 0

  init(bytes: [UInt8], limits: XMLLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func document() throws(XMLError) -> XMLElement {
    guard bytes.count <= limits.bytes else { throw error(.tooLarge) }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw error(.notUTF8) }
    try declaration()
    skipSpace()
    guard take("<") else { throw error(.malformed) }
    let root = try element(depth: 1)
    skipSpace()
    guard index == bytes.count else { throw error(markup) }
    return root
  }

  /// The XML declaration, where there is one: version 1.0, UTF-8.
  private mutating func declaration() throws(XMLError) {
    guard take("<?xml") else { return }
    guard peek.map(Self.isSpace) == true else { throw error(.declaration) }
    let named = try attributes()
    guard take("?>"), named["version"] == "1.0",
      Set(named.keys).isSubset(of: ["version", "encoding", "standalone"])
    else { throw error(.malformed) }
    guard named["encoding"].map({ $0.lowercased() == "utf-8" }) ?? true else {
      throw error(.notUTF8)
    }
  }

  /// An element behind its `<`.
  private mutating func element(depth: Int) throws(XMLError) -> XMLElement {
    guard depth <= limits.depth else { throw error(.tooDeep) }
    elements += 1
    guard elements <= limits.elements else { throw error(.tooMany) }
    var element = XMLElement(try name())
    element.attributes = try attributes()
    if take("/>") { return element }
    guard take(">") else { throw error(.malformed) }
    var text: [UInt8] = []
    while let byte = peek {
      guard byte == UInt8(ascii: "<") else {
        try character(into: &text)
        continue
      }
      if take("</") {
        guard try name() == element.name else { throw error(.malformed) }
        skipSpace()
        guard take(">") else { throw error(.malformed) }
        element.text = Self.trimmed(text)
        // Messages have either: what stands between elements would be lost.
        guard element.children.isEmpty || element.text.isEmpty else { throw error(.malformed) }
        return element
      }
      index += 1
      element.children.append(try self.element(depth: depth + 1))
    }
    throw error(.malformed)
  }

  private mutating func attributes() throws(XMLError) -> [String: String] {
    var found: [String: String] = [:]
    while true {
      let hadSpace = skipSpace()
      guard let byte = peek,
        ![UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "?")].contains(byte)
      else { return found }
      guard hadSpace else { throw error(.malformed) }
      guard found.count < limits.attributes else { throw error(.tooMany) }
      let name = try name()
      guard name != "xmlns" else { throw error(.namespace) }
      skipSpace()
      guard take("=") else { throw error(.malformed) }
      skipSpace()
      guard found.updateValue(try value(), forKey: name) == nil else { throw error(.malformed) }
    }
  }

  private mutating func value() throws(XMLError) -> String {
    guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw error(.malformed)
    }
    index += 1
    var text: [UInt8] = []
    while let byte = peek, byte != quote {
      guard byte != UInt8(ascii: "<") else { throw error(.malformed) }
      guard text.count < limits.value else { throw error(.tooLong) }
      try character(into: &text)
    }
    guard peek == quote else { throw error(.malformed) }
    index += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func name() throws(XMLError) -> String {
    guard let first = peek else { throw error(.malformed) }
    guard Self.isLetter(first) else { throw error(markup) }
    let start = index
    while let byte = peek,
      Self.isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
    {
      index += 1
      guard index - start <= limits.name else { throw error(.tooLong) }
    }
    guard peek != UInt8(ascii: ":") else { throw error(.namespace) }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// One byte of text, or what a reference stands for.
  private mutating func character(into text: inout [UInt8]) throws(XMLError) {
    let byte = bytes[index]
    guard byte == UInt8(ascii: "&") else {
      guard byte >= 0x20 || Self.isSpace(byte) else { throw error(.malformed) }
      text.append(byte)
      index += 1
      return
    }
    let start = index + 1
    // The longest is `#1114111`.
    guard let end = bytes[start...].prefix(9).firstIndex(of: UInt8(ascii: ";")) else {
      throw error(.entity)
    }
    let reference = String(decoding: bytes[start..<end], as: UTF8.self)
    switch reference {
    case "lt": text.append(UInt8(ascii: "<"))
    case "gt": text.append(UInt8(ascii: ">"))
    case "amp": text.append(UInt8(ascii: "&"))
    case "quot": text.append(UInt8(ascii: "\""))
    case "apos": text.append(UInt8(ascii: "'"))
    default:
      guard let scalar = Self.scalar(reference) else { throw error(.entity) }
      text += Array(String(Character(scalar)).utf8)
    }
    index = end + 1
  }

  /// `#65` or `#x41`, where XML 1.0 has that character.
  private static func scalar(_ reference: String) -> Unicode.Scalar? {
    guard reference.hasPrefix("#") else { return nil }
    let digits = reference.dropFirst(reference.hasPrefix("#x") ? 2 : 1)
    guard digits.allSatisfy(\.isHexDigit),
      let number = UInt32(digits, radix: reference.hasPrefix("#x") ? 16 : 10),
      number >= 0x20 || [9, 10, 13].contains(number), number & 0xfffe != 0xfffe
    else { return nil }
    return Unicode.Scalar(number)
  }

  private static func trimmed(_ text: [UInt8]) -> String {
    let start = text.firstIndex { !isSpace($0) } ?? text.endIndex
    let end = text.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return String(decoding: text[start..<end], as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// What is wrong with whatever stands here in place of an element.
  private var markup: XMLError.Problem {
    switch peek {
    case UInt8(ascii: "!"), UInt8(ascii: "?"): .declaration
    case UInt8(ascii: "<")
    where bytes[index...].dropFirst().first.map({ $0 == 0x21 || $0 == 0x3f }) == true:
      .declaration
    default: .malformed
    }
  }

  private func error(_ problem: XMLError.Problem) -> XMLError {
    XMLError(problem: problem, offset: index)
  }

  @discardableResult
  private mutating func skipSpace() -> Bool {
    let start = index
    while let byte = peek, Self.isSpace(byte) { index += 1 }
    return index > start
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - index >= count,
      text.withUTF8Buffer({ wanted in
        wanted.elementsEqual(bytes[index..<(index + count)])
      })
    else { return false }
    index += count
    return true
  }
}
