import TestSupport
import Testing

@testable import Transcoding

@Suite("Streams of JSON values")
struct JSONSequenceTests {
  /// The values of a text, given in pieces of a size.
  static func values(
    _ text: String, _ form: JSONSequenceForm, pieces: Int, limit: Int = 1_000
  ) throws -> [String] {
    var sequence = JSONSequence(form, limit: limit)
    var found: [String] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      var rest = bytes[start..<min(bytes.count, start + pieces)]
      while !rest.isEmpty {
        let taken = try rest.withUnsafeBytes { try sequence.feed($0) }
        #expect(taken > 0 || sequence.value != nil)
        rest = rest.dropFirst(taken)
        if let value = sequence.value { found.append(String(decoding: value, as: UTF8.self)) }
      }
    }
    if let last = try sequence.finish() { found.append(String(decoding: last, as: UTF8.self)) }
    #expect(found.count == sequence.count)
    return found
  }

  @Test("finds the elements of an array, however its bytes come", .covers("T77"))
  func arrays() throws {
    let elements = [
      #"{"a":[1,{"b":"]}"}],"c":"\"\\"}"#, #""text, [ \" ""#, "1.5e3", "null", "[]", "{}", "-0",
      #"{"deep":{"deeper":[[[]]]}}"#, #""""#, "true",
    ]
    let texts = [
      "[" + elements.joined(separator: ",") + "]",
      " \n[ " + elements.joined(separator: " \r\n, \t") + " ] \n",
    ]
    for text in texts {
      for pieces in [1, 2, 3, 7, text.utf8.count] {
        #expect(try Self.values(text, .array, pieces: pieces) == elements)
      }
    }
  }

  @Test("finds the values of lines, with or without a line's end behind the last", .covers("T77"))
  func lines() throws {
    for text in [
      "{\"a\":\"\\n\"}\n1\r\n\n \t\n[2]", "\n\n{\"a\":\"\\n\"}\n1\n[2]\n",
      "{\"a\":\"\\n\"}\n1\n[2]\r\n\r\n",
    ] {
      for pieces in [1, 2, 5, text.utf8.count] {
        let values = try Self.values(text, .lines, pieces: pieces)
        #expect(values.map { $0.filter { $0 != "\r" && $0 != "\r\n" } }.count == 3)
        #expect(values.first == #"{"a":"\n"}"#)
        #expect(values.last?.hasPrefix("[2]") == true)
      }
    }
  }

  @Test(
    "has no values in an empty array, and none in no bytes", arguments: ["[]", " [ ] ", "", " "])
  func empty(text: String) throws {
    #expect(try Self.values(text, .array, pieces: 1).isEmpty)
    if text.filter({ $0 != " " }).isEmpty {
      #expect(try Self.values(text, .lines, pieces: 1).isEmpty)
    }
  }

  @Test(
    "refuses what is no array of values",
    arguments: [
      "{}", "1", "[1,]", "[,1]", "[1 2]", "[1,,2]", "[1", "[", "[\"a]", "[{]", "[1]]", "[1] 2",
      "[1],", "]", "[{}{}]", "[\"a\"\"b\"]", "[1]\u{0}",
    ])
  func noArrays(text: String) {
    for pieces in [1, 2, text.utf8.count] {
      #expect(throws: TranscodingError.self) {
        try Self.values(text, .array, pieces: pieces)
      }
    }
  }

  @Test("refuses a value beyond the limit before it has come whole")
  func limit() throws {
    let value = "\"" + String(repeating: "a", count: 98) + "\""
    #expect(try Self.values("[\(value)]", .array, pieces: 10, limit: 100) == [value])
    #expect(try Self.values(value, .lines, pieces: 10, limit: 100) == [value])
    for (text, form) in [("[\(value)", JSONSequenceForm.array), (value, .lines)] {
      #expect {
        try Self.values(text, form, pieces: 10, limit: 90)
      } throws: {
        ($0 as? TranscodingError)?.kind == .tooLarge
      }
    }
  }

  @Test("finds the ends of values as a reader of JSON does, whatever their bytes")
  func likeReader() throws {
    var random = SplitMix(state: 7)
    let alphabet = Array("{}[]\",:\\ 1a\n".utf8)
    var whole = 0
    for _ in 0..<20_000 {
      let inner = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let text = "[" + String(decoding: inner, as: UTF8.self) + "]"
      guard let expected = Self.elements(text) else { continue }
      whole += 1
      #expect(try Self.values(text, .array, pieces: 1) == expected, "\(text)")
    }
    #expect(whole > 100)
  }

  /// The elements of a text that is an array of JSON, found by recursion; nil where it is not.
  private static func elements(_ text: String) -> [String]? {
    var rest = Array(text.utf8)[...]
    func space() { rest = rest.drop { $0 == 0x20 || $0 == 0x0A } }
    func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }
    func string() -> Bool {
      guard take(0x22) else { return false }
      while let byte = rest.popFirst() {
        if byte == 0x22 { return true }
        if byte == 0x5C {
          guard let next = rest.popFirst(), next == 0x22 || next == 0x5C else { return false }
        } else if byte < 0x20 {
          return false
        }
      }
      return false
    }
    func list(_ close: UInt8, _ member: () -> Bool) -> Bool {
      rest.removeFirst()
      space()
      if take(close) { return true }
      while true {
        space()
        guard member() else { return false }
        space()
        if take(close) { return true }
        guard take(0x2C) else { return false }
      }
    }
    func value() -> Bool {
      switch rest.first {
      case 0x22: return string()
      case 0x5B: return list(0x5D, value)
      case 0x7B:
        return list(0x7D) {
          guard string() else { return false }
          space()
          guard take(0x3A) else { return false }
          space()
          return value()
        }
      case 0x31:
        rest = rest.drop { $0 == 0x31 }
        return true
      default: return false
      }
    }
    var found: [String] = []
    let isArray = list(0x5D) {
      let before = rest
      guard value() else { return false }
      found.append(String(decoding: before[..<rest.startIndex], as: UTF8.self))
      return true
    }
    space()
    return isArray && rest.isEmpty ? found : nil
  }
}
