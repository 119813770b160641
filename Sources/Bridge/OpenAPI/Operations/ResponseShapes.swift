import GeneratedOptions
import Transcoding

/// What a method answers.
struct ResponseShapes {
  let method: MethodSchema
  let binding: HTTPBinding
  let headers: HeaderParameters

  func responses(_ catalog: inout ComponentCatalog) -> JSONValue {
    var responses = JSONObject()
    let rest = method.policy?.rest ?? Artel_Options_V1_RestProfile()
    let status = rest.successStatus == 0 ? 200 : Int(rest.successStatus)
    var success: JSONObject = ["description": .string(description(&catalog))]
    let fields = headerFields(rest, status)
    if !fields.isEmpty { success["headers"] = .object(fields) }
    if status != 204 { success["content"] = .object(content(&catalog)) }
    responses.append("\(status)", .object(success))
    if binding.verb == "GET", headers.hasEntityTag {
      responses.append("304", ["description": "The same as `If-None-Match` names."])
    }
    ErrorResponses(method: method, binding: binding, headers: headers)
      .add(to: &responses, &catalog)
    return .object(responses)
  }

  /// What a method of two streams answers to a request: that it takes a WebSocket.
  func upgrade(_ catalog: inout ComponentCatalog) -> JSONValue {
    var responses = JSONObject()
    ErrorResponses(method: method, binding: binding, headers: headers)
      .add(to: &responses, &catalog)
    return .object(responses)
  }

  /// What one answer holds, or one message of a stream of them.
  func element(
    _ catalog: inout ComponentCatalog
  ) -> (schema: JSONObject, example: JSONValue?) {
    let examples = ExampleValues(catalog: catalog)
    guard let field else {
      return (
        catalog.schema(of: method.output, .output), examples.value(of: method.output, .output)
      )
    }
    var schema = catalog.schema(of: field, in: method.output, .output)
    schema["description"] = nil
    return (schema, examples.value(of: field, in: method.output, .output))
  }

  private var field: FieldSchema? {
    binding.responseBody.isEmpty ? nil : method.output.field(named: binding.responseBody)
  }

  private func description(_ catalog: inout ComponentCatalog) -> String {
    // What the type of nothing says of itself is nothing to a caller.
    let isNothing = method.output.fullName == "google.protobuf.Empty"
    let comment =
      field.map { catalog.notes.comment("\(method.output.fullName).\($0.name)") }
      ?? (isNothing ? "" : catalog.notes.comment(method.output.fullName))
    let summary = CommentText.summary(comment)
    let what = summary.isEmpty ? "Success" : summary
    return method.serverStreaming ? "A stream: \(what)." : "\(what)."
  }

  private func headerFields(
    _ rest: Artel_Options_V1_RestProfile, _ status: Int
  ) -> JSONObject {
    var fields = JSONObject()
    func add(_ name: String, _ description: String) {
      fields[name] = ["description": .string(description), "schema": ["type": "string"]]
    }
    if headers.hasEntityTag { add("ETag", "The name of this state (RFC 9110 section 8.8.3).") }
    if method.policy?.hasDeprecation == true {
      add("Deprecation", "Since when the method is not to be used any more (RFC 9745).")
      if method.policy?.deprecation.sunset.isEmpty == false {
        add("Sunset", "From when it may be gone (RFC 8594).")
      }
      if method.policy?.deprecation.link.isEmpty == false {
        add("Link", "Where to read what to use instead: `rel=\"deprecation\"`.")
      }
    }
    if !rest.location.isEmpty { add("Location", "Where the resource is.") }
    if rest.lenient { add("Artel-Ignored-Fields", "What of the request nobody knows.") }
    return fields
  }

  private func content(_ catalog: inout ComponentCatalog) -> JSONObject {
    if method.output.isHTTPBody(binding.responseBody) {
      return ["*/*": ["schema": ["type": "string", "format": "binary"]]]
    }
    let (schema, example) = element(&catalog)
    guard method.serverStreaming else {
      var media: JSONObject = ["schema": .object(schema)]
      media["example"] = example
      return ["application/json": .object(media)]
    }
    return stream(schema, example)
  }

  /// The three forms of a stream. An element of it may be the error that ended it.
  private func stream(_ element: JSONObject, _ example: JSONValue?) -> JSONObject {
    let item: JSONValue = [
      "anyOf": [.object(element), .reference("#/components/schemas/Error")]
    ]
    let line = example.map { String(decoding: JSONWriter.bytes($0), as: UTF8.self) } ?? "{}"
    return [
      "application/x-ndjson": [
        "schema": [
          "type": "string", "description": "A line of JSON for each message.",
          "x-item-schema": item,
        ],
        "example": .string(line + "\n"),
      ],
      "text/event-stream": [
        "schema": [
          "type": "string",
          "description": "An event for each message; `event: error` has the error.",
          "x-item-schema": item,
        ],
        "example": .string("data: \(line)\n\n"),
      ],
      "application/json": [
        "schema": ["type": "array", "items": item],
        "example": example.map { [$0] } ?? [],
      ],
    ]
  }
}
