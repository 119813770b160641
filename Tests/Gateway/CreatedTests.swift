import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: successes other than 200")
struct CreatedTests {
  private let json = "Content-Type: application/json"

  private func ask(
    _ method: RegisteredMethod, _ verb: String = "POST", _ path: String = "/v1/things"
  ) async throws -> Response {
    try await Door.with([method], schema: Things.schema) { door throws in
      try door.exchange(verb, path, [json], body: verb == "DELETE" ? nil : "{}")
    }
  }

  @Test("answers 201 with the place of what was created", .covers("T85"))
  func created() async throws {
    let response = try await ask(Things.answer("Create", name: "things/7", etag: "\"e1\""))
    #expect(response.statusLine == "HTTP/1.1 201 Created")
    #expect(response["location"] == "/v1/things/7")
    #expect(response["etag"] == "\"e1\"")
    #expect(response.json("name") == "things/7")
  }

  @Test(
    "percent-encodes what a path cannot have, and keeps slashes", .covers("T85"),
    arguments: [
      ("things/a b", "/v1/things/a%20b"), ("things/дом", "/v1/things/%D0%B4%D0%BE%D0%BC"),
      ("things/50%", "/v1/things/50%25"), ("things/a?b#c", "/v1/things/a%3Fb%23c"),
      ("things/a\r\nx: y", "/v1/things/a%0D%0Ax:%20y"), ("things/a:b@c", "/v1/things/a:b@c"),
    ])
  func encoded(name: String, location: String) async throws {
    let response = try await ask(Things.answer("Create", name: name))
    #expect(response["location"] == location)
    #expect(response["x"] == nil)
  }

  @Test(
    "names no place that would lead elsewhere, or none", .covers("T85"),
    arguments: ["", "../admin", "things/../x", "/x", "things//x", "."])
  func elsewhere(name: String) async throws {
    let response = try await ask(Things.answer("Create", name: name))
    #expect(response.status == 201)
    #expect(response["location"] == nil)
  }

  @Test("answers 202 with the place of what has begun, and 204 without a body", .covers("T85"))
  func others() async throws {
    let started = try await ask(Things.answer("Start", note: "r1"), "POST", "/v1/things/a:start")
    #expect(started.statusLine == "HTTP/1.1 202 Accepted")
    #expect(started["location"] == "/v1/runs/r1")
    let deleted = try await ask(Things.answer("Delete", name: "x"), "DELETE", "/v1/things/a")
    #expect(deleted.statusLine == "HTTP/1.1 204 No Content")
    #expect(deleted["content-length"] == nil)
    #expect(deleted["content-type"] == nil)
    #expect(deleted["location"] == nil)
  }

  @Test(
    "lets a handler choose status, place and file name, and forwards none of it", .covers("T85"))
  func chosen() async throws {
    let seen = Shared(Metadata())
    let method = Things.serve("Get") { _, context in
      seen.value = context.metadata
      return UnaryReply(
        message: Things.thing("things/a"),
        initialMetadata: ["artel-http-status": "201", "location": "/v1/things/b"],
        trailingMetadata: ["content-disposition": "attachment; filename=\"a.txt\""])
    }
    try await Door.with([method], schema: Things.schema) { door throws in
      let client = try door.connect()
      let response = try client.exchange(
        "GET", "/v1/things/a",
        [
          "Artel-Http-Status: 204", "Location: /x", "Content-Disposition: inline",
          "Artel-Filename-Bin: YQ==",
        ])
      #expect(response.status == 201)
      #expect(response["location"] == "/v1/things/b")
      #expect(response["content-disposition"] == "attachment; filename=\"a.txt\"")
      #expect(response["artel-http-status"] == nil)
      for key in ["artel-http-status", "location", "content-disposition", "artel-filename-bin"] {
        #expect(seen.value.first(key) == nil)
      }
      #expect(try client.exchange("GET", "/v1/things/a").status == 201)
    }
  }

  @Test("sends the reader elsewhere with 303, and with nowhere to go answers itself")
  func elsewhereFor303() async throws {
    let sent = try await ask(
      Things.answer(
        "Create", metadata: ["artel-http-status": "303", "location": "https://app.example/?a=b"]))
    #expect(sent.statusLine == "HTTP/1.1 303 See Other")
    #expect(sent["location"] == "https://app.example/?a=b")
    #expect(sent["content-length"] != nil)
    let nowhere = try await ask(
      Things.answer("Create", metadata: ["artel-http-status": "303"]))
    #expect(nowhere.status == 201)
  }

  @Test("shows the Host to a handler whose contract asks for it, and what calls itself so to none")
  func host() async throws {
    let seen = Shared(Metadata())
    let methods = ["Bare", "Get"].map { name in
      Things.serve(name) { _, context in
        seen.value = context.metadata
        return UnaryReply(message: Things.thing("things/a"))
      }
    }
    try await Door.with(methods, schema: Things.schema) { door throws in
      let client = try door.connect()
      let forged = ["Artel-Host: evil.example"]
      #expect(try client.exchange("GET", "/v1/bare/a", forged).status == 200)
      #expect(seen.value[stringValues: "artel-host"].map { $0.hasPrefix("evil") } == [false])
      #expect(try client.exchange("GET", "/v1/things/a", forged).status == 200)
      #expect(seen.value.first("artel-host") == nil)
    }
  }

  @Test(
    "takes no status that is not one of a success of this resource", .covers("T85"),
    arguments: ["199", "206", "302", "304", "404", "500", "abc", "", "-1", "99999999999999999999"])
  func otherStatus(text: String) async throws {
    let method = Things.answer("Create", metadata: ["artel-http-status": .string(text)])
    #expect(try await ask(method).status == 201)
  }

  @Test(
    "takes no place and no disposition that would end a header", .covers("T85"),
    arguments: ["/a\r\nset-cookie: b", "/a b", "", "/ä"])
  func brokenPlace(text: String) async throws {
    let method = Things.answer(
      "Start",
      metadata: ["location": .string(text), "content-disposition": .string("a\r\nset-cookie: b")])
    let response = try await ask(method, "POST", "/v1/things/a:start")
    #expect(response.status == 202)
    #expect(response["location"] == nil)
    #expect(response["content-disposition"] == nil)
    #expect(response["set-cookie"] == nil)
  }

  @Test(
    "names files in ASCII and in UTF-8 (RFC 6266, RFC 8187)",
    arguments: [
      ("report.pdf", "attachment; filename=\"report.pdf\""),
      ("a b.txt", "attachment; filename=\"a b.txt\""),
      ("/etc/passwd", "attachment; filename=\"passwd\""),
      ("c:\\x\\y.txt", "attachment; filename=\"y.txt\""),
      ("a\r\nb.txt", "attachment; filename=\"ab.txt\""),
      ("a\"b.txt", "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt"),
      ("50%.txt", "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt"),
      (
        "счёт.pdf",
        "attachment; filename=\"____.pdf\"; filename*=UTF-8''%D1%81%D1%87%D1%91%D1%82.pdf"
      ),
      ("gpj\u{202E}.exe", "attachment; filename=\"gpj.exe\""),
    ])
  func files(name: String, disposition: String) async throws {
    #expect(ContentDisposition.attachment(name) == disposition)
    let method = Things.answer(
      "Get", metadata: ["artel-filename-bin": .binary(Array(name.utf8))])
    try await Door.with([method], schema: Things.schema) { door throws in
      let response = try door.exchange("GET", "/v1/things/a")
      #expect(response["content-disposition"] == disposition)
      #expect(response["artel-filename-bin"] == nil)
    }
  }

  @Test(
    "names no file where nothing of a name is left", arguments: ["", "/", "..", "a/..", "\u{1}"])
  func noFile(name: String) { #expect(ContentDisposition.attachment(name) == nil) }

  @Test("refuses to start with a place that is none, or of no field")
  func badTemplates() throws {
    let thing = try #require(Things.schema.message(named: "test.v1.Thing"))
    for text in ["v1/{name}", "//evil/{name}", "/v1/{name", "/v1/{nope}", "/v1/a b", "/v1/?a"] {
      #expect(throws: GatewayError.self, "\(text)") { try LocationTemplate(text, of: thing) }
    }
  }
}
