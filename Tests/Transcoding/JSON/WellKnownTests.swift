import TestSupport
import Testing

@testable import Transcoding

@Suite("Well-known types in JSON")
struct WellKnownTests {
  private let contract = Contract.shared

  @Test(
    "reads times and prints them in UTC",
    arguments: [
      ("2024-02-29T12:00:00.5+02:00", "2024-02-29T10:00:00.500Z"),
      ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
      ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
      ("1969-12-31T23:59:59.000001Z", "1969-12-31T23:59:59.000001Z"),
      ("2000-03-01T00:00:00-23:59", "2000-03-01T23:59:00Z"),
      ("1600-02-29T00:00:00.120Z", "1600-02-29T00:00:00.120Z"),
      ("2024-12-31T23:59:59Z", "2024-12-31T23:59:59Z"),
    ])
  func times(_ text: String, _ expected: String) throws {
    #expect(try contract.roundTrip("{\"ts\":\"\(text)\"}") == "{\"ts\":\"\(expected)\"}")
  }

  @Test(
    "refuses what is no time",
    arguments: [
      "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
      "2024-02-29t12:00:00Z", "2024-02-29T12:00:00z", "2024-02-29 12:00:00Z",
      "2024-02-29T12:00:00", "2024-02-29T24:00:00Z", "2024-02-29T12:60:00Z",
      "2024-02-29T12:00:60Z", "2024-02-29T12:00:00.Z", "2024-02-29T12:00:00.1234567890Z",
      "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2024-02-29T12:00:00+24:00",
      "2024-02-29T12:00:00+0200", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
      "2024-00-01T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-00T00:00:00Z", "",
      "2024-02-29T12:00:00Zx", "2024-02-29T12:00:00+02:0", "2024-02-29", "-024-02-29T12:00:00Z",
    ])
  func noTimes(_ text: String) throws {
    #expect(try contract.wrongField("{\"ts\":\"\(text)\"}") == "ts")
    #expect(try contract.wrongField("{\"ts\":1}") == "ts")
  }

  @Test(
    "reads durations and prints 0, 3, 6 or 9 digits",
    arguments: [
      ("1.5s", "1.500s"), ("0s", "0s"), ("-0.000000001s", "-0.000000001s"), ("-1.5s", "-1.500s"),
      ("315576000000s", "315576000000s"), ("-315576000000s", "-315576000000s"),
      ("0.000001s", "0.000001s"), ("3600s", "3600s"), ("007s", "7s"),
    ])
  func durations(_ text: String, _ expected: String) throws {
    #expect(try contract.roundTrip("{\"dur\":\"\(text)\"}") == "{\"dur\":\"\(expected)\"}")
  }

  @Test(
    "refuses what is no duration",
    arguments: [
      "1h", "1.5", "s", "", "-s", "1.s", ".5s", "+1s", "1 s", "1.5S", "315576000001s",
      "-315576000001s", "315576000001.0s", "1.1234567891s", "1e3s", "1s1s",
      "99999999999999999999s",
    ])
  func noDurations(_ text: String) throws {
    #expect(try contract.wrongField("{\"dur\":\"\(text)\"}") == "dur")
  }

  @Test("takes the least and the greatest duration, with a fraction", .covers("T35"))
  func durationLimits() throws {
    for text in ["315576000000.999999999s", "-315576000000.999999999s"] {
      #expect(try contract.roundTrip("{\"dur\":\"\(text)\"}") == "{\"dur\":\"\(text)\"}")
    }
  }

  @Test("turns field masks between the spellings", .covers("T36"))
  func masks() throws {
    let text = "{\"updateMask\":\"displayName,sub.fooBar\"}"
    let wire = try contract.message("Req").wire(fromJSON: Array(text.utf8))
    let paths = try paths(wire)
    #expect(paths == ["display_name", "sub.foo_bar"])
    #expect(try contract.print(wire) == text)
    #expect(try contract.roundTrip("{\"updateMask\":\"\"}") == "{\"updateMask\":\"\"}")
    for wrong in ["display_name", "a,", ",", "a b", "a,,b", "ä"] {
      #expect(try contract.wrongField("{\"updateMask\":\"\(wrong)\"}") == "update_mask")
    }
  }

  /// The paths of `update_mask` (18).
  private func paths(_ wire: [UInt8]) throws -> [String] {
    let mask = try #require(WireParts(wire).delimited(18).first)
    return WireParts(mask).delimited(1).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("refuses to print a mask that would not come back")
  func unprintableMask() throws {
    for path in ["fooBar", "foo__bar", "foo_", "foo_1", "a-b"] {
      let mask = WireParts.field(18, WireParts.field(1, Array(path.utf8)))
      #expect(throws: TranscodingError.self) { try contract.print(mask) }
    }
  }

  @Test("writes wrappers as their values")
  func wrappers() throws {
    #expect(
      try contract.roundTrip("{\"wi\":\"0\",\"wb\":false}") == "{\"wi\":\"0\",\"wb\":false}")
    #expect(try contract.roundTrip("{\"wi\":5}") == "{\"wi\":\"5\"}")
    let text = "{\"ws\":\"\",\"wraw\":\"AA==\",\"wd\":\"NaN\"}"
    #expect(try contract.roundTrip(text, "Wide") == text)
    #expect(try contract.wrongField("{\"wi\":{\"value\":5}}") == "wi")
    #expect(try contract.wrongField("{\"wb\":1}") == "wb")
  }

  @Test("keeps any JSON in a Struct, a Value and a ListValue")
  func structures() throws {
    let text = """
      {"structure":{"a":null,"b":[1,-2.5,"x",true,{}],"c":{"d":[]}},"value":[[null]],\
      "list":["a",{"b":false}]}
      """
    #expect(try contract.roundTrip(text, "Wide") == text)
    #expect(try contract.roundTrip("{\"value\":null}", "Wide") == "{\"value\":null}")
    #expect(try contract.roundTrip("{\"values\":[null,1]}", "Wide") == "{\"values\":[null,1]}")
    #expect(
      try contract.roundTrip("{\"structure\":{},\"list\":[]}", "Wide")
        == "{\"structure\":{},\"list\":[]}")
    #expect(try contract.roundTrip("{\"structure\":null}", "Wide") == "{}")
    #expect(try contract.roundTrip("{\"value\":\"NaN\"}", "Wide") == "{\"value\":\"NaN\"}")
  }

  @Test("refuses in a Struct what is no JSON, or too much")
  func wrongStructures() throws {
    #expect(
      try contract.wrongField("{\"structure\":{\"a\":1,\"a\":2}}", "Wide")
        == "structure[\"a\"]")
    #expect(try contract.wrongField("{\"value\":1e999}", "Wide") == "value")
    #expect(try contract.wrongField("{\"value\":NaN}", "Wide") == "value")
    #expect(try contract.wrongField("{\"structure\":[]}", "Wide") == "structure")
    #expect(try contract.wrongField("{\"list\":[1,{\"a\":[x]}]}", "Wide") == "list[2][\"a\"][1]")
    // Each level is three messages on the wire, where the limit is 100.
    func nested(_ levels: Int) -> String {
      "{\"structure\":" + String(repeating: "{\"a\":", count: levels) + "1"
        + String(repeating: "}", count: levels) + "}"
    }
    #expect(try contract.roundTrip(nested(33), "Wide") == nested(33))
    #expect(
      try contract.error(nested(34), "Wide")?.message.contains("nested too deeply") == true)
  }

  @Test("takes null for NullValue, which is its only value")
  func nullValue() throws {
    #expect(try contract.roundTrip("{\"null\":null}", "Wide") == "{}")
    #expect(try contract.roundTrip("{\"null\":\"NULL_VALUE\"}", "Wide") == "{}")
    #expect(try contract.roundTrip("{\"oneNull\":0}", "Wide") == "{\"oneNull\":null}")
  }

  @Test("writes an Any as its content with the type beside it", .covers("T70"))
  func anys() throws {
    let prefix = "type.googleapis.com/"
    for content in [
      "\"@type\":\"\(prefix)test.v1.Sub\",\"name\":\"x\",\"n\":\"5\"",
      "\"@type\":\"\(prefix)test.v1.Sub\"",
      "\"@type\":\"\(prefix)google.protobuf.Duration\",\"value\":\"1.500s\"",
      "\"@type\":\"\(prefix)google.protobuf.Value\",\"value\":null",
      "\"@type\":\"\(prefix)google.protobuf.Struct\",\"value\":{\"a\":1}",
      "\"@type\":\"\(prefix)google.protobuf.Empty\"",
      "\"@type\":\"\(prefix)google.protobuf.Any\",\"value\":{\"@type\":\"x/test.v1.Sub\"}",
    ] {
      let text = "{\"any\":{\(content)}}"
      #expect(try contract.roundTrip(text, "Wide") == text)
    }
    #expect(try contract.roundTrip("{\"any\":{}}", "Wide") == "{\"any\":{}}")
    #expect(
      try contract.roundTrip("{\"any\":{\"n\":1,\"@type\":\"x/test.v1.Sub\"}}", "Wide")
        == "{\"any\":{\"@type\":\"x/test.v1.Sub\",\"n\":\"1\"}}")
  }

  @Test("takes the empty value that some write for an Empty in an Any")
  func emptyInAny() throws {
    let type = "\"@type\":\"x/google.protobuf.Empty\""
    for text in ["\(type),\"value\":{}", "\"value\": { },\(type)"] {
      #expect(try contract.roundTrip("{\"any\":{\(text)}}", "Wide") == "{\"any\":{\(type)}}")
    }
    for wrong in ["{},\"value\":{}", "null", "[]", "{\"a\":1}", "1"] {
      let text = "{\"any\":{\(type),\"value\":\(wrong)}}"
      #expect(try contract.wrongField(text, "Wide") == "any.value")
    }
    #expect(try contract.wrongField("{\"any\":{\(type),\"b\":{}}}", "Wide") == "any.b")
  }

  @Test(
    "refuses an Any that is not its type",
    arguments: [
      ("{\"n\":1}", "any"), ("{\"@type\":\"x/no.Such\"}", "any"), ("{\"@type\":\"Sub\"}", "any"),
      ("{\"@type\":\"\"}", "any"), ("{\"@type\":1}", "any"),
      ("{\"@type\":\"x/test.v1.Sub\",\"@type\":\"x/test.v1.Sub\"}", "any.@type"),
      ("{\"@type\":\"x/test.v1.Sub\",\"zz\":1}", "any.zz"),
      ("{\"@type\":\"x/google.protobuf.Duration\"}", "any"),
      ("{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"1s\",\"x\":1}", "any.x"),
      ("{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"1s\",\"value\":\"1s\"}", "any.value"),
      ("{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"1\"}", "any.value"),
      ("[]", "any"), ("{\"@type\":\"x/test.v1.Sub\",\"n\":}", "any"),
    ])
  func wrongAnys(_ text: String, _ field: String) throws {
    #expect(try contract.wrongField("{\"any\":\(text)}", "Wide") == field)
  }

  @Test("bounds the time that Anys in each other take when their types come last")
  func nestedAnys() throws {
    // Without a bound each level reads all levels below once more.
    let padding = String(repeating: " ", count: 1_000_000)
    let text =
      String(repeating: "{\"value\":", count: 60) + padding + "{}"
      + String(repeating: ",\"@type\":\"x/google.protobuf.Any\"}", count: 60)
    #expect(try contract.error("{\"any\":\(text)}", "Wide")?.kind == .tooLarge)
  }
}
