import TestSupport
import Testing

@testable import Transcoding

@Suite("Options of printing")
struct PrintOptionsTests {
  private let contract = Contract.shared

  private func print(
    _ json: String, _ options: PrintOptions, _ name: String = "Req"
  ) throws -> String {
    let message = try contract.message(name)
    let wire = try message.wire(fromJSON: Array(json.utf8))
    let text = try wire.withUnsafeBytes { try message.json(fromWire: $0, options: options) }
    return String(decoding: text, as: UTF8.self)
  }

  @Test("prints enum numbers where they are wanted, names in requests all the same", .covers("T40"))
  func enumNumbers() throws {
    #expect(
      try print(#"{"color":"RED","colors":["RED",5]}"#, .enumNumbers)
        == #"{"color":1,"colors":[1,5]}"#)
    #expect(try print(#"{"byLong":{"1":"RED"}}"#, .enumNumbers, "Wide") == #"{"byLong":{"1":1}}"#)
    #expect(try print(#"{"oneNull":null}"#, .enumNumbers, "Wide") == #"{"oneNull":null}"#)
  }

  @Test("prints the contract's names, but masks in JSON's")
  func protoNames() throws {
    #expect(
      try print(#"{"pageToken":"t","updateMask":"fooBar"}"#, .protoNames)
        == #"{"update_mask":"fooBar","page_token":"t"}"#)
  }

  @Test("prints 64-bit integers as numbers, map keys as strings all the same")
  func numericInt64() throws {
    #expect(
      try print(#"{"i64":"-9007199254740993","u64":"18446744073709551615"}"#, .numericInt64)
        == #"{"i64":-9007199254740993,"u64":18446744073709551615}"#)
    #expect(
      try print(#"{"byLong":{"1":"RED"},"numbers":["1"]}"#, .numericInt64, "Wide")
        == #"{"numbers":[1],"byLong":{"1":"RED"}}"#)
  }

  @Test("prints defaults of fields without presence, and of no others")
  func defaults() throws {
    #expect(
      try print(#"{"sub":{}}"#, .defaults)
        == #"{"name":"","id":"","i32":0,"u32":0,"i64":"0","u64":"0","d":0,"flag":false,"#
        + #""raw":"","color":"COLOR_UNSPECIFIED","sub":{"name":"","n":"0","etag":""},"#
        + #""tags":[],"colors":[],"subs":[],"labels":{},"pageToken":""}"#)
    #expect(
      try print(#"{"user":"","opt":""}"#, .defaults).hasSuffix(
        #""labels":{},"user":"","opt":"","pageToken":""}"#))
    #expect(
      try print(#"{"any":{"@type":"x/test.v1.Sub"}}"#, .defaults, "Wide").contains(
        #""any":{"@type":"x/test.v1.Sub","name":"","n":"0","etag":""}"#))
    #expect(try print("{}", .defaults, "google.protobuf.Struct") == "{}")
    #expect(try print("\"0s\"", .defaults, "google.protobuf.Duration") == "\"0s\"")
  }

  @Test("breaks lines and indents, and leaves what is empty and what is in strings alone")
  func pretty() throws {
    #expect(
      try print(#"{"id":"a,\"{}[]:\\","sub":{},"tags":["x","y"],"subs":[{"n":"1"}]}"#, .pretty)
        == """
        {
          "id": "a,\\"{}[]:\\\\",
          "sub": {},
          "tags": [
            "x",
            "y"
          ],
          "subs": [
            {
              "n": "1"
            }
          ]
        }
        """)
    #expect(try print("{}", .pretty) == "{}")
    #expect(try print("[]", .pretty, "google.protobuf.ListValue") == "[]")
    #expect(try print("\"x\"", .pretty, "google.protobuf.StringValue") == "\"x\"")
  }

  @Test("goes through a tree with the same options", arguments: [0, 1, 2, 3, 4])
  func trees(_ bit: Int) throws {
    let options = PrintOptions(rawValue: 1 << UInt8(bit))
    let message = try contract.message("Req")
    let plain = WireParts.field(2, "i") + WireParts.field(10, 1) + WireParts.field(24, "t")
    let turned = WireParts.field(24, "t") + WireParts.field(10, 1) + WireParts.field(2, "i")
    #expect(DirectText.print(turned, as: message.plan.pointer, options) == nil)
    let both = try [plain, turned].map { wire in
      try wire.withUnsafeBytes { try message.json(fromWire: $0, options: options) }
    }
    #expect(both[0] == both[1])
  }
}
