import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: conditions")
struct ConditionalTests {
  private let thing = "/v1/things/a"
  private let json = "Content-Type: application/json"

  // MARK: Reading

  @Test("names the state by the field etag", .covers("T80"))
  func tag() async throws {
    try await Door.with([Things.answer("Get", etag: "\"e1\"")], schema: Things.schema) {
      door throws in
      #expect(try door.exchange("GET", thing)["etag"] == "\"e1\"")
      #expect(try door.exchange("HEAD", thing)["etag"] == "\"e1\"")
    }
    try await Door.with([Things.answer("Get", etag: "no tag")], schema: Things.schema) {
      door throws in
      #expect(try door.exchange("GET", thing)["etag"] == nil)
    }
    try await Door.with([Things.answer("Bare", etag: "\"e1\"")], schema: Things.schema) {
      door throws in
      #expect(try door.exchange("GET", "/v1/bare/a")["etag"] == nil)
    }
  }

  @Test(
    "answers 304 without a body to whoever has the state", .covers("T80"),
    arguments: [
      "\"e1\"", "W/\"e1\"", "*", " * ", "\"e0\", \"e1\"", ",W/\"e0\" ,W/\"e1\",", "\"e1;gzip\"",
    ])
  func notModified(tags: String) async throws {
    let method = Things.answer("Get", etag: "\"e1\"", note: "n")
    try await Door.with([method], schema: Things.schema) { door throws in
      let client = try door.connect()
      for verb in ["GET", "HEAD"] {
        let response = try client.exchange(
          verb, thing, ["If-None-Match: \(tags)", "Authorization: Bearer t"])
        #expect(response.statusLine == "HTTP/1.1 304 Not Modified")
        #expect(response.body.isEmpty)
        #expect(response["etag"] == (tags.contains("gzip") ? "\"e1;gzip\"" : "\"e1\""))
        // What a 200 has (RFC 9110 section 15.4.5), and nothing of a body.
        #expect(response["cache-control"] == "private, no-cache")
        #expect(response["vary"] == "accept-encoding")
        #expect(response["content-type"] == nil)
        #expect(response["content-length"] == nil)
        #expect(response["date"] != nil)
      }
      #expect(try client.exchange("GET", thing).status == 200)
    }
  }

  @Test(
    "answers whole to whoever has another state, or names none", .covers("T80"),
    arguments: ["\"e2\"", "W/\"E1\"", "e1", "\"e1", "", "\"*\""])
  func modified(tags: String) async throws {
    let method = Things.answer("Get", etag: "\"e1\"", note: "n")
    try await Door.with([method], schema: Things.schema) { door throws in
      let response = try door.exchange("GET", thing, ["If-None-Match: \(tags)"])
      #expect(response.status == 200)
      #expect(response.json("note") == "n")
    }
  }

  @Test("makes weak tags of an answer's bytes where the contract asks for it", .covers("T80"))
  func hash() async throws {
    let note = Shared("1")
    let method = Things.serve("Digest") { _, _ in
      UnaryReply(message: Things.thing("digests/a", note: note.value))
    }
    try await Door.with([method], schema: Things.schema) { door throws in
      let client = try door.connect()
      let first = try client.exchange("GET", "/v1/digests/a")
      let tag = try #require(first["etag"])
      #expect(tag.hasPrefix("W/\""))
      #expect(first["cache-control"] == "private, max-age=60")
      let same = try client.exchange("GET", "/v1/digests/a", ["If-None-Match: \(tag)"])
      #expect(same.status == 304)
      #expect(same["etag"] == tag)
      #expect(same["cache-control"] == "private, max-age=60")
      note.value = "2"
      let other = try client.exchange("GET", "/v1/digests/a", ["If-None-Match: \(tag)"])
      #expect(other.status == 200)
      #expect(other["etag"] != tag)
    }
  }

  @Test("lets everybody keep the platform's keys for some minutes, and ask whether they still hold")
  func keySet() async throws {
    let keys = Methods.method(
      "artel.auth.v1.TokenService", "GetKeySet", .unary,
      .unary { _, _ in
        UnaryReply(message: try Methods.bytes("artel.auth.v1.KeySet", #"{"keys":[{"kid":"a"}]}"#))
      })
    try await Door.with([keys]) { door throws in
      let client = try door.connect()
      let path = "/.well-known/jwks/alpha"
      let first = try client.exchange("GET", path)
      #expect(first["cache-control"] == "public, max-age=300")
      let tag = try #require(first["etag"])
      let again = try client.exchange("GET", path, ["If-None-Match: \(tag)"])
      #expect(again.status == 304)
      #expect(again["cache-control"] == "public, max-age=300")
    }
  }

  @Test("compares If-Match of a read strongly", .covers("T80"))
  func readIfMatch() async throws {
    let method = Things.answer("Get", etag: "\"e1\"")
    try await Door.with([method], schema: Things.schema) { door throws in
      for (tags, status) in [
        ("\"e1\"", 200), ("\"e0\",\"e1\"", 200), ("*", 200), ("\"e1;gzip\"", 200),
        ("W/\"e1\"", 412), ("\"e2\"", 412), ("e1", 412),
      ] {
        let response = try door.exchange("GET", thing, ["If-Match: \(tags)"])
        #expect(response.status == status, "\(tags)")
      }
      // If-Match goes first (RFC 9110 section 13.2.2).
      let both = try door.exchange("GET", thing, ["If-Match: \"x\"", "If-None-Match: \"e1\""])
      #expect(both.status == 412)
      #expect(both.detail("ErrorInfo", "reason") == "PRECONDITION_FAILED")
    }
  }

  // MARK: Writing

  @Test(
    "gives If-Match of a write to the method, in the request or in its resource", .covers("T79"))
  func etagField() async throws {
    let seen = Shared("")
    let methods = [("Delete", "Ask"), ("Update", "Change")].map { name, type in
      Things.serve(name) { message, _ in
        seen.value = try Things.json(message, of: type)
        return UnaryReply(message: Things.thing("a"))
      }
    }
    try await Door.with(methods, schema: Things.schema) { door throws in
      let client = try door.connect()
      for tag in ["\"e1\"", "\"e1;gzip\"", "W/\"e0\", \"e1\""] {
        #expect(try client.exchange("DELETE", thing, ["If-Match: \(tag)"]).status == 204)
        #expect(JSON(seen.value).value("etag") == "\"e1\"")
        let patched = try client.exchange(
          "PATCH", thing, ["If-Match: \(tag)", json], body: #"{"note":"n"}"#)
        #expect(patched.status == 200)
        #expect(JSON(seen.value).value("thing", "etag") == "\"e1\"")
      }
      #expect(try client.exchange("DELETE", thing, ["If-Match: *"]).status == 204)
      #expect(JSON(seen.value).value("etag") == nil)
    }
  }

  @Test("refuses before the call what no state can match", .covers("T79"))
  func impossible() async throws {
    let called = Shared(false)
    let method = Things.serve("Update") { _, _ in
      called.value = true
      return UnaryReply(message: Things.thing("a"))
    }
    try await Door.with([method], schema: Things.schema) { door throws in
      func patch(_ headers: String..., body: String = "{}") throws -> Response {
        try door.exchange("PATCH", thing, headers + [json], body: body)
      }
      let weak = try patch("If-Match: W/\"e1\"")
      #expect(weak.status == 412)
      #expect(weak.json("error", "status") == "ABORTED")
      for value in ["e1", "\"a\", \"b\"", "\"a", ""] {
        let wrong = try patch("If-Match: \(value)")
        #expect(wrong.status == 400)
        #expect(wrong.violations == ["If-Match"])
      }
      let two = try patch("If-Match: \"a\"", body: #"{"etag":"\"b\""}"#)
      #expect(two.status == 400)
      #expect(two.violations == ["thing.etag"])
      #expect(!called.value)
    }
  }

  @Test("answers ABORTED with 412 where If-Match was used, and else with 409", .covers("T79"))
  func aborted() async throws {
    let methods = [
      try Things.fail("Update", .aborted), try Things.fail("Loose", .aborted),
      try Things.fail("Save", .aborted),
    ]
    try await Door.with(methods, schema: Things.schema) { door throws in
      let client = try door.connect()
      func status(_ verb: String, _ path: String, _ headers: String...) throws -> Int {
        try client.exchange(verb, path, headers + [json], body: "{}").status
      }
      #expect(try status("PATCH", thing, "If-Match: \"e1\"") == 412)
      #expect(try status("PATCH", thing, "If-Match: *") == 412)
      #expect(try status("PATCH", thing) == 409)
      #expect(try status("POST", "/v1/loose") == 409)
    }
  }

  @Test("answers NOT_FOUND with 412 where any state would have done", .covers("T79"))
  func absent() async throws {
    let methods = [try Things.fail("Delete", .notFound)]
    try await Door.with(methods, schema: Things.schema) { door throws in
      #expect(try door.exchange("DELETE", thing, ["If-Match: *"]).status == 412)
      #expect(try door.exchange("DELETE", thing, ["If-Match: \"e1\""]).status == 404)
      #expect(try door.exchange("DELETE", thing).status == 404)
    }
  }

  @Test("answers 428 where the contract needs If-Match", .covers("T79"))
  func required() async throws {
    let methods = [Things.answer("Replace", name: "things/a", etag: "\"e2\"")]
    try await Door.with(methods, schema: Things.schema) { door throws in
      let without = try door.exchange("PUT", thing, [json], body: "{}")
      #expect(without.statusLine == "HTTP/1.1 428 Precondition Required")
      #expect(without.detail("ErrorInfo", "reason") == "PRECONDITION_REQUIRED")
      let with = try door.exchange("PUT", thing, [json, "If-Match: \"e1\""], body: "{}")
      #expect(with.status == 200)
      #expect(with["etag"] == "\"e2\"")
      #expect(try door.exchange("PUT", thing, [json, "If-Match: *"], body: "{}").status == 200)
    }
  }

  @Test("wants nothing to be there by If-None-Match: * of a write", .covers("T80"))
  func absence() async throws {
    let methods = [
      try Things.fail("Create", .alreadyExists), try Things.fail("Save", .alreadyExists),
      Things.answer("Update"), Things.answer("Delete"),
    ]
    try await Door.with(methods, schema: Things.schema) { door throws in
      func ask(_ verb: String, _ path: String, _ headers: String...) throws -> Response {
        try door.exchange(
          verb, path, headers + [json], body: verb == "DELETE" ? nil : "{}")
      }
      #expect(try ask("POST", "/v1/things").status == 409)
      #expect(try ask("POST", "/v1/things", "If-None-Match: *").status == 412)
      #expect(try ask("PATCH", "/v1/drafts/a", "If-None-Match: *").status == 412)
      // What is not there can be neither changed nor deleted.
      #expect(try ask("PATCH", thing, "If-None-Match: *").status == 412)
      #expect(try ask("DELETE", thing, "If-None-Match: *").status == 412)
      #expect(try ask("DELETE", thing).status == 204)
      let tags = try ask("PATCH", thing, "If-None-Match: \"e1\"")
      #expect(tags.status == 400)
      #expect(tags.violations == ["If-None-Match"])
    }
  }
}
