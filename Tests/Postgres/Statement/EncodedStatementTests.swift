import Testing

@testable import Postgres

@Suite("Values on the wire")
struct EncodedStatementTests {
  @Test("writes big-endian numbers, arrays and nulls into one block")
  func encoding() throws {
    let encoded = try EncodedStatement(
      Statement(
        "SELECT $1, $2, $3, $4, $5", .int(258), .text(nil), .textArray(["a"]), .int8Array([]),
        .jsonb("{}")))
    #expect(encoded.types == [20, 25, 1009, 1016, 3802])
    #expect(encoded.spans.map(\.length) == [8, -1, 25, 12, 3])
    #expect(Array(encoded.bytes[..<8]) == [0, 0, 0, 0, 0, 0, 1, 2])
    #expect(
      Array(encoded.bytes[8..<33]) == [
        0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 97,
      ])
    #expect(Array(encoded.bytes.suffix(3)) == [1, 123, 125])
  }

  @Test(
    "refuses what cannot be sent",
    arguments: [
      Parameter.text("a\0"), .jsonb("\0"), .textArray(["a", "\0"]), .uuid("nonsense"),
      .uuidArray(["0f8fad5b-d9cb-469f-a165-70867728950"]),
      .timestamp(Timestamp(microseconds: .min)),
    ])
  func refusals(_ parameter: Parameter) {
    let error = #expect(throws: PostgresError.self) {
      try EncodedStatement(Statement("SELECT $1", parameter))
    }
    #expect(error?.code == .invalidParameter)
  }

  @Test("reads and writes UUIDs strictly")
  func uuids() {
    let text = "0f8fad5b-d9cb-469f-a165-70867728950e"
    #expect(UUIDText.bytes(text).map { UUIDText.text($0) } == text)
    #expect(UUIDText.bytes(text.uppercased()).map { UUIDText.text($0) } == text)
    for malformed in [
      "", "0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950g",
      "0f8fad5b-d9cb-469f-a165_70867728950e", "{f8fad5b-d9cb-469f-a165-70867728950}",
      "0f8fad5b-d9cb-469f-a165-7086772895éé",
    ] {
      #expect(UUIDText.bytes(malformed) == nil)
    }
  }
}
