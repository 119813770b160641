import SwiftProtobuf
import TestSupport
import Testing

@testable import Transcoding

/// Random JSON, most of it wrong somewhere, through our coder and SwiftProtobuf's: the same message,
/// or an error of both, or one of the differences that are intended.
@Suite("Random JSON")
struct RandomTextTests {
  private let type: MessageSchema

  init() throws {
    type = try Kinds.type()
  }

  /// What we refuse and SwiftProtobuf takes, by what our error says.
  private static let stricter = [
    // RFC 8259 section 4 has names unique; proto3 leaves it open; SwiftProtobuf merges or takes
    // the last.
    "given twice",
    // It reads the content of an Any when somebody asks for it, and unknown types never.
    "any",
    // It cuts enum numbers off at 32 bits, and drops null from a map of enums.
    "out of the range", "must not be null",
    // It ends base64 at a foreign character.
    "must be base64",
  ]

  @Test("gives what SwiftProtobuf makes of it, or is refused where we are stricter")
  func texts() throws {
    var generator = WireGenerator(seed: 37)
    var counts: [String: Int] = [:]
    for _ in 0..<RandomMessageTests.count * 4 {
      let wire = generator.message(type)
      var json = try wire.withUnsafeBytes { try type.json(fromWire: $0) }
      json = TextMutation.mutate(json, &generator)
      let text = String(decoding: json, as: UTF8.self)
      let theirs = try? Test_V1_Kinds(jsonUTF8Bytes: json)
      var ours: [UInt8]?
      var reason = ""
      do throws(TranscodingError) { ours = try type.wire(fromJSON: json) } catch {
        reason = error.message
      }
      switch (ours, theirs) {
      case (let ours?, let theirs?):
        counts["both", default: 0] += 1
        #expect(
          try Test_V1_Kinds(serializedBytes: ours).canonical() == theirs.canonical(), "\(text)")
        #expect(try ours == TreeCoder.wire(json, as: type), "\(text)")
      case (nil, nil): counts["neither", default: 0] += 1
      case (nil, _?):
        counts["stricter", default: 0] += 1
        #expect(
          RandomTextTests.stricter.contains { reason.contains($0) }, "\(reason): \(text)")
      case (_?, nil):
        counts["laxer", default: 0] += 1
        // `-0` is 0, of an unsigned integer too.
        #expect(text.contains("-0"), "\(text)")
      }
    }
    #expect(counts["both", default: 0] > 100)
    #expect(counts["neither", default: 0] > 100)
  }
}

/// Changes a JSON text into something like it.
enum TextMutation {
  private static let tokens = [
    "null", "true", "false", "0", "-0", "1", "-1", "1.0", "1.5", "1e2", "1E+2", "1e-2", "01", "+1",
    "1e400", "4294967296", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
    "\"\"", "\"x\"", "\"1\"", "\"-1\"", "\"1.5\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"",
    "\"AA==\"",
    "\"_-A\"", "\"HUE_RED\"", "\"hue_red\"", "\"1.5s\"", "\"2024-02-30T00:00:00Z\"",
    "\"2024-02-29T00:00:00Z\"", "[]", "[null]", "[1]", "[[]]", "{}", "{\"a\":1}", "\"\\u0041\"",
    "\"\\ud800\"", "\"\\x\"", "tru", "NaN", "'a'",
  ]

  static func mutate(_ json: [UInt8], _ generator: inout WireGenerator) -> [UInt8] {
    var json = json
    for _ in 0..<Int.random(in: 0...2, using: &generator.random) where !json.isEmpty {
      switch UInt8.random(in: 0..<6, using: &generator.random) {
      case 0:
        let index = Int.random(in: 0..<json.count, using: &generator.random)
        json[index] = UInt8.random(in: 0x20...0x7e, using: &generator.random)
      case 1: json.remove(at: Int.random(in: 0..<json.count, using: &generator.random))
      default:
        // Another value for one of the members.
        let colons = json.indices.filter { json[$0] == UInt8(ascii: ":") }
        guard !colons.isEmpty else { continue }
        let start = generator.pick(colons) + 1
        var end = start
        while end < json.count, json[end] != UInt8(ascii: ","), json[end] != UInt8(ascii: "}") {
          end += 1
        }
        json.replaceSubrange(start..<end, with: Array(generator.pick(tokens).utf8))
      }
    }
    return json
  }
}
