import GeneratedGoogle
import GeneratedOptions
import SwiftProtobuf
import TestSupport
import Testing

@testable import Transcoding

/// The same messages through SwiftProtobuf's JSON, both ways.
@Suite("The JSON mapping beside SwiftProtobuf's")
struct DifferentialTests {
  private let contract = Contract.shared

  /// What ours prints, SwiftProtobuf reads as the same message, and the other way round.
  private func agree<M: SwiftProtobuf.Message & Equatable>(_ message: M, _ name: String) throws {
    let wire: [UInt8] = try message.serializedBytes()
    let ours = try contract.print(wire, name)
    #expect(try M(jsonString: ours) == message, "\(ours)")
    let theirs: [UInt8] = try message.jsonUTF8Bytes()
    let back = try contract.message(name).wire(fromJSON: theirs)
    #expect(try M(serializedBytes: back) == message, "\(String(decoding: theirs, as: UTF8.self))")
  }

  private static let texts = [
    "", "a", "plain text", "quote\" back\\slash", "line\nfeed\ttab\u{0}\u{1f}\u{7f}", "é Ж € 😁",
    "\u{2028}\u{feff}", String(repeating: "x", count: 300), "</script>",
  ]

  @Test("agrees on texts, lists and maps")
  func texts() throws {
    for text in DifferentialTests.texts {
      try agree(
        Google_Rpc_ErrorInfo.with {
          $0.reason = text
          $0.metadata = ["key \(text)": "v", "k": text, "": ""]
        }, "google.rpc.ErrorInfo")
      try agree(
        Google_Rpc_DebugInfo.with {
          $0.stackEntries = [text, "", text]
          $0.detail = text
        }, "google.rpc.DebugInfo")
    }
  }

  @Test("agrees on nested messages and Anys")
  func nested() throws {
    let request = Google_Rpc_BadRequest.with {
      $0.fieldViolations = DifferentialTests.texts.map { text in
        .with {
          $0.field = text
          $0.description_p = text
          $0.localizedMessage.locale = "ru"
        }
      }
    }
    try agree(request, "google.rpc.BadRequest")
    let retry = Google_Rpc_RetryInfo.with { $0.retryDelay = .init(seconds: 3, nanos: 5) }
    try agree(retry, "google.rpc.RetryInfo")
    Google_Protobuf_Any.register(messageType: Google_Rpc_BadRequest.self)
    Google_Protobuf_Any.register(messageType: Google_Rpc_RetryInfo.self)
    let status = try Google_Rpc_Status.with {
      $0.code = -5
      $0.message = "m"
      $0.details = [
        try Google_Protobuf_Any(message: request), try Google_Protobuf_Any(message: retry),
        try Google_Protobuf_Any(message: Google_Protobuf_Duration(seconds: -1)),
        try Google_Protobuf_Any(message: Google_Protobuf_Value(stringValue: "x")),
      ]
    }
    let printed = try contract.print(try status.serializedBytes(), "google.rpc.Status")
    let theirs = try Google_Rpc_Status(jsonString: printed)
    #expect(theirs.details.count == 4)
    #expect(try Google_Rpc_BadRequest(unpackingAny: theirs.details[0]) == request)
    #expect(try Google_Rpc_RetryInfo(unpackingAny: theirs.details[1]) == retry)
    let back = try contract.message("google.rpc.Status").wire(
      fromJSON: try status.jsonUTF8Bytes())
    let ours = try Google_Rpc_Status(serializedBytes: back)
    #expect(try Google_Rpc_BadRequest(unpackingAny: ours.details[0]) == request)
    #expect(try Google_Protobuf_Value(unpackingAny: ours.details[3]).stringValue == "x")
  }

  @Test("agrees on optional numbers and lists of enums")
  func options() throws {
    for value in [0, 1, -1, Int64.min, .max, 9_007_199_254_740_993] {
      try agree(
        Artel_Options_V1_FieldRules.with {
          $0.minLength = UInt32(truncatingIfNeeded: value)
          $0.minimum = value
          $0.format = .httpsUri
          $0.definedOnly = value > 0
        }, "artel.options.v1.FieldRules")
    }
    try agree(
      Artel_Options_V1_Access.with {
        $0.principals = [.user, .unspecified, .UNRECOGNIZED(99)]
        $0.scopes = ["a", ""]
        $0.tenantKinds = []
        $0.stepUpSeconds = .min
      }, "artel.options.v1.Access")
  }

  @Test("agrees on times and durations at random", .covers("T34", "T35"))
  func times() throws {
    var generator = SplitMix(state: 7)
    for _ in 0..<2000 {
      let nanos = Int32(
        [0, 1, 1000, 1_000_000, 999_999_999].randomElement(using: &generator) ?? 0)
      let seconds = Int64.random(in: TimeText.timestampSeconds, using: &generator)
      try agree(
        Google_Protobuf_Timestamp(seconds: seconds, nanos: nanos), "google.protobuf.Timestamp")
      let length = Int64.random(in: TimeText.durationSeconds, using: &generator)
      try agree(
        Google_Protobuf_Duration(seconds: length, nanos: length < 0 ? -nanos : nanos),
        "google.protobuf.Duration")
    }
  }

  @Test("agrees on doubles and floats at random")
  func numbers() throws {
    var generator = SplitMix(state: 11)
    for _ in 0..<5000 {
      let double = Double(bitPattern: generator.next())
      if !double.isNaN {
        try agree(Google_Protobuf_DoubleValue(double), "google.protobuf.DoubleValue")
      }
      let float = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
      if !float.isNaN {
        try agree(Google_Protobuf_FloatValue(float), "google.protobuf.FloatValue")
      }
      let short = Double(Int64.random(in: -1_000_000_000...1_000_000_000, using: &generator))
      try agree(
        Google_Protobuf_DoubleValue(short / 1000), "google.protobuf.DoubleValue")
    }
  }

  @Test("reads numbers in every spelling as Swift does")
  func spellings() throws {
    var generator = SplitMix(state: 13)
    for _ in 0..<5000 {
      let digits = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }.joined()
      let exponent = Int.random(in: -330...320, using: &generator)
      let text = "\(Int.random(in: 1...9, using: &generator)).\(digits)e\(exponent)"
      let expected = try #require(Double(text))
      guard expected.isFinite else { continue }
      let wire = try contract.message("google.protobuf.DoubleValue").wire(
        fromJSON: Array(text.utf8))
      #expect(try Google_Protobuf_DoubleValue(serializedBytes: wire).value == expected, "\(text)")
      let float = try #require(Float(text))
      guard float.isFinite else { continue }
      let narrow = try contract.message("google.protobuf.FloatValue").wire(
        fromJSON: Array(text.utf8))
      #expect(try Google_Protobuf_FloatValue(serializedBytes: narrow).value == float, "\(text)")
    }
  }

  @Test("agrees on wrappers, masks, bytes and Structs")
  func wellKnown() throws {
    try agree(Google_Protobuf_StringValue("x\"y"), "google.protobuf.StringValue")
    try agree(Google_Protobuf_Int64Value(.min), "google.protobuf.Int64Value")
    try agree(Google_Protobuf_UInt64Value(.max), "google.protobuf.UInt64Value")
    try agree(Google_Protobuf_Int32Value(-7), "google.protobuf.Int32Value")
    try agree(Google_Protobuf_UInt32Value(.max), "google.protobuf.UInt32Value")
    try agree(Google_Protobuf_BoolValue(true), "google.protobuf.BoolValue")
    try agree(
      Google_Protobuf_FieldMask(protoPaths: "foo_bar", "baz.qux_x"), "google.protobuf.FieldMask")
    for length in 0..<20 {
      try agree(
        Google_Protobuf_BytesValue(.init((0..<length).map { UInt8(truncatingIfNeeded: 251 + $0) })),
        "google.protobuf.BytesValue")
    }
    try agree(
      Google_Protobuf_Struct(fields: [
        "null": nil, "number": 1.5, "": "text", "bool": true,
        "list": .init(listValue: [1, "x", nil]),
        "struct": .init(structValue: ["a": .init(structValue: [:])]),
      ]), "google.protobuf.Struct")
    try agree(Google_Protobuf_Empty(), "google.protobuf.Empty")
  }
}
