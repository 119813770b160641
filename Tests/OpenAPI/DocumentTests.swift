import Foundation
import GeneratedDescriptors
import TestSupport
import Testing
import Transcoding

@testable import OpenAPI

@Suite("Documents")
struct DocumentTests {
  private func own() throws -> OpenAPIDocuments {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    let notes = try ContractNotes(
      descriptorSet: ArtelDescriptors.descriptorSet, comments: ArtelDescriptors.comments)
    return OpenAPIDocuments(
      schema: schema, notes: notes,
      methods: schema.methods.map(\.path).filter { $0.hasPrefix("/artel.") },
      options: OpenAPIOptions(title: "Artel"))
  }

  @Test("describe the platform as a whole and by domain", .covers("D06"))
  func platform() throws {
    let documents = try own()
    #expect(
      documents.domains.map(\.domain)
        == [
          "access", "audit", "auth", "certificates", "operations", "people", "privacy",
          "residential", "tenancy",
        ])
    let whole = try ReadDocument(documents.whole.json)
    #expect(whole.text("openapi") == "3.1.0" && whole.text("info", "title") == "Artel")
    var paths: Set<String> = []
    for domain in documents.domains {
      paths.formUnion(try ReadDocument(domain.json).names("paths"))
    }
    #expect(whole.names("paths") == paths && paths.count > 15)
    let open = "/v1/properties/{property}/accessPoints/{accessPoint}:open"
    #expect(
      whole.text("paths", open, "post", "summary")
        == "Opens an access point for a unit of which the caller is a member")
    #expect(!paths.contains { $0.contains("complexes") }, "the benchmark is not served")
  }

  @Test("are the same bytes for the same contracts")
  func deterministic() throws {
    let (one, two) = (try own(), try own())
    #expect(one.whole.json == two.whole.json && one.whole.postman == two.whole.postman)
  }

  @Test("refer to nothing that is not there")
  func references() throws {
    let documents = try own()
    for document in [documents.whole] + documents.domains {
      let read = try ReadDocument(document.json)
      let text = String(decoding: document.json, as: UTF8.self)
      let found = text.matches(of: /"\$ref":"#\/components\/([A-Za-z]+)\/([^"]+)"/)
      #expect(!found.isEmpty)
      for match in found {
        #expect(
          read.value("components", String(match.1), String(match.2)) != nil,
          "\(document.domain): \(match.0)")
      }
    }
  }

  @Test("give each operation a name of its own")
  func identifiers() throws {
    let document = try ReadDocument(try own().whole.json)
    var seen: Set<String> = []
    for path in document.names("paths") {
      for verb in document.names("paths", path) {
        let name = try #require(document.text("paths", path, verb, "operationId"))
        #expect(seen.insert(name).inserted, "\(name)")
      }
    }
    #expect(seen.contains("AccessEventService_ListAccessEvents_2"), "an additional binding")
  }

  @Test("are a collection for Postman, too", .covers("D38"))
  func postman() throws {
    let collection = try ReadDocument(try own().whole.postman)
    #expect(
      collection.text("info", "schema")
        == "https://schema.getpostman.com/json/collection/v2.1.0/collection.json")
    let folders = collection.list("item").compactMap { ($0 as? [String: Any])?["name"] as? String }
    #expect(folders.contains("AccessPointService") && folders.contains("TokenService"))
    let index = try #require(folders.firstIndex(of: "TokenService"))
    #expect(collection.text("item", index, "item", 0, "request", "auth", "type") == "noauth")
    #expect(
      collection.text("item", index, "item", 0, "request", "url", "raw")
        == "{{baseUrl}}/oauth2/token")
    let body = ["item", "request", "body", "urlencoded"]
    #expect(collection.text("item", index, "item", 0, "request", "body", "mode") == "urlencoded")
    #expect(
      collection.text(body[0], index, body[0], 0, body[1], body[2], body[3], 0, "value")
        == "client_credentials")
  }

  @Test("give Postman a variable for what stands before a verb")
  func postmanVerbs() throws {
    let collection = try ReadDocument(try own().whole.postman)
    let names = collection.list("variable").compactMap {
      ($0 as? [String: Any])?["key"] as? String
    }
    #expect(names.contains("accessPoint"), "\(names)")
  }

  @Test("cannot end the script that they stand in")
  func escapes() {
    let text = String(decoding: JSONWriter.bytes("</script>\u{1}\"\\\n"), as: UTF8.self)
    #expect(text == #""\u003c/script>\u0001\"\\\n""#)
  }

  @Test(
    "take comments as they are meant",
    arguments: [
      (" One\n two.\n\n Three.\n", "One two.\n\nThree."),
      (" List:\n - a\n - b\n", "List:\n- a\n- b"),
      (
        " Code:\n\n ```\n a\n   b\n ```\n After\n that.\n", "Code:\n\n```\na\n  b\n```\nAfter that."
      ),
    ])
  func comments(text: String, cleaned: String) {
    #expect(CommentText.cleaned(text) == cleaned)
  }
}
