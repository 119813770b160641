import Transcoding

/// A document while its operations are added.
struct DocumentDraft {
  private static let verbs: Set<String> = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
  ]

  private var catalog: ComponentCatalog
  private var security: SecuritySchemes
  private var paths: [(key: String, text: String, names: [String], item: JSONObject)] = []
  private var tags = JSONObject()
  private var hasOAuth = false
  private var left: [String] = []
  private var versions = APIVersions()
  private let identifiers: OperationIdentifiers

  /// - Parameters:
  ///   - methods: Everything that is served, whether or not it is in this document: names do not
  ///     depend on what else a document has.
  init(_ methods: [MethodSchema], notes: ContractNotes, options: OpenAPIOptions) {
    catalog = ComponentCatalog(
      notes: notes, answered: Self.answered(methods), isLenient: options.isLenient)
    security = SecuritySchemes(
      tokenURL: Self.tokenURL(methods), identityURL: options.identityURL)
    identifiers = OperationIdentifiers(methods)
  }

  /// Adds the operations of a method.
  mutating func add(_ method: MethodSchema) {
    for (index, binding) in method.bindings.enumerated() {
      guard Self.verbs.contains(binding.verb),
        let template = try? PathTemplate(parsing: binding.template)
      else {
        left.append("\(binding.verb) \(binding.template)")
        continue
      }
      var shape = PathShape(template, input: method.input)
      let place = paths.firstIndex { $0.key == shape.key }
      if let place { shape.rename(paths[place].names) }
      let verb = binding.verb.lowercased()
      // `{name}` and `{name=**}` are one path to OpenAPI, and two to a door.
      if let place, paths[place].item[verb] != nil {
        left.append("\(binding.verb) \(binding.template)")
        continue
      }
      let operation = OperationShape(
        method: method, binding: binding, number: index + 1,
        identifier: identifiers.operation(method, index + 1),
        tag: identifiers.tag(method)
      ).operation(shape, &security, &catalog)
      if let place {
        paths[place].item[verb] = operation
      } else {
        paths.append(
          (shape.key, shape.text, shape.parameters.map(\.name), [verb: operation]))
      }
    }
    let name = identifiers.tag(method)
    if tags[name] == nil {
      var tag: JSONObject = ["name": .string(name)]
      let comment = catalog.notes.comment(method.serviceName)
      if !comment.isEmpty { tag["description"] = .string(comment) }
      tags[name] = .object(tag)
    }
    if method.policy?.rest.oauthErrors == true { hasOAuth = true }
    versions.add(method)
  }

  /// The document.
  func document(title: String, version: String, servers: [String]) -> JSONValue {
    var paths = JSONObject()
    for path in self.paths { paths.append(path.text, .object(path.item)) }
    var components = JSONObject()
    components["schemas"] = .object(catalog.components)
    components["responses"] = .object(ErrorResponses.components(hasOAuth: hasOAuth))
    components["securitySchemes"] = .object(security.components)
    var document: JSONObject = [
      "openapi": "3.1.0",
      "info": [
        "title": .string(title), "version": .string(version),
        "description": .string(Self.introduction),
      ],
      "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
      "servers": .array(servers.map { ["url": .string($0)] }),
      "tags": .array(tags.members.map(\.value)),
      "paths": .object(paths),
      "components": .object(components),
    ]
    document["x-api-versions"] = versions.value
    if !left.isEmpty { document["x-left-out"] = .strings(left) }
    return .object(document)
  }

  private static let introduction = """
    Requests and answers are JSON by the proto3 JSON mapping: 64-bit numbers are strings, bytes are \
    base64, times are RFC 3339, and fields that hold their default are left out of answers.

    Every method takes the system parameters `$alt=json;enum-encoding=int`, `$alt=json;names=proto` \
    and `$prettyPrint=true` in its query, `Accept-Language` for the texts of errors, and \
    `X-Server-Timeout` or `grpc-timeout` for its time.

    Streams are `application/x-ndjson`, `text/event-stream` or a JSON array, by `Accept`; every \
    method with a stream is also spoken over a WebSocket at its path, a text frame for each message.

    Every method is called by Connect and gRPC-Web, too, at `/` and its `x-grpc-method`.
    """

  private static func tokenURL(_ methods: [MethodSchema]) -> String {
    let method = methods.first {
      $0.policy?.rest.form == true && $0.policy?.rest.oauthErrors == true
    }
    return method?.bindings.first?.template ?? "/oauth2/token"
  }

  /// The names of all messages that answers have, at any depth.
  private static func answered(_ methods: [MethodSchema]) -> Set<String> {
    var names: Set<String> = []
    func collect(_ message: MessageSchema) {
      guard WellKnownShape.schema(of: message) == nil, names.insert(message.fullName).inserted
      else { return }
      for field in message.fields {
        if let inner = field.message { collect(inner) }
      }
    }
    for method in methods { collect(method.output) }
    return names
  }
}
