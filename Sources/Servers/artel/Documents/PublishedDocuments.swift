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

  /// Those of the platform's own methods.
  ///
  /// - Throws: where the generated descriptors do not load.
  static func own(_ schema: Schema, _ methods: [RegisteredMethod]) throws -> [StaticDocument] {
    of(try platform(schema, methods.map(\.descriptor.path)))
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
