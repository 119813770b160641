import TestSupport
import Testing

@testable import Transcoding

@Suite("The text of JSON")
struct JSONTextTests {
  private let contract = Contract.shared

  @Test(
    "refuses a body that is no object", .covers("T47"),
    arguments: ["null", "[]", "1", "\"x\"", "true", ""])
  func noObject(_ text: String) throws {
    #expect(try contract.wrongField(text) == "")
  }

  @Test(
    "refuses text behind the value", .covers("T48"),
    arguments: ["{} x", "{}{}", "{},", "{}]", "{\"id\":\"a\"} null", "{}\u{0}"])
  func trailingText(_ text: String) throws {
    #expect(try contract.wrongField(text) == "")
  }

  @Test("takes white space anywhere between tokens")
  func whiteSpace() throws {
    let text = " \r\n\t{ \"tags\" : [ \"a\" , \"b\" ] , \"sub\" : { } } \n"
    #expect(try contract.roundTrip(text) == "{\"sub\":{},\"tags\":[\"a\",\"b\"]}")
  }

  @Test("refuses a byte order mark and UTF-16", .covers("T59"))
  func encodings() throws {
    let marked = try #require(try contract.error([0xef, 0xbb, 0xbf] + Array("{}".utf8)))
    #expect(marked.message.contains("byte order mark"))
    #expect(try contract.error(Array("{}".utf16.flatMap { [UInt8($0), 0] })) != nil)
    #expect(try contract.error([0xfe, 0xff, 0, 0x7b, 0, 0x7d]) != nil)
  }

  @Test(
    "refuses what is no JSON",
    arguments: [
      "{", "{\"", "{\"id\"", "{\"id\":", "{\"id\":\"a", "{\"id\":\"a\"", "{\"id\":\"a\",}", "{,}",
      "{id:\"a\"}", "{'id':'a'}", "{\"id\" \"a\"}", "{\"id\":\"a\" \"name\":\"b\"}",
      "{\"tags\":[\"a\",]}", "{\"tags\":[,]}", "{\"tags\":[\"a\" \"b\"]}", "{\"i32\":01}",
      "{\"i32\":1.}", "{\"i32\":.5}", "{\"i32\":-}", "{\"i32\":+1}", "{\"i32\":1e}",
      "{\"i32\":1e+}", "{\"i32\":1x}", "{\"i32\":0x10}", "{\"flag\":truee}", "{\"flag\":nul}",
      "{\"id\":\"\u{1}\"}", "{\"id\":\"\t\"}", "{\"id\":\"\\x\"}", "{\"id\":\"\\",
      "{\"id\":\"\\u12\"}", "{\"id\":\"\\u12G4\"}", "{\"id\":undefined}", "/**/{}", "{\"id\":}",
      "{\"d\":--1}", "{\"tags\":[\"a\"}", "{\"sub\":{]}",
    ])
  func malformed(_ text: String) throws {
    let error = try #require(try contract.error(text))
    #expect(error.kind == .invalidArgument)
  }

  @Test(
    "refuses half a surrogate pair", .covers("T55"),
    arguments: [
      "\\uD800", "\\uDC00", "\\uD800x", "\\uD800\\n", "\\uD800\\u0041", "\\uD800\\uD800",
      "\\ud83d", "a\\uDBFF\\uE000",
    ])
  func halfPairs(_ text: String) throws {
    #expect(try contract.wrongField("{\"id\":\"\(text)\"}") == "id")
  }

  @Test("reads every escape", .covers("T55"))
  func escapes() throws {
    #expect(
      try contract.roundTrip("{\"id\":\"\\uD83D\\uDE01\\u00e9\\u0416\\u20AC\"}")
        == "{\"id\":\"😁éЖ€\"}")
    #expect(
      try contract.roundTrip("{\"id\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\"}")
        == "{\"id\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\"}")
    #expect(try contract.roundTrip("{\"\\u0069d\":\"x\"}") == "{\"id\":\"x\"}")
  }

  @Test("keeps text of every length and script")
  func texts() throws {
    for length in 0..<40 {
      for tail in ["", "é", "Ж€", "😁", "\\n", "\\\""] {
        let text = String(repeating: "a", count: length) + tail
        let expected = text.isEmpty ? "{}" : "{\"id\":\"\(text)\"}"
        #expect(try contract.roundTrip("{\"id\":\"\(text)\"}") == expected)
        let padded = "{\"id\":\"\(text)\(text)b\"}"
        #expect(try contract.roundTrip(padded) == padded)
      }
    }
  }

  @Test(
    "refuses text that is not UTF-8",
    arguments: [
      [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xc3], [0xc3, 0x28], [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80],
      [0xf5, 0x80, 0x80, 0x80], [0xff], [0xe2, 0x82], [0xf0, 0x9f, 0x98],
    ])
  func notUTF8(_ bytes: [UInt8]) throws {
    for escape in ["", "\\n"] {
      let json = Array("{\"id\":\"ab\(escape)".utf8) + bytes + Array("\"}".utf8)
      #expect(try contract.error(json)?.violations.first?.field == "id")
    }
  }

  @Test("takes the first and the last scalar of each length of UTF-8")
  func utf8Bounds() throws {
    for scalar: UInt32 in [0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff] {
      let text = "{\"id\":\"\(try #require(Unicode.Scalar(scalar)))\"}"
      #expect(try contract.roundTrip(text) == text)
    }
  }

  @Test("takes a hundred levels and refuses one more", .covers("T57", "S-F14"))
  func depth() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "{\"sub\":", count: levels - 1) + "{}"
        + String(repeating: "}", count: levels - 1)
    }
    #expect(try contract.roundTrip(nested(100)) == nested(100))
    let error = try #require(try contract.error(nested(101)))
    #expect(error.message.contains("nested too deeply"))
    #expect(error.violations.first?.field.hasPrefix("sub.sub.sub") == true)
  }

  @Test("refuses ten megabytes of brackets without a crash", .covers("T57", "S-F14"))
  func deepNonsense() throws {
    for piece in ["{\"sub\":", "{\"structure\":{\"a\":[", "{\"any\":{\"a\":", "["] {
      let text = String(repeating: piece, count: 10_000_000 / piece.utf8.count)
      #expect(try contract.error(text, piece.contains("a\"") ? "Wide" : "Req") != nil)
    }
    let list = "{\"list\":" + String(repeating: "[", count: 5_000_000)
    #expect(try contract.error(list, "Wide")?.message.contains("nested too deeply") == true)
  }

  @Test("says where the text is wrong")
  func places() throws {
    let error = try #require(try contract.error("{\n  \"id\": \"a\",\n  \"i32\": x\n}"))
    #expect(error.message == "i32: not JSON (line 3, column 10)")
  }
}
