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
    let field = binding.body == "*" ? nil : method.input.field(named: binding.body)
    let isPatch = binding.verb == "PATCH" && field != nil && hasMask
    let direction: Direction = isPatch ? .patch : .input
    var media = JSONObject()
    let example = ExampleValues(catalog: catalog)
    let isRequired: Bool
    if let field {
      var schema = catalog.schema(of: field, in: method.input, direction)
      schema["description"] = nil
      media["schema"] = .object(schema)
      media["example"] = example.value(of: field, in: method.input, direction)
      isRequired = catalog.isRequired(field, of: method.input, .input)
    } else {
      let omitted = pathFields
      media["schema"] = .object(whole(omitted, &catalog))
      media["example"] = .object(example.object(method.input, .input, omitting: omitted))
      isRequired = method.input.fields.contains {
        !omitted.contains($0.name) && catalog.isRequired($0, of: method.input, .input)
      }
    }
    var content = JSONObject()
    content["application/json"] = .object(media)
    if isPatch { content["application/merge-patch+json"] = .object(media) }
    if rest.acceptsForms, let target = field == nil ? method.input : field?.message {
      addForms(target, to: &content, &catalog)
    }
    var body = JSONObject()
    if isRequired { body["required"] = true }
    body["content"] = .object(content)
    return .object(body)
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
    body["content"] = ["application/x-www-form-urlencoded": ["schema": .object(schema)]]
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
    content["application/x-www-form-urlencoded"] = ["schema": .object(schema)]
    content["multipart/form-data"] = parts(message, &catalog)
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
