import TestSupport
import Testing

@testable import Transcoding

@Suite("Fields from headers")
struct HeaderFieldTests {
  private func delete(_ ifMatch: String?, query: String = "", verb: String = "DELETE") -> Request {
    Request(verb: verb, method: "Delete", bodyField: "", query: query, ifMatch: ifMatch)
  }

  @Test("take If-Match for the etag, quotes included", .covers("T79"))
  func entityTag() throws {
    #expect(try delete("\"e1\"").bound() == "{\"etag\":\"\\\"e1\\\"\"}")
    #expect(try delete(" \"\" ").bound() == "{\"etag\":\"\\\"\\\"\"}")
    #expect(try delete("*").bound() == "{}")
    #expect(try delete("\"e1\"", verb: "GET").bound() == "{}")
  }

  @Test("take the etag of the resource where the request has none", .covers("T79"))
  func resource() throws {
    #expect(
      try Request(verb: "PATCH", body: Array("{\"n\":1}".utf8), ifMatch: "\"e1\"").bound()
        == "{\"thing\":{\"n\":\"1\",\"etag\":\"\\\"e1\\\"\"},\"updateMask\":\"n\"}")
    #expect(
      try Request(verb: "PATCH", ifMatch: "\"e1\"").bound()
        == "{\"thing\":{\"etag\":\"\\\"e1\\\"\"}}")
    #expect(
      try Request(method: "Upload", bodyField: "*", ifMatch: "\"e1\"").bound() == "{}")
  }

  @Test("refuse an etag that differs from the field", .covers("T79"))
  func different() throws {
    #expect(try delete("\"e1\"", query: "etag=%22e1%22").wrongField() == nil)
    #expect(try delete("\"e1\"", query: "etag=%22e2%22").wrongField() == "etag")
    let body = Array("{\"etag\":\"\\\"e2\\\"\"}".utf8)
    #expect(
      try Request(verb: "PATCH", body: body, ifMatch: "\"e1\"").wrongField() == "thing.etag")
    #expect(
      try Request(verb: "PATCH", body: body, ifMatch: "\"e1\"").error()?.violations.first?.reason
        == "CONTRADICTION")
  }

  @Test(
    "refuse what is not one strong entity tag", .covers("T79"),
    arguments: ["W/\"e1\"", "e1", "\"a\", \"b\"", "\"", "", "\"a b\"", "\"a\"b\"", "\"a\u{7f}\""])
  func malformed(_ value: String) throws {
    #expect(try delete(value).wrongField() == "If-Match")
  }

  @Test(
    "take Idempotency-Key for the request_id", .covers("T81"),
    arguments: [
      ("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324"),
      ("\"a b\"", "a b"), ("\"a\\\"b\\\\\"", "a\\\"b\\\\"), (" \"x\" ", "x"),
    ])
  func key(_ value: String, _ expected: String) throws {
    #expect(
      try Request(idempotencyKey: value).bound() == "{\"requestId\":\"\(expected)\"}")
  }

  @Test("take a key of 255 characters, however it is written", .covers("T81"))
  func longKey() throws {
    let key = String(repeating: "a", count: 254)
    for value in [key + "a", "\"\(key)a\"", "\"\(key)\\\\\""] {
      #expect(try Request(idempotencyKey: value).wrongField() == nil)
    }
  }

  @Test("refuse a key that differs from the field", .covers("T81"))
  func differentKey() throws {
    #expect(try Request(query: "requestId=a", idempotencyKey: "a").wrongField() == nil)
    #expect(try Request(query: "requestId=a", idempotencyKey: "b").wrongField() == "request_id")
    #expect(try Request(query: "requestId=", idempotencyKey: "b").wrongField() == nil)
    #expect(
      try Request(method: "Upload", bodyField: "*", idempotencyKey: "b").bound() == "{}")
  }

  @Test(
    "refuse what is no key", .covers("T81"),
    arguments: [
      "", "\"\"", "\"a", "a b", "a,b", "\"a\"b", "\"a\\x\"", "\"ä\"", "ä", "\"a\u{1}\"",
      String(repeating: "a", count: 256), "\"\(String(repeating: "a", count: 256))\"",
    ])
  func malformedKey(_ value: String) throws {
    #expect(try Request(idempotencyKey: value).wrongField() == "Idempotency-Key")
  }
}
