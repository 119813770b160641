import GeneratedGoogle
import TestSupport
import Testing

@testable import OpenAPI

@Suite("Names of operations")
struct OperationIdentifierTests {
  private let messages = [
    Library.message(
      "Book", [Library.field("name", 1), Library.field("next", 2, .message, ".library.v1.Book")]),
    Library.message("Ask", [Library.field("name", 1)]),
  ]

  @Test("keep their names when versions and methods are added")
  func identifiers() throws {
    let rule = Google_Api_HttpRule.with {
      $0.get = "/v1/a"
      $0.additionalBindings = [Library.get("/v1/b")]
    }
    let documents = try Library.documents(
      messages,
      [
        Library.method("Do", "Ask", "Book", rule),
        Library.method("Do_2", "Ask", "Book", Library.get("/v1/c")),
      ]
    ) { file in
      file.service.append(
        .with {
          $0.name = "Library_Do"
          $0.method = [Library.method("2", "Ask", "Book", Library.get("/v1/d"))]
        })
    }
    let document = try ReadDocument(documents.whole.json)
    let names = ["a", "b", "c", "d"].map {
      document.text("paths", "/v1/\($0)", "get", "operationId")
    }
    #expect(names.first == "Library_Do")
    #expect(Set(names).count == 4 && !names.contains(nil))
  }

  @Test("name a later version's service with its version, and leave the first alone")
  func versions() throws {
    let document = try ReadDocument(
      Library.documents(messages, [Library.method("Do", "Ask", "Book", Library.get("/v1/x"))]) {
        file in
        file.package = "library.v2"
        for index in file.messageType.indices {
          for field in file.messageType[index].field.indices
          where file.messageType[index].field[field].typeName.hasPrefix(".library.v1.") {
            file.messageType[index].field[field].typeName.replace("v1", with: "v2")
          }
        }
        file.service[0].method[0].inputType = ".library.v2.Ask"
        file.service[0].method[0].outputType = ".library.v2.Book"
      }.whole.json)
    #expect(document.text("paths", "/v1/x", "get", "operationId") == "Library_v2_Do")
    #expect(document.text("tags", 0, "name") == "Library_v2")
  }

  @Test("leave out a second method of what is one path to OpenAPI, and say so")
  func doubles() throws {
    let document = try ReadDocument(
      Library.documents(
        messages,
        [
          Library.method("Do", "Ask", "Book", Library.get("/v1/{name}")),
          Library.method("Rest", "Ask", "Book", Library.get("/v1/{name=**}")),
        ]
      ).whole.json)
    #expect(document.text("paths", "/v1/{name}", "get", "operationId") == "Library_Do")
    #expect(document.texts("x-left-out") == ["GET /v1/{name=**}"])
  }
}
