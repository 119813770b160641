import TestSupport
import Testing

@testable import Transcoding

@Suite("Lenient parsing")
struct ParseOptionsTests {
  private let contract = Contract.shared

  private struct Outcome: Equatable {
    var text: String
    var ignored: [String]
  }

  private func lenient(_ json: String, _ name: String = "Req") throws -> Outcome {
    let message = try contract.message(name)
    var ignored: [String] = []
    let wire = try message.wire(
      fromJSON: Array(json.utf8), options: ParseOptions(ignoresUnknown: true), ignored: &ignored)
    return Outcome(text: try contract.print(wire, name), ignored: ignored)
  }

  @Test("leaves unknown fields out and says where they were", .covers("T50"))
  func fields() throws {
    let result = try lenient(
      #"{"zz":{"deep":[1,{"x":null}]},"id":"i","sub":{"yy":1,"name":"n"},"subs":[{},{"ww":"w"}]}"#)
    #expect(result.text == #"{"id":"i","sub":{"name":"n"},"subs":[{},{}]}"#)
    #expect(result.ignored == ["zz", "sub.yy", "subs[2].ww"])
  }

  @Test("leaves unknown names of enums out: the field, the element, the entry", .covers("T50"))
  func enums() throws {
    #expect(
      try lenient(#"{"color":"BLUE","id":"i"}"#)
        == Outcome(text: #"{"id":"i"}"#, ignored: ["color"]))
    #expect(
      try lenient(#"{"colors":["RED","BLUE","NEGATIVE"]}"#)
        == Outcome(text: #"{"colors":["RED","NEGATIVE"]}"#, ignored: ["colors[2]"]))
    #expect(
      try lenient(#"{"byLong":{"1":"RED","2":"BLUE","3":5}}"#, "Wide")
        == Outcome(text: #"{"byLong":{"1":"RED","3":5}}"#, ignored: [#"by_long["2"]"#]))
    #expect(try lenient(#"{"color":7}"#) == Outcome(text: #"{"color":7}"#, ignored: []))
  }

  @Test("leaves unknown members of an Any out")
  func anys() throws {
    #expect(
      try lenient(#"{"any":{"@type":"x/test.v1.Sub","q":1,"name":"n"}}"#, "Wide")
        == Outcome(text: #"{"any":{"@type":"x/test.v1.Sub","name":"n"}}"#, ignored: ["any.q"]))
    #expect(
      try lenient(#"{"any":{"@type":"x/google.protobuf.Duration","q":1,"value":"1s"}}"#, "Wide")
        == Outcome(
          text: #"{"any":{"@type":"x/google.protobuf.Duration","value":"1s"}}"#, ignored: ["any.q"])
    )
  }

  @Test("lists some of many")
  func bound() throws {
    let members = (0..<1000).map { "\"z\($0)\":1" }.joined(separator: ",")
    let result = try lenient("{\(members)}")
    #expect(result.text == "{}")
    #expect(result.ignored == (0..<MessageParser.ignoredLimit).map { "z\($0)" })
  }

  @Test(
    "is as strict as ever about all else",
    arguments: [
      #"{"id":1}"#, #"{"id":"a","id":"b"}"#, #"{"zz":01}"#, #"{"zz":}"#,
      #"{"user":"a","email":"b"}"#,
      #"{"color":true}"#, #"{"zz":"\x"}"#, #"{"i32":"BLUE"}"#, "[]",
    ])
  func strict(_ text: String) throws {
    #expect(throws: TranscodingError.self) { try lenient(text) }
  }

  @Test("passes over nothing that is nested too deeply", .covers("T57"))
  func depth() throws {
    let text = "{\"zz\":" + String(repeating: "[", count: 1_000_000)
    #expect(throws: TranscodingError.self) { try lenient(text) }
  }
}
