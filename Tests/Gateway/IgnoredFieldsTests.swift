import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: what a lenient method passes over")
struct IgnoredFieldsTests {
  private let json = "Content-Type: application/json"

  @Test("is named in a header", .covers("T39", "T50"))
  func named() async throws {
    try await Door.with([Things.answer("Loose", note: "n")], schema: Things.schema) {
      door throws in
      let response = try door.exchange(
        "POST", "/v1/loose?nope=1", [json], body: #"{"name":"a","thing":{"zz":1},"b c":{}}"#)
      #expect(response.status == 200)
      let names = (response["artel-ignored-fields"] ?? "").split(separator: ", ").sorted()
      #expect(names == ["b%20c", "nope", "thing.zz"])
      #expect(
        try door.exchange("POST", "/v1/loose", [json], body: "{}")["artel-ignored-fields"] == nil)
    }
  }

  @Test("is refused by any other method, each field by its name", .covers("T39", "T50"))
  func strict() async throws {
    try await Door.with([Things.answer("Create")], schema: Things.schema) { door throws in
      let query = try door.exchange("POST", "/v1/things?nope=1", [json], body: "{}")
      #expect(query.status == 400)
      #expect(query.violations == ["nope"])
      let body = try door.exchange("POST", "/v1/things", [json], body: #"{"zz":1}"#)
      #expect(body.status == 400)
      #expect(body.violations == ["thing.zz"])
    }
  }

  @Test("is whatever the contract says in a door that is lenient itself", .covers("T39"))
  func door() async throws {
    try await Door.with(
      [Things.answer("Get")], schema: Things.schema, configure: { $0.isLenient = true },
      { door throws in
        let response = try door.exchange("GET", "/v1/things/a?nope=1&none=2")
        #expect(response.status == 200)
        #expect(response["artel-ignored-fields"] == "nope, none")
      })
  }

  @Test("stays wrong where it is known, lenient or not", .covers("T39"))
  func wrong() async throws {
    try await Door.with([Things.answer("Loose")], schema: Things.schema) { door throws in
      let type = try door.exchange("POST", "/v1/loose", [json], body: #"{"name":1}"#)
      #expect(type.status == 400)
      #expect(type.violations == ["name"])
      let twice = try door.exchange(
        "POST", "/v1/loose", [json], body: #"{"name":"a","name":"b"}"#)
      #expect(twice.status == 400)
    }
  }

  @Test("cannot end the header")
  func hostile() {
    #expect(IgnoredFields.value([]) == nil)
    #expect(
      IgnoredFields.value(["a\r\nset-cookie: b", "ä,", "%"])
        == "a%0D%0Aset-cookie%3A%20b, %C3%A4%2C, %25")
  }
}
