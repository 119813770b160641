import TestSupport
import Testing

@testable import Transcoding

/// The cases of protobuf's conformance suite for JSON, by their names there: what it requires and
/// what it recommends. Where the suite leaves a choice, as with a name that comes twice, this coder
/// refuses.
@Suite("protobuf's conformance suite, JSON")
struct ConformanceTests {
  @Test("takes what the suite wants taken, proto3", arguments: ConformanceCases.accepted)
  func accepts(_ one: ConformanceCases.Accepted) throws {
    #expect(try AllTypes.proto3.roundTrip(one.json) == one.printed)
  }

  @Test("takes what the suite wants taken, proto2", arguments: ConformanceCases.accepted)
  func acceptsProto2(_ one: ConformanceCases.Accepted) throws {
    // A field with presence prints its default too, of which the proto3 cases have nothing.
    #expect(try AllTypes.proto2.roundTrip(one.json) == (one.proto2 ?? one.printed))
  }

  @Test("refuses what the suite wants refused", arguments: ConformanceCases.refused)
  func refuses(_ one: ConformanceCases.Refused) throws {
    #expect(try AllTypes.proto3.refuses(one.json))
    #expect(try AllTypes.proto2.refuses(one.json))
  }

  @Test("refuses to print what has no JSON", arguments: ConformanceCases.unprintable)
  func unprintable(_ one: ConformanceCases.Unprintable) throws {
    let contract = AllTypes.proto3.contract
    let field = try #require(
      contract.message(AllTypes.name).field(jsonOrProtoName: one.field)?.number)
    let wire = WireParts.field(UInt64(field), one.content)
    #expect(throws: TranscodingError.self) { try contract.print(wire, AllTypes.name) }
  }

  @Test(
    "passes over what it does not know where asked to, IgnoreUnknownJson…",
    arguments: [
      #"{"unknown":1}"#, #"{"unknown":"a"}"#, #"{"unknown":true}"#, #"{"unknown":false}"#,
      #"{"unknown":null}"#, #"{"unknown":{"a":1}}"#, #"{"unknown":[1,"a",null]}"#,
      #"{"optionalNestedEnum":"UNKNOWN"}"#, #"{"repeatedNestedEnum":["UNKNOWN"]}"#,
      #"{"mapStringNestedEnum":{"key":"UNKNOWN"}}"#,
    ])
  func ignores(_ json: String) throws {
    for types in [AllTypes.proto3, .proto2] {
      #expect(try types.roundTrip(json, options: ParseOptions(ignoresUnknown: true)) == "{}")
      #expect(try types.refuses(json))
    }
    #expect(
      try AllTypes.proto3.roundTrip(
        #"{"repeatedNestedEnum":["FOO","UNKNOWN","BAR"],"mapStringNestedEnum":{"a":"X","b":"BAR"}}"#,
        options: ParseOptions(ignoresUnknown: true))
        == #"{"repeatedNestedEnum":["FOO","BAR"],"mapStringNestedEnum":{"b":"BAR"}}"#)
  }
}
