import GeneratedOptions
import Transcoding

extension ComponentCatalog {
  /// The schema of a field: of its value, its list or its map.
  mutating func schema(
    of field: FieldSchema, in message: MessageSchema, _ direction: Direction
  ) -> JSONObject {
    let rules = direction.isInput ? field.rules : nil
    var schema: JSONObject
    if field.isMap {
      schema = map(field, rules, direction)
    } else {
      let isRequired = isRequired(field, of: message, direction) && field.isRequired
      schema = element(field, rules, direction)
      RuleKeywords.apply(rules, of: field, isRequired: isRequired && !field.isRepeated, to: &schema)
      if field.isRepeated {
        schema = ["type": "array", "items": .object(schema)]
        if isRequired { schema["minItems"] = 1 }
        if let rules, rules.hasMaxItems { schema["maxItems"] = .integer(Int64(rules.maxItems)) }
      }
    }
    describe(field, in: message, direction, &schema)
    return schema
  }

  /// What is said of a field to its readers.
  private func describe(
    _ field: FieldSchema, in message: MessageSchema, _ direction: Direction,
    _ schema: inout JSONObject
  ) {
    let name = "\(message.fullName).\(field.name)"
    let behavior = notes.behavior(name)
    if behavior.contains(.outputOnly), direction == .output { schema["readOnly"] = true }
    if behavior.contains(.inputOnly), direction.isInput { schema["writeOnly"] = true }
    let comment = notes.comment(name)
    if !comment.isEmpty { schema["description"] = .string(comment) }
    if notes.isDeprecated(name) { schema["deprecated"] = true }
    switch field.dataClass {
    case .secret:
      if schema["format"] == nil, schema["type"] == "string" { schema["format"] = "password" }
      schema["x-data-class"] = "secret"
    case .personal: schema["x-data-class"] = "personal"
    default: break
    }
    if let index = field.oneofIndex {
      schema["x-oneof"] = .string(message.oneofNames[index])
    }
  }

  private mutating func element(
    _ field: FieldSchema, _ rules: Artel_Options_V1_FieldRules?, _ direction: Direction
  ) -> JSONObject {
    if let message = field.message { return schema(of: message, direction) }
    if let enumeration = field.enumeration { return schema(of: enumeration) }
    return ScalarShape.schema(of: field.kind)
  }

  private mutating func map(
    _ field: FieldSchema, _ rules: Artel_Options_V1_FieldRules?, _ direction: Direction
  ) -> JSONObject {
    var schema: JSONObject = ["type": "object"]
    guard let entry = field.message, let key = entry.field(number: 1),
      let value = entry.field(number: 2)
    else { return schema }
    switch key.kind {
    case .string: break
    case .bool: schema["propertyNames"] = ["enum": ["false", "true"]]
    default: schema["propertyNames"] = ["pattern": "^-?[0-9]{1,20}$"]
    }
    schema["additionalProperties"] = .object(element(value, nil, direction))
    if field.isRequired, direction.isInput { schema["minProperties"] = 1 }
    if let rules, rules.hasMaxItems { schema["maxProperties"] = .integer(Int64(rules.maxItems)) }
    return schema
  }
}
