public import Transcoding

/// One description of methods, written.
public struct OpenAPIDocument: Sendable {
  /// What it is about; empty for the whole.
  public let domain: String
  /// The document: OpenAPI 3.1 in JSON.
  public let json: [UInt8]
  /// The same methods as a collection of Postman, v2.1.
  public let postman: [UInt8]
}

/// The descriptions of everything that a door serves: of the whole, and of each domain.
public struct OpenAPIDocuments: Sendable {
  /// All methods.
  public let whole: OpenAPIDocument
  /// The methods of each domain: `residential` for the package `artel.residential.v1`.
  public let domains: [OpenAPIDocument]

  /// Describes methods.
  ///
  /// - Parameters:
  ///   - schema: Their contracts.
  ///   - notes: What these say to readers.
  ///   - methods: The paths, `/package.Service/Method`, of those that are served; nil for all. Those
  ///     that HTTP cannot speak are left out.
  ///   - options: What else the documents say.
  public init(
    schema: Schema, notes: ContractNotes, methods: [String]? = nil,
    options: OpenAPIOptions = OpenAPIOptions()
  ) {
    let wanted = methods.map(Set.init)
    let served = schema.methods.filter { $0.isSpoken && wanted?.contains($0.path) ?? true }
    func document(_ domain: String, _ part: [MethodSchema]) -> OpenAPIDocument {
      var draft = DocumentDraft(served, notes: notes, options: options)
      for method in part { draft.add(method) }
      let title = options.title ?? Self.title(part)
      let value = draft.document(
        title: domain.isEmpty ? title : "\(title): \(domain)", version: Self.version(part),
        servers: options.servers)
      return OpenAPIDocument(
        domain: domain, json: JSONWriter.bytes(value),
        postman: JSONWriter.bytes(PostmanCollection(document: value).value))
    }
    whole = document("", served)
    var parts: [(domain: String, methods: [MethodSchema])] = []
    for method in served {
      if let index = parts.firstIndex(where: { $0.domain == method.domain }) {
        parts[index].methods.append(method)
      } else {
        parts.append((method.domain, [method]))
      }
    }
    domains = parts.map { document($0.domain, $0.methods) }
  }

  private static func title(_ methods: [MethodSchema]) -> String {
    var packages: [String] = []
    for method in methods {
      let package = method.serviceName.split(separator: ".").dropLast().joined(separator: ".")
      if !packages.contains(package) { packages.append(package) }
    }
    return packages.isEmpty ? "No methods" : packages.joined(separator: ", ")
  }

  private static func version(_ methods: [MethodSchema]) -> String {
    var versions: [String] = []
    for case let version? in methods.map(\.version) where !versions.contains(version) {
      versions.append(version)
    }
    return versions.isEmpty ? "v1" : versions.sorted().joined(separator: ", ")
  }
}
