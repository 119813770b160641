import GeneratedOptions
import Transcoding

/// The failures that a method can answer with, by their HTTP status.
struct ErrorResponses {
  let method: MethodSchema
  let binding: HTTPBinding
  let headers: HeaderParameters

  private struct Kind {
    let status: Int
    let about: String
    var retryAfter = false
    var challenge = false
  }

  private static let kinds: [Kind] = [
    Kind(
      status: 400,
      about: "`INVALID_ARGUMENT`, `FAILED_PRECONDITION` or `OUT_OF_RANGE`: what is wrong with the "
        + "request stands in `BadRequest.field_violations`, or in the reason of `ErrorInfo`."),
    Kind(
      status: 401, about: "`UNAUTHENTICATED`: there is no valid credential.", challenge: true),
    Kind(status: 403, about: "`PERMISSION_DENIED`: the caller may not do this."),
    Kind(status: 404, about: "`NOT_FOUND`: there is no such resource, or no such path."),
    Kind(status: 406, about: "`Accept` admits none of the answer's types."),
    Kind(
      status: 409,
      about: "`ALREADY_EXISTS` or `ABORTED`: the resource is there, or another change came first."),
    Kind(status: 412, about: "`If-Match` does not name the resource's state."),
    Kind(status: 413, about: "The body is too large."),
    Kind(status: 415, about: "The body's type or coding is not spoken."),
    Kind(
      status: 422, about: "`REQUEST_ID_REUSED`: the key came before, with another request."),
    Kind(status: 426, about: "The method is spoken over a WebSocket alone."),
    Kind(status: 428, about: "`If-Match` is missing."),
    Kind(
      status: 429, about: "`RESOURCE_EXHAUSTED`: too many calls, or a quota is used up.",
      retryAfter: true),
    Kind(status: 500, about: "`INTERNAL`, `UNKNOWN` or `DATA_LOSS`: the server is at fault."),
    Kind(status: 501, about: "`UNIMPLEMENTED`: the server does not have the method."),
    Kind(
      status: 503, about: "`UNAVAILABLE`: try again, later.", retryAfter: true),
    Kind(status: 504, about: "`DEADLINE_EXCEEDED`: the time was over."),
  ]

  /// Adds them to the answers of an operation.
  func add(to responses: inout JSONObject, _ catalog: inout ComponentCatalog) {
    let hasOAuth = method.policy?.rest.oauthErrors ?? false
    let statuses = statuses
    for kind in Self.kinds where statuses.contains(kind.status) {
      let own = reasons(of: kind.status)
      if own.isEmpty {
        responses.append("\(kind.status)", .reference(Self.place(kind.status, hasOAuth)))
      } else {
        responses.append(
          "\(kind.status)", Self.response(kind, about: kind.about + own, hasOAuth))
      }
    }
    for status in Set((method.policy?.rest.errorStatuses ?? []).map { Int($0.httpStatus) }).sorted()
    where !statuses.contains(status) {
      responses.append(
        "\(status)",
        Self.response(Kind(status: status, about: ""), about: reasons(of: status), hasOAuth))
    }
    responses.append("default", .reference(Self.place(nil, hasOAuth)))
    Self.addSchemas(hasOAuth, &catalog)
  }

  private func reasons(of status: Int) -> String {
    let reasons = (method.policy?.rest.errorStatuses ?? [])
      .filter { Int($0.httpStatus) == status }.map { "`\($0.reason)`" }
    return reasons.isEmpty ? "" : " Reasons: \(reasons.joined(separator: ", "))."
  }

  private var statuses: Set<Int> {
    var statuses: Set<Int> = [400, 404, 406, 429, 500, 503, 504]
    let policy = method.policy
    if policy?.access.public != true { statuses.formUnion([401, 403]) }
    // What a foreign server answers, only it knows.
    if policy == nil { statuses.insert(501) }
    // RFC 6749 section 5.2: a client that cannot be authenticated.
    if policy?.rest.oauthErrors == true { statuses.insert(401) }
    let writes = policy.map { $0.idempotency != .readOnly } ?? (binding.verb != "GET")
    if writes { statuses.insert(409) }
    if headers.takesIfMatch || headers.hasEntityTag { statuses.insert(412) }
    if !binding.body.isEmpty { statuses.formUnion([413, 415]) }
    if method.isBidirectional { statuses.insert(426) }
    if headers.takesKey { statuses.insert(422) }
    if policy?.rest.requireIfMatch == true { statuses.insert(428) }
    return statuses
  }

  // MARK: Components

  private static func place(_ status: Int?, _ hasOAuth: Bool) -> String {
    "#/components/responses/\(hasOAuth ? "OAuth" : "")Error\(status.map(String.init) ?? "")"
  }

  /// The answers that operations refer to.
  static func components(hasOAuth: Bool) -> JSONObject {
    var object = JSONObject()
    for isOAuth in hasOAuth ? [false, true] : [false] {
      for kind in kinds {
        object.append(
          (isOAuth ? "OAuthError" : "Error") + "\(kind.status)",
          response(kind, about: kind.about, isOAuth))
      }
      object.append(
        isOAuth ? "OAuthError" : "Error",
        response(Kind(status: 0, about: ""), about: "Any other failure.", isOAuth))
    }
    return object
  }

  private static func response(_ kind: Kind, about: String, _ hasOAuth: Bool) -> JSONValue {
    var response: JSONObject = ["description": .string(about)]
    var headers = JSONObject()
    if kind.retryAfter {
      headers["Retry-After"] = [
        "description": "How many seconds to wait before the next try.",
        "schema": ["type": "string", "pattern": "^[0-9]+$"],
      ]
    }
    if kind.challenge {
      headers["WWW-Authenticate"] = [
        "description": "The scheme that is asked for.", "schema": ["type": "string"],
      ]
    }
    if !headers.isEmpty { response["headers"] = .object(headers) }
    let name = hasOAuth ? "OAuthError" : "Error"
    response["content"] = [
      "application/json": ["schema": .reference("#/components/schemas/\(name)")]
    ]
    return .object(response)
  }

  private static func addSchemas(_ hasOAuth: Bool, _ catalog: inout ComponentCatalog) {
    if !catalog.has("Error") { catalog.add("Error", ErrorSchemas.error) }
    if hasOAuth, !catalog.has("OAuthError") { catalog.add("OAuthError", ErrorSchemas.oauth) }
  }
}
