import TestSupport
import Testing

@testable import OpenAPI

@Suite("Paths of a document")
struct PathShapeTests {
  private let messages = [
    Library.message("Book", [Library.field("name", 1), Library.field("title", 2)]),
    Library.message(
      "Ask",
      [
        Library.field(
          "name", 1, is: [.required], rules: .with { $0.resource = "shelves/*/books/*" }),
        Library.field("book", 2, .message, ".library.v1.Book"), Library.field("shelf_id", 3),
      ]),
  ]

  private func document(_ paths: String...) throws -> ReadDocument {
    try ReadDocument(
      Library.documents(
        messages,
        paths.enumerated().map { Library.method("M\($0)", "Ask", "Book", Library.get($1)) }
      ).whole.json)
  }

  @Test(
    "give every segment that a caller chooses a parameter of its own",
    arguments: [
      ("/v1/{name=shelves/*/books/*}:open", "/v1/shelves/{shelf}/books/{book}:open"),
      ("/v1/{shelf_id}", "/v1/{shelfId}"),
      ("/v1/{book.name=shelves/*}", "/v1/shelves/{shelf}"),
      ("/v1/{book.title}/x", "/v1/{book.title}/x"),
      ("/v1/f/{name=**}", "/v1/f/{name}"),
      ("/v1/{name=addresses/*/entries/*}", "/v1/addresses/{address}/entries/{entry}"),
      ("/v1/*/{shelf_id}", "/v1/{v1}/{shelfId}"),
      ("/v1/{name=*/*}", "/v1/{v1}/{name}"),
      ("/v1/%7Bx%7D", "/v1/%7Bx%7D"),
    ])
  func shapes(template: String, path: String) throws {
    #expect(try document(template).names("paths") == [path])
  }

  @Test("are one where only names of parameters differ")
  func sameShape() throws {
    let messages = messages
    let rules = [Library.get("/v1/{name=shelves/*}"), Library.post("/v1/shelves/{shelf_id}")]
    let document = try ReadDocument(
      Library.documents(
        messages,
        rules.enumerated().map { Library.method("M\($0)", "Ask", "Book", $1) }
      ).whole.json)
    #expect(document.names("paths") == ["/v1/shelves/{shelf}"])
    #expect(document.names("paths", "/v1/shelves/{shelf}") == ["get", "post"])
    #expect(document.parameters("/v1/shelves/{shelf}", "post").keys.sorted() == ["shelf"])
  }

  @Test("say what their parameters are a part of, and what may stand there")
  func parts() throws {
    let path = "/v1/shelves/{shelf}/books/{book}"
    let document = try document("/v1/{name=shelves/*/books/*}")
    let book = try #require(document.parameters(path, "get")["book"])
    #expect(book["required"] as? Bool == true && book["in"] as? String == "path")
    #expect((book["description"] as? String)?.contains("`name`") == true)
    let pattern = (book["schema"] as? [String: Any])?["pattern"] as? String
    let expression = try Regex(try #require(pattern))
    #expect("b-1".wholeMatch(of: expression) != nil)
    for wrong in ["a/b", "", ".", "..", "a b"] {
      #expect(wrong.wholeMatch(of: expression) == nil, "\(wrong)")
    }
  }

  @Test("that OpenAPI has no word for are named, not dropped in silence")
  func leftOut() throws {
    let document = try ReadDocument(
      Library.documents(
        messages,
        [
          Library.method(
            "M", "Ask", "Book",
            .with {
              $0.custom = .with {
                $0.kind = "LOCK"
                $0.path = "/v1/lock"
              }
            })
        ]
      ).whole.json)
    #expect(document.names("paths").isEmpty)
    #expect(document.texts("x-left-out") == ["LOCK /v1/lock"])
  }
}
