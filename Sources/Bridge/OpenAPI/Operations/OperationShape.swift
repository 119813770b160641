import GeneratedOptions
import Transcoding

/// One HTTP binding of a method, as an operation.
struct OperationShape {
  let method: MethodSchema
  let binding: HTTPBinding
  /// Which binding of the method it is, from 1.
  let number: Int
  /// A name that no other operation of the document has.
  let identifier: String
  /// The name of its service.
  let tag: String

  func operation(
    _ path: PathShape, _ security: inout SecuritySchemes, _ catalog: inout ComponentCatalog
  ) -> JSONValue {
    let headers = HeaderParameters(method: method, binding: binding)
    let parameters = ParameterShapes(method: method, binding: binding)
    let comment = catalog.notes.comment(method.fullName)
    var operation = JSONObject()
    operation["tags"] = .strings([tag])
    operation["operationId"] = .string(identifier)
    operation["summary"] = .string(comment.isEmpty ? method.name : CommentText.summary(comment))
    let description = ([comment] + facts).filter { !$0.isEmpty }.joined(separator: "\n\n")
    if !description.isEmpty { operation["description"] = .string(description) }
    if let lifetime = method.policy?.deprecation, method.policy?.hasDeprecation == true {
      operation["deprecated"] = true
      operation["x-deprecated-since"] = .string(lifetime.date)
      if !lifetime.sunset.isEmpty { operation["x-sunset"] = .string(lifetime.sunset) }
    } else if catalog.notes.isDeprecated(method.fullName) {
      operation["deprecated"] = true
    }
    let all =
      parameters.path(path, &catalog) + parameters.query(&catalog) + headers.parameters
    if !all.isEmpty { operation["parameters"] = .array(all) }
    let body = RequestBodyShape(method: method, binding: binding, number: number)
    let responses = ResponseShapes(method: method, binding: binding, headers: headers)
    if method.isBidirectional {
      operation["responses"] = responses.upgrade(&catalog)
      var socket: JSONObject = ["subprotocols": ["artel", "artel.bearer.TOKEN"]]
      if !binding.body.isEmpty { socket["send"] = .object(body.element(&catalog).schema) }
      socket["receive"] = .object(responses.element(&catalog).schema)
      operation["x-websocket"] = .object(socket)
    } else {
      operation["requestBody"] = body.body(&catalog)
      operation["responses"] = responses.responses(&catalog)
    }
    operation["security"] = security.requirements(of: method)
    operation["x-grpc-method"] = .string(String(method.path.dropFirst()))
    operation["x-http-template"] = .string(binding.template)
    if method.serverStreaming { operation["x-server-streaming"] = true }
    if method.clientStreaming { operation["x-client-streaming"] = true }
    if method.isCalledByPath {
      // The whole message, whatever of it REST has in the path or the query.
      operation["x-connect"] = [
        "path": .string(method.path),
        "request": ExampleValues(catalog: catalog).request(of: method.input, binding),
      ]
    }
    operation["x-artel-policy"] = policy
    return .object(operation)
  }

  /// What the policy says, in sentences.
  private var facts: [String] {
    (method.isBidirectional
      ? ["Spoken over a WebSocket at this path: each text frame is a message, as JSON."] : [])
      + policyFacts
  }

  private var policyFacts: [String] {
    guard let policy = method.policy, policy != Artel_Options_V1_MethodPolicy() else { return [] }
    var facts: [String] = []
    if policy.access.public { facts.append("Anyone may call, without a credential.") }
    let principals = policy.access.principals.map(Self.name)
    if !principals.isEmpty {
      facts.append("For: \(principals.map { $0.lowercased() }.joined(separator: ", ")).")
    }
    if !policy.access.roles.isEmpty {
      facts.append("With one of the roles: \(policy.access.roles.joined(separator: ", ")).")
    }
    if policy.access.stepUpSeconds > 0 {
      facts.append(
        "With a second factor of the last \(policy.access.stepUpSeconds) seconds.")
    }
    if policy.hasDeprecation {
      let lifetime = policy.deprecation
      var sentence = "Not to be used any more from \(lifetime.date)"
      if !lifetime.sunset.isEmpty { sentence += ", and gone from \(lifetime.sunset)" }
      facts.append(sentence + (lifetime.link.isEmpty ? "." : ": see \(lifetime.link)."))
    }
    switch policy.idempotency {
    case .idempotent: facts.append("Repeating the call has the effect of calling once.")
    case .keyed:
      facts.append("A repeated `requestId` is answered with the result of the first call.")
    case .none: facts.append("Every call has its own effect: do not repeat it blindly.")
    default: break
    }
    return facts.isEmpty ? [] : [facts.joined(separator: " ")]
  }

  /// What the policy says, for programs.
  private var policy: JSONValue? {
    guard let policy = method.policy, policy != Artel_Options_V1_MethodPolicy() else { return nil }
    var object = JSONObject()
    if policy.access.public { object["public"] = true }
    func names(_ name: String, _ values: [String]) {
      if !values.isEmpty { object[name] = .strings(values) }
    }
    names("principals", policy.access.principals.map(Self.name))
    names("scopes", policy.access.scopes)
    names("roles", policy.access.roles)
    names("tenantKinds", policy.access.tenantKinds.map(Self.name))
    if policy.access.stepUpSeconds > 0 {
      object["stepUpSeconds"] = .integer(Int64(policy.access.stepUpSeconds))
    }
    object["idempotency"] = .string(Self.name(policy.idempotency))
    if policy.cost != .unspecified { object["cost"] = .string(Self.name(policy.cost)) }
    names("emits", policy.emits)
    return .object(object)
  }
}

extension OperationShape {
  private static func name(_ kind: Artel_Options_V1_PrincipalKind) -> String {
    switch kind {
    case .unspecified, .UNRECOGNIZED: "UNSPECIFIED"
    case .user: "USER"
    case .partner: "PARTNER"
    case .service: "SERVICE"
    case .administrator: "ADMINISTRATOR"
    }
  }

  private static func name(_ kind: Artel_Options_V1_TenantKind) -> String {
    switch kind {
    case .unspecified, .UNRECOGNIZED: "UNSPECIFIED"
    case .residential: "RESIDENTIAL"
    case .bank: "BANK"
    case .cooperative: "COOPERATIVE"
    case .store: "STORE"
    }
  }

  private static func name(_ idempotency: Artel_Options_V1_Idempotency) -> String {
    switch idempotency {
    case .unspecified, .UNRECOGNIZED: "UNSPECIFIED"
    case .readOnly: "READ_ONLY"
    case .idempotent: "IDEMPOTENT"
    case .keyed: "KEYED"
    case .none: "NONE"
    }
  }

  private static func name(_ cost: Artel_Options_V1_CostClass) -> String {
    switch cost {
    case .unspecified, .UNRECOGNIZED: "UNSPECIFIED"
    case .low: "LOW"
    case .medium: "MEDIUM"
    case .high: "HIGH"
    case .telemetry: "TELEMETRY"
    }
  }
}
