import GeneratedOptions
import Transcoding

/// What the body of a request may be.
struct RequestBodyShape {
  let method: MethodSchema
  let binding: HTTPBinding
  /// Which binding of the method it is, from 1.
  let number: Int

  /// Nil for a method without a body.
  func body(_ catalog: inout ComponentCatalog) -> JSONValue? {
    guard !binding.body.isEmpty else { return nil }
    let rest = method.policy?.rest ?? Artel_Options_V1_RestProfile()
    if method.input.isHTTPBody(binding.body) {
      return [
        "description": "The bytes as they are, of any type.",
        "content": ["*/*": ["schema": ["type": "string", "format": "binary"]]],
      ]
    }
    if rest.form { return form(&catalog) }
    let (schema, example) = element(&catalog)
    if method.clientStreaming { return stream(schema, example) }
    var media: JSONObject = ["schema": .object(schema)]
    media["example"] = example
    var content = JSONObject()
    content["application/json"] = .object(media)
    if isPatch { content["application/merge-patch+json"] = .object(media) }
    if rest.acceptsForms, let target = field == nil ? method.input : field?.message {
      addForms(target, to: &content, &catalog)
    }
    var body = JSONObject()
    if isRequired(catalog) { body["required"] = true }
    body["content"] = .object(content)
    return .object(body)
  }

  /// What one body says, or one message of a stream of them.
  func element(
    _ catalog: inout ComponentCatalog
  ) -> (schema: JSONObject, example: JSONValue?) {
    let example = ExampleValues(catalog: catalog)
    guard let field else {
      return (
        whole(pathFields, &catalog),
        .object(example.object(method.input, .input, omitting: pathFields))
      )
    }
    let direction: Direction = isPatch ? .patch : .input
    var schema = catalog.schema(of: field, in: method.input, direction)
    schema["description"] = nil
    return (schema, example.value(of: field, in: method.input, direction))
  }

  /// The field that is the body; nil where all of the message is.
  private var field: FieldSchema? {
    binding.body.isEmpty || binding.body == "*" ? nil : method.input.field(named: binding.body)
  }

  private var isPatch: Bool { binding.verb == "PATCH" && field != nil && hasMask }

  private func isRequired(_ catalog: ComponentCatalog) -> Bool {
    if let field { return catalog.isRequired(field, of: method.input, .input) }
    let omitted = pathFields
    return method.input.fields.contains {
      !omitted.contains($0.name) && catalog.isRequired($0, of: method.input, .input)
    }
  }

  /// The forms of a stream of requests: each message is what a single body would be.
  private func stream(_ element: JSONObject, _ example: JSONValue?) -> JSONValue {
    let line = example.map { String(decoding: JSONWriter.bytes($0), as: UTF8.self) } ?? "{}"
    return [
      "description": "A stream of messages, each read when the one before it is done with.",
      "content": [
        "application/json": [
          "schema": ["type": "array", "items": .object(element)],
          "example": example.map { [$0] } ?? [],
        ],
        "application/x-ndjson": [
          "schema": [
            "type": "string", "description": "A line of JSON for each message.",
            "x-item-schema": .object(element),
          ],
          "example": .string(line + "\n"),
        ],
      ],
    ]
  }

  /// The top-level fields that the path fills: the body need not have them.
  private var pathFields: Set<String> {
    let variables = (try? PathTemplate(parsing: binding.template))?.variables ?? []
    return Set(variables.filter { !$0.contains(".") })
  }

  private var hasMask: Bool {
    method.input.field(named: "update_mask")?.message?.fullName == "google.protobuf.FieldMask"
  }

  /// The request message without what the path says, as a component of its own.
  private func whole(_ omitted: Set<String>, _ catalog: inout ComponentCatalog) -> JSONObject {
    guard !omitted.isEmpty else { return catalog.schema(of: method.input, .input) }
    let name = "\(method.input.fullName)-Body\(number > 1 ? String(number) : "")"
    if !catalog.has(name) {
      catalog.add(name, .object(catalog.object(method.input, .input, omitting: omitted)))
    }
    return ["$ref": .string("#/components/schemas/\(name)")]
  }

  private func form(_ catalog: inout ComponentCatalog) -> JSONValue {
    let (properties, required) = ParameterShapes(method: method, binding: binding).form(&catalog)
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .strings(required) }
    var body = JSONObject()
    if !required.isEmpty { body["required"] = true }
    body["content"] = [
      "application/x-www-form-urlencoded": [
        "schema": .object(schema), "example": formExample(method.input, properties, catalog),
      ]
    ]
    return .object(body)
  }

  private func addForms(
    _ message: MessageSchema, to content: inout JSONObject, _ catalog: inout ComponentCatalog
  ) {
    let shapes = ParameterShapes(method: method, binding: binding)
    let (properties, required) = shapes.form(
      &catalog, of: message.fullName == method.input.fullName ? nil : message)
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .strings(required) }
    if !catalog.isLenient { schema["additionalProperties"] = false }
    content["application/x-www-form-urlencoded"] = [
      "schema": .object(schema), "example": formExample(message, properties, catalog),
    ]
    content["multipart/form-data"] = parts(message, &catalog)
  }

  /// What a form may say of the fields that are not within others.
  private func formExample(
    _ message: MessageSchema, _ properties: JSONObject, _ catalog: ComponentCatalog
  ) -> JSONValue {
    var example = JSONObject()
    for (name, value) in ExampleValues(catalog: catalog).object(message, .input).members
    where properties[name] != nil {
      example.append(name, value)
    }
    return .object(example)
  }

  /// A part for each field: files as they are, messages as JSON.
  private func parts(_ message: MessageSchema, _ catalog: inout ComponentCatalog) -> JSONValue {
    var properties = JSONObject()
    var encoding = JSONObject()
    var required: [String] = []
    let omitted = binding.body == "*" ? pathFields : []
    for field in message.fields
    where !omitted.contains(field.name) && catalog.takes(field, of: message, .input) {
      let isFile = field.kind == .bytes || field.message?.fullName == "google.api.HttpBody"
      if isFile {
        let file: JSONValue = ["type": "string", "format": "binary"]
        properties.append(
          field.jsonName, field.isRepeated ? ["type": "array", "items": file] : file)
      } else {
        properties.append(
          field.jsonName, .object(catalog.schema(of: field, in: message, .input)))
        if let inner = field.message, !WellKnownShape.isText(inner) {
          encoding.append(field.jsonName, ["contentType": "application/json"])
        }
      }
      if catalog.isRequired(field, of: message, .input) { required.append(field.jsonName) }
    }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .strings(required) }
    var media: JSONObject = ["schema": .object(schema)]
    if !encoding.isEmpty { media["encoding"] = .object(encoding) }
    return .object(media)
  }
}
