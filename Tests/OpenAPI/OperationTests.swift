import GeneratedGoogle
import GeneratedOptions
import TestSupport
import Testing

@testable import OpenAPI

@Suite("Operations of a document")
struct OperationTests {
  private let messages = [
    Library.message(
      "Book",
      [
        Library.field("name", 1), Library.field("etag", 2),
        Library.field("next", 3, .message, ".library.v1.Book"),
      ]),
    Library.message(
      "Ask",
      [
        Library.field("name", 1, is: [.required]),
        Library.field("book", 2, .message, ".library.v1.Book"),
        Library.field("tags", 3, repeated: true), Library.field("request_id", 4),
        Library.field("cover", 5, .message, ".google.api.HttpBody"),
        Library.field("file", 6, .bytes),
        Library.field("time", 7, .message, ".google.protobuf.Timestamp"),
        Library.field("books", 8, .message, ".library.v1.Book", repeated: true),
      ]),
  ]

  private func document(
    _ rule: Google_Api_HttpRule, output: String = "Book", streams: Bool = false,
    _ policy: (inout Artel_Options_V1_MethodPolicy) -> Void = { _ in }
  ) throws -> ReadDocument {
    let policy = Artel_Options_V1_MethodPolicy.with(policy)
    return try ReadDocument(
      Library.documents(
        messages,
        [
          Library.method(
            "Do", "Ask", output, rule,
            policy: policy == Artel_Options_V1_MethodPolicy() ? nil : policy, streams: streams)
        ]
      ).whole.json)
  }

  @Test("flatten what neither path nor body has into the query")
  func query() throws {
    let found = try document(Library.get("/v1/{name=books/*}")).parameters(
      "/v1/books/{book}", "get")
    #expect(found["tags"]?["in"] as? String == "query")
    #expect(found["book.name"] != nil && found["book.etag"] != nil && found["time"] != nil)
    #expect(found["name"] == nil, "the path has it")
    #expect(found["books"] == nil, "no list of messages fits into a query")
    #expect(found["book.next.name"] == nil, "one turn of what contains itself")
    let posted = try document(Library.post("/v1/x", "book")).parameters("/v1/x", "post")
    #expect(posted["name"]?["required"] as? Bool == true)
    #expect(posted["book.name"] == nil)
    let whole = try document(Library.post("/v1/x")).parameters("/v1/x", "post")
    #expect(whole.values.allSatisfy { $0["in"] as? String == "header" })
  }

  @Test("leave out of a whole body what the path has")
  func wholeBody() throws {
    let document = try document(Library.post("/v1/{name=books/*}:do"))
    let schema = "library.v1.Ask-Body"
    let content = ["paths", "/v1/books/{book}:do", "post", "requestBody", "content"]
    #expect(
      document.text(
        content[0], content[1], content[2], content[3], content[4], "application/json", "schema",
        "$ref")
        == "#/components/schemas/\(schema)")
    #expect(!document.names("components", "schemas", schema, "properties").contains("name"))
    #expect(document.value("components", "schemas", schema, "required") == nil)
  }

  @Test("name headers that fill fields")
  func headers() throws {
    let post = try document(Library.post("/v1/x", "book")).parameters("/v1/x", "post")
    #expect(post["Idempotency-Key"] != nil && post["If-Match"] != nil)
    #expect(post["If-Match"]?["required"] == nil)
    let needed = try document(Library.post("/v1/x", "book")) { $0.rest.requireIfMatch = true }
    #expect(needed.parameters("/v1/x", "post")["If-Match"]?["required"] as? Bool == true)
    #expect(needed.value("paths", "/v1/x", "post", "responses", "428") != nil)
    let get = try document(Library.get("/v1/x"))
    #expect(get.parameters("/v1/x", "get")["If-None-Match"] != nil)
    #expect(get.value("paths", "/v1/x", "get", "responses", "304") != nil)
    #expect(get.value("paths", "/v1/x", "get", "responses", "200", "headers", "ETag") != nil)
  }

  @Test("take forms and files where the contract says so")
  func forms() throws {
    let document = try document(Library.post("/v1/x")) { $0.rest.acceptsForms = true }
    let place = ["paths", "/v1/x", "post", "requestBody", "content"]
    #expect(
      document.names(place[0], place[1], place[2], place[3], place[4]) == [
        "application/json", "application/x-www-form-urlencoded", "multipart/form-data",
      ])
    for file in ["cover", "file"] {
      #expect(
        document.text(
          place[0], place[1], place[2], place[3], place[4], "multipart/form-data", "schema",
          "properties", file, "format") == "binary")
    }
    let bytes = try self.document(Library.post("/v1/x", "cover"))
    #expect(bytes.names(place[0], place[1], place[2], place[3], place[4]) == ["*/*"])
    let strict = try self.document(Library.post("/v1/x")) {
      $0.rest.form = true
      $0.rest.oauthErrors = true
    }
    #expect(
      strict.names(place[0], place[1], place[2], place[3], place[4])
        == ["application/x-www-form-urlencoded"])
    #expect(
      strict.text("paths", "/v1/x", "post", "responses", "400", "$ref")
        == "#/components/responses/OAuthError400")
  }

  @Test("answer with the status, the headers and the form that the contract names")
  func answers() throws {
    let made = try document(Library.post("/v1/x")) {
      $0.rest.successStatus = 201
      $0.rest.location = "/v1/{name}"
      $0.rest.errorStatuses = [
        .with {
          $0.reason = "SHELF_FULL"
          $0.httpStatus = 507
        }
      ]
    }
    let place = ["paths", "/v1/x", "post", "responses"]
    #expect(made.value(place[0], place[1], place[2], place[3], "201", "headers", "Location") != nil)
    #expect(made.value(place[0], place[1], place[2], place[3], "200") == nil)
    #expect(
      made.text(place[0], place[1], place[2], place[3], "507", "description")?
        .contains("`SHELF_FULL`") == true)
    let gone = try document(Library.post("/v1/x")) { $0.rest.successStatus = 204 }
    #expect(gone.value(place[0], place[1], place[2], place[3], "204", "content") == nil)
    let stream = try document(Library.get("/v1/x"), streams: true)
    #expect(
      stream.names("paths", "/v1/x", "get", "responses", "200", "content") == [
        "application/json", "application/x-ndjson", "text/event-stream",
      ])
    let file = try document(Library.get("/v1/x"), output: ".google.api.HttpBody")
    #expect(file.names("paths", "/v1/x", "get", "responses", "200", "content") == ["*/*"])
  }

  @Test("say that they are on their way out, and a version that all of its are", .covers("D05"))
  func deprecation() throws {
    func documents(_ second: Bool) throws -> ReadDocument {
      func policy(_ date: String) -> Artel_Options_V1_MethodPolicy {
        .with {
          $0.deprecation.date = date
          $0.deprecation.sunset = "2028-01-01"
        }
      }
      return try ReadDocument(
        Library.documents(
          messages,
          [
            Library.method(
              "One", "Ask", "Book", Library.get("/v1/one"), policy: policy("2026-01-01")),
            Library.method(
              "Two", "Ask", "Book", Library.get("/v1/two"),
              policy: second ? policy("2027-01-01") : nil),
          ]
        ).whole.json)
    }
    let some = try documents(false)
    #expect(some.flag("paths", "/v1/one", "get", "deprecated") == true)
    #expect(some.text("paths", "/v1/one", "get", "x-sunset") == "2028-01-01")
    #expect(
      some.value("paths", "/v1/one", "get", "responses", "200", "headers", "Sunset") != nil)
    #expect(some.value("paths", "/v1/two", "get", "deprecated") == nil)
    #expect(some.names("x-api-versions", 0) == ["domain", "version"])
    let all = try documents(true)
    #expect(all.text("x-api-versions", 0, "deprecationDate") == "2027-01-01")
    #expect(all.text("x-api-versions", 0, "sunsetDate") == "2028-01-01")
  }

  @Test("ask for what the policy asks for")
  func security() throws {
    let document = try document(Library.get("/v1/x")) {
      $0.access.principals = [.user, .partner]
      $0.access.scopes = ["books:read"]
      $0.idempotency = .readOnly
    }
    let place = ["paths", "/v1/x", "get"]
    #expect(
      document.texts(place[0], place[1], place[2], "security", 0, "openIdConnect") == ["books:read"]
    )
    #expect(
      document.texts(place[0], place[1], place[2], "security", 1, "clientCredentials") == [
        "books:read"
      ])
    #expect(
      document.names("components", "securitySchemes")
        == ["openIdConnect", "clientCredentials", "mutualTLS"])
    #expect(
      document.text(
        "components", "securitySchemes", "clientCredentials", "flows", "clientCredentials",
        "scopes", "books:read") == "Do")
    #expect(
      document.value(place[0], place[1], place[2], "responses", "409") == nil, "it only reads")
    #expect(document.value(place[0], place[1], place[2], "responses", "403") != nil)
    let open = try self.document(Library.get("/v1/x")) { $0.access.public = true }
    #expect(open.list(place[0], place[1], place[2], "security").isEmpty)
    #expect(open.value(place[0], place[1], place[2], "security") != nil)
    #expect(open.value(place[0], place[1], place[2], "responses", "403") == nil)
    let foreign = try self.document(Library.get("/v1/x"))
    #expect(foreign.names("components", "securitySchemes") == ["bearer"])
  }

  @Test("describe streams of requests as an array and as lines")
  func requestStreams() throws {
    let documents = try Library.documents(
      messages, [Library.method("Do", "Ask", "Book", Library.post("/v1/x", "book"))]
    ) { $0.service[0].method[0].clientStreaming = true }
    let document = try ReadDocument(documents.whole.json)
    let content = ["paths", "/v1/x", "post", "requestBody", "content"]
    let way = { (more: String...) -> String? in
      document.text(
        content[0], content[1], content[2], content[3], content[4], more[0], more[1], more[2],
        more[3])
    }
    let book = "#/components/schemas/library.v1.Book-Input"
    #expect(way("application/json", "schema", "items", "$ref") == book)
    #expect(way("application/x-ndjson", "schema", "x-item-schema", "$ref") == book)
    #expect(document.flag("paths", "/v1/x", "post", "x-client-streaming") == true)
  }

  @Test("describe streams of both sides as a WebSocket that a request is told of")
  func webSockets() throws {
    let documents = try Library.documents(
      messages, [Library.method("Do", "Ask", "Book", Library.post("/v1/x"), streams: true)]
    ) { $0.service[0].method[0].clientStreaming = true }
    let document = try ReadDocument(documents.whole.json)
    let socket = ["paths", "/v1/x", "post", "x-websocket"]
    #expect(
      document.text(socket[0], socket[1], socket[2], socket[3], "send", "$ref")
        == "#/components/schemas/library.v1.Ask")
    #expect(
      document.text(socket[0], socket[1], socket[2], socket[3], "receive", "$ref")
        == "#/components/schemas/library.v1.Book")
    #expect(document.names("paths", "/v1/x", "post", "responses").contains("426"))
    #expect(!document.names("paths", "/v1/x", "post", "responses").contains("200"))
    #expect(document.value("paths", "/v1/x", "post", "requestBody") == nil)
    #expect(try ReadDocument(documents.whole.postman).list("item", 0, "item").isEmpty)
  }

  @Test("say how Connect calls a method, with what the path has")
  func connect() throws {
    let found = try document(Library.get("/v1/{name=books/*}"))
    let about = ["paths", "/v1/books/{book}", "get", "x-connect"]
    #expect(found.text(about[0], about[1], about[2], about[3], "path") == "/library.v1.Library/Do")
    #expect(
      found.text(about[0], about[1], about[2], about[3], "request", "name") == "books/book-1")
  }

  @Test("name every scheme that a method asks for, where only some have a policy")
  func schemes() throws {
    let policy = Artel_Options_V1_MethodPolicy.with { $0.access.principals = [.user] }
    let document = try ReadDocument(
      Library.documents(
        messages,
        [
          Library.method("Do", "Ask", "Book", Library.get("/v1/x"), policy: policy),
          Library.method("Else", "Ask", "Book", Library.get("/v1/y")),
        ]
      ).whole.json)
    let names = document.names("components", "securitySchemes")
    #expect(names.contains("bearer") && names.contains("openIdConnect"))
  }
}
