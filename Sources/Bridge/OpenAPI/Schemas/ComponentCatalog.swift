import Transcoding

/// The schemas of messages and enums that a document refers to (`#/components/schemas`).
struct ComponentCatalog {
  let notes: ContractNotes
  /// The messages that answers have: their plain name stands for that form.
  let answered: Set<String>
  /// Whether what a contract does not know is passed over.
  let isLenient: Bool
  private var schemas: [String: JSONValue] = [:]

  init(notes: ContractNotes, answered: Set<String>, isLenient: Bool) {
    self.notes = notes
    self.answered = answered
    self.isLenient = isLenient
  }

  /// All of them, by name.
  var components: JSONObject {
    var object = JSONObject()
    for (name, schema) in schemas.sorted(by: { $0.key < $1.key }) { object.append(name, schema) }
    return object
  }

  /// Adds a schema that no message has.
  mutating func add(_ name: String, _ schema: JSONValue) { schemas[name] = schema }

  /// Whether a component of this name is there.
  func has(_ name: String) -> Bool { schemas[name] != nil }

  // MARK: Messages

  /// The schema of a message: JSON's own form where it has one, else a reference.
  mutating func schema(of message: MessageSchema, _ direction: Direction) -> JSONObject {
    if let own = WellKnownShape.schema(of: message) { return own }
    let name = name(of: message, direction)
    if schemas[name] == nil {
      // The message may contain itself.
      schemas[name] = .null
      schemas[name] = .object(object(message, direction))
    }
    return ["$ref": .string("#/components/schemas/\(name)")]
  }

  private func name(of message: MessageSchema, _ direction: Direction) -> String {
    switch direction {
    case .output: message.fullName
    case .input:
      answered.contains(message.fullName) ? "\(message.fullName)-Input" : message.fullName
    case .patch: "\(message.fullName)-Patch"
    }
  }

  /// The object that a message is in JSON.
  ///
  /// - Parameter omitted: Names of fields that come from elsewhere.
  mutating func object(
    _ message: MessageSchema, _ direction: Direction, omitting omitted: Set<String> = []
  ) -> JSONObject {
    var schema = JSONObject()
    schema["type"] = "object"
    let comment = notes.comment(message.fullName)
    if !comment.isEmpty { schema["description"] = .string(comment) }
    if notes.isDeprecated(message.fullName) { schema["deprecated"] = true }
    var properties = JSONObject()
    var required: [String] = []
    for field in message.fields where !omitted.contains(field.name) {
      guard takes(field, of: message, direction) else { continue }
      let isRequired = isRequired(field, of: message, direction)
      var property = self.schema(of: field, in: message, direction)
      if direction == .patch, !isRequired { property = Self.nullable(property) }
      properties.append(field.jsonName, .object(property))
      if isRequired { required.append(field.jsonName) }
    }
    schema["properties"] = .object(properties)
    if !required.isEmpty { schema["required"] = .strings(required) }
    if direction.isInput {
      schema["dependentSchemas"] = exclusions(message, properties)
      if !isLenient { schema["additionalProperties"] = false }
    }
    return schema
  }

  /// Whether a message of this direction may have the field.
  func takes(_ field: FieldSchema, of message: MessageSchema, _ direction: Direction) -> Bool {
    let behavior = notes.behavior("\(message.fullName).\(field.name)")
    return !behavior.contains(direction.isInput ? .outputOnly : .inputOnly)
  }

  /// Whether a message of this direction must have the field.
  func isRequired(_ field: FieldSchema, of message: MessageSchema, _ direction: Direction) -> Bool {
    // A member of a oneof gives way to another.
    guard direction.isInput, field.oneofIndex == nil else { return false }
    if field.isRequired { return true }
    return direction == .input
      && notes.behavior("\(message.fullName).\(field.name)").contains(.required)
  }

  /// The members of a oneof exclude each other.
  private func exclusions(_ message: MessageSchema, _ properties: JSONObject) -> JSONValue? {
    var dependent = JSONObject()
    for index in message.oneofNames.indices {
      let members = message.fields.filter { $0.oneofIndex == index }.map(\.jsonName)
        .filter { properties[$0] != nil }
      guard members.count > 1 else { continue }
      for member in members {
        var others = JSONObject()
        for other in members where other != member { others.append(other, false) }
        dependent.append(member, ["properties": .object(others)])
      }
    }
    return dependent.isEmpty ? nil : .object(dependent)
  }

  private static func nullable(_ schema: JSONObject) -> JSONObject {
    if case .string(let type)? = schema["type"], schema["enum"] == nil, schema["not"] == nil {
      var schema = schema
      schema["type"] = .strings([type, "null"])
      return schema
    }
    var inner = schema
    var outer = JSONObject()
    // What is said to readers stays outside.
    for name in ["description", "deprecated"] {
      outer[name] = inner[name]
      inner[name] = nil
    }
    outer["anyOf"] = [.object(inner), ["type": "null"]]
    return outer
  }

  // MARK: Enums

  /// The schema of an enum: a reference.
  mutating func schema(of enumeration: EnumSchema) -> JSONObject {
    if enumeration.fullName == "google.protobuf.NullValue" { return ["type": "null"] }
    let name = enumeration.fullName
    if schemas[name] == nil { schemas[name] = .object(EnumShape.schema(enumeration, notes)) }
    return ["$ref": .string("#/components/schemas/\(name)")]
  }
}
