import Console
import Gateway
import GeneratedDescriptors
import OpenAPI
import Platform
import RPC
import Transcoding

/// The descriptions of methods, where a door serves them.
enum PublishedDocuments {
  /// `/openapi.json`, `/docs`, `/postman.json`, and the same below `/{domain}`.
  static func of(_ documents: OpenAPIDocuments) -> [StaticDocument] {
    var published: [StaticDocument] = []
    for document in [documents.whole] + documents.domains {
      let place = document.domain.isEmpty ? "" : "/\(document.domain)"
      published.append(
        StaticDocument(
          path: "\(place)/openapi.json", contentType: "application/json", body: document.json))
      let page = ReadingPage(document)
      published.append(
        StaticDocument(
          path: "\(place)/docs", contentType: "text/html; charset=utf-8", body: page.html,
          contentPolicy: page.contentPolicy))
      published.append(
        StaticDocument(
          path: "\(place)/postman.json", contentType: "application/json", body: document.postman))
    }
    return published
  }

  /// The page at which people sign in.
  static var signIn: StaticDocument {
    StaticDocument(
      path: SignInPage.path, contentType: "text/html; charset=utf-8", body: SignInPage.html,
      contentPolicy: SignInPage.contentPolicy)
  }

  /// The administrator's console: its page, what the page loads, and the methods that it calls.
  static func console(_ methods: OpenAPIDocument) -> [StaticDocument] {
    ConsolePages.all.map {
      StaticDocument(
        path: $0.path, contentType: $0.contentType, body: $0.body, contentPolicy: $0.contentPolicy)
    } + [
      StaticDocument(
        path: "\(ConsolePages.path)/openapi.json", contentType: "application/json",
        body: methods.json)
    ]
  }

  /// What the platform's own door serves beside its methods.
  ///
  /// - Parameter describes: whether it describes its methods to whoever asks.
  /// - Throws: where the generated descriptors do not load.
  static func own(
    _ schema: Schema, _ methods: [RegisteredMethod], describes: Bool
  ) throws -> [StaticDocument] {
    let documents = try platform(schema, methods.map(\.descriptor.path))
    return [signIn] + console(documents.whole) + (describes ? of(documents) : [])
  }

  /// What the platform's documents are called.
  static let title = "Artel"

  /// The platform's own contracts.
  ///
  /// - Throws: where the generated descriptors do not load.
  static func platform(
    _ schema: Schema, _ methods: [String], title: String = title, servers: [String] = ["/"]
  ) throws -> OpenAPIDocuments {
    OpenAPIDocuments(
      schema: schema,
      notes: try ContractNotes(
        descriptorSet: ArtelDescriptors.descriptorSet, comments: ArtelDescriptors.comments),
      methods: methods, options: OpenAPIOptions(title: title, servers: servers))
  }
}
