import GeneratedOptions
import Transcoding

/// The headers of a request that mean something to a method.
struct HeaderParameters {
  let method: MethodSchema
  let binding: HTTPBinding

  private var isRead: Bool { binding.verb == "GET" }

  /// Whether the request has a field that `If-Match` fills, or must have the header.
  var takesIfMatch: Bool {
    guard !isRead else { return false }
    return method.policy?.rest.requireIfMatch == true || hasText("etag", method.input)
      || bodyMessage.map { hasText("etag", $0) } ?? false
  }

  /// Whether an answer has an `ETag`.
  var hasEntityTag: Bool {
    guard !method.serverStreaming else { return false }
    switch method.policy?.rest.entityTag ?? .unspecified {
    case .unspecified: return hasText("etag", method.output)
    case .hash: return isRead
    default: return false
    }
  }

  /// Whether the caller may choose a key by which a repeated request is known.
  var takesKey: Bool { fillsRequestID || keyUse != .unspecified }

  private var fillsRequestID: Bool { !isRead && hasText("request_id", method.input) }

  private var keyUse: Artel_Options_V1_KeyUse { method.policy?.idempotencyKey ?? .unspecified }

  var parameters: [JSONValue] {
    var found: [JSONValue] = []
    if takesKey {
      found.append(
        parameter(
          "Idempotency-Key",
          fillsRequestID
            ? "Fills `requestId`, where it is empty: the key by which a repeated request is known."
            : "The key by which a repeated request is known: it gets the first one's answer.",
          ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[A-Za-z0-9._~-]+$"],
          example: "018f4e6a-7c1d-7b3e-9a52-3f2b1c0d4e5f", isRequired: keyUse == .required))
    }
    if takesIfMatch {
      let isRequired = method.policy?.rest.requireIfMatch == true
      found.append(
        parameter(
          "If-Match", "The `ETag` of the state that is to be changed, or `*` for any.",
          ["type": "string", "pattern": #"^(\*|"[!#-~]*")$"#], example: #""1""#,
          isRequired: isRequired))
    }
    if isRead, hasEntityTag {
      found.append(
        parameter(
          "If-None-Match", "The `ETag` of what the caller has: 304 where it is the same.",
          ["type": "string"], example: #""1""#))
    }
    if method.serverStreaming, hasText("resume_token", method.input) {
      found.append(
        parameter(
          "Last-Event-ID",
          "Fills `resumeToken`, where it is empty and the answer is `text/event-stream`.",
          ["type": "string", "pattern": "^[!-~]*$"], example: "1"))
    }
    return found
  }

  private func parameter(
    _ name: String, _ description: String, _ schema: JSONObject, example: String,
    isRequired: Bool = false
  ) -> JSONValue {
    var object: JSONObject = ["name": .string(name), "in": "header"]
    if isRequired { object["required"] = true }
    object["description"] = .string(description)
    object["schema"] = .object(schema)
    object["example"] = .string(example)
    return .object(object)
  }

  private var bodyMessage: MessageSchema? {
    guard let field = method.input.field(named: binding.body), !field.isRepeated else { return nil }
    return field.message
  }

  private func hasText(_ name: String, _ message: MessageSchema) -> Bool {
    message.fields.contains { $0.name == name && $0.kind == .string && !$0.isRepeated }
  }
}
