import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: cookies")
struct CookieTests {
  private let json = "Content-Type: application/json"

  /// What handlers see of a request's cookie.
  private func seen(
    _ fields: [String], _ verb: String = "GET", _ path: String = "/v1/bare/a"
  ) async throws -> [String] {
    let seen = Shared(Metadata())
    let methods = ["Bare", "Get", "Loose"].map { name in
      Things.serve(name) { _, context in
        seen.value = context.metadata
        return UnaryReply(message: Things.thing("things/a"))
      }
    }
    try await Door.with(methods, schema: Things.schema) { door throws in
      let body: String? = verb == "GET" ? nil : "{}"
      let response = try door.exchange(verb, path, fields + (body == nil ? [] : [json]), body: body)
      #expect(response.status == 200)
    }
    #expect(seen.value.first("cookie") == nil)
    return Array(seen.value[stringValues: "artel-cookie"])
  }

  @Test("shows the one cookie that the contract names, and no other", .covers("S-F15"))
  func one() async throws {
    let cookies = "Cookie: a=1; __Host-thing=t.1; __Host-things=2"
    #expect(try await seen([cookies]) == ["t.1"])
    #expect(try await seen(["Cookie: a=1", "Cookie: __Host-thing=t.1"]) == ["t.1"])
    #expect(try await seen([cookies], "GET", "/v1/things/a") == [])
    #expect(try await seen(["Artel-Cookie: t.1"]) == [])
  }

  @Test(
    "shows none that is there twice, empty, or cannot be one",
    arguments: [
      "__Host-thing=1; __Host-thing=2", "__Host-thing=", "__Host-thing", "__host-thing=1",
      "x__Host-thing=1", "__Host-thing=\"1\"", "__Host-thing=a b",
    ])
  func none(cookies: String) async throws {
    #expect(try await seen(["Cookie: \(cookies)"]) == [])
  }

  @Test("takes none for a change that another site's page asks for", .covers("S-F15"))
  func foreign() async throws {
    let cookie = "Cookie: __Host-thing=t.1"
    for fields in [
      [cookie], [cookie, "Origin: https://evil.example"], [cookie, "Origin: null"],
      [cookie, "Origin: http://localhost.evil.example"], [cookie, "Origin: http://localhost:81"],
    ] {
      #expect(try await seen(fields, "POST", "/v1/loose") == [])
    }
    let own = try await seen([cookie, "Origin: https://localhost"], "POST", "/v1/loose")
    #expect(own == ["t.1"])
  }

  /// The answer of a handler that sets a cookie.
  private func set(_ value: String, _ name: String = "Bare", _ path: String = "/v1/bare/a")
    async throws -> Response
  {
    try await Door.with(
      [Things.answer(name, metadata: ["artel-set-cookie": .string(value)])], schema: Things.schema
    ) { door throws in try door.exchange("GET", path, [], body: nil) }
  }

  @Test("sets it for its host alone, over TLS alone, out of reach of scripts", .covers("S-F15"))
  func attributes() async throws {
    let response = try await set("t.1;60")
    #expect(
      response["set-cookie"]
        == "__Host-thing=t.1; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60")
    #expect(response["artel-set-cookie"] == nil)
    #expect(response["cache-control"] == "no-store")
    #expect(
      try await set(";0")["set-cookie"]
        == "__Host-thing=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
  }

  @Test(
    "sets none that cannot stand in a header, nor where the contract names none",
    arguments: ["t.1", "t;x", "t;-1", "a b;1", "a,b;1", "a;b;1", "t;99999999999"])
  func malformed(value: String) async throws {
    #expect(try await set(value)["set-cookie"] == nil)
    #expect(try await set("t.1;60", "Get", "/v1/things/a")["set-cookie"] == nil)
  }
}
