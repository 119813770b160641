import Transcoding

/// The parameters of an operation: those of its path, its query and its headers.
struct ParameterShapes {
  let method: MethodSchema
  let binding: HTTPBinding

  // MARK: Path

  func path(_ shape: PathShape, _ catalog: inout ComponentCatalog) -> [JSONValue] {
    shape.parameters.map { parameter in
      let target = parameter.variable.map { method.input.fields(along: $0) }?.last
      var description = target.map {
        catalog.notes.comment("\($0.owner.fullName).\($0.field.name)")
      }
      var schema: JSONObject = ["type": "string", "minLength": 1]
      if let target {
        if parameter.isWhole {
          schema = catalog.schema(of: target.field, in: target.owner, .input)
          schema["description"] = nil
          if schema["type"] == "string", schema["minLength"] == nil, !parameter.takesRest {
            schema["minLength"] = 1
          }
        } else {
          let parts = method.input.fields(along: parameter.variable ?? "").map(\.field.jsonName)
          let about = description.map { $0.isEmpty ? "" : " \($0)" } ?? ""
          description = "A part of `\(parts.joined(separator: "."))`.\(about)"
          if target.field.rules?.resource.isEmpty == false {
            schema["pattern"] = .string("^\(RuleKeywords.segment)$")
          }
        }
      }
      if parameter.takesRest {
        description = (description ?? "") + " Slashes in it stay slashes."
      }
      var object: JSONObject = [
        "name": .string(parameter.name), "in": "path", "required": true,
      ]
      if let description, !description.isEmpty { object["description"] = .string(description) }
      object["schema"] = .object(schema)
      if parameter.takesRest { object["x-allow-slashes"] = true }
      let example = ExampleValues(catalog: catalog)
      object["example"] =
        target.flatMap {
          parameter.isWhole ? example.value(of: $0.field, in: $0.owner, .input) : nil
        } ?? .string("\(parameter.name)-1".lowercased())
      return .object(object)
    }
  }

  // MARK: Query

  /// The fields that neither path nor body fill, nested ones by dots.
  func query(_ catalog: inout ComponentCatalog) -> [JSONValue] {
    guard binding.body != "*" else { return [] }
    let variables = Set(variables)
    return flattened(&catalog) { path in !variables.contains(path) && path != binding.body }
      .map { .object($0) }
  }

  /// The fields as the properties of a form, by the rules of the query.
  func form(
    _ catalog: inout ComponentCatalog, of message: MessageSchema? = nil
  ) -> (properties: JSONObject, required: [String]) {
    let variables = Set(message == nil ? self.variables : [])
    var properties = JSONObject()
    var required: [String] = []
    for parameter in flattened(&catalog, of: message, where: { !variables.contains($0) }) {
      guard case .string(let name)? = parameter["name"], var schema = parameter["schema"]?.members
      else { continue }
      schema["description"] = parameter["description"]
      properties.append(name, .object(schema))
      if parameter["required"] == true { required.append(name) }
    }
    return (properties, required)
  }

  private var variables: [String] {
    // A template that is wrong has no route: it was refused before.
    (try? PathTemplate(parsing: binding.template))?.variables ?? []
  }

  private func flattened(
    _ catalog: inout ComponentCatalog, of message: MessageSchema? = nil,
    where isWanted: (String) -> Bool
  ) -> [JSONObject] {
    var found: [JSONObject] = []
    flatten(
      message ?? method.input, names: [], jsonNames: [], above: [], isRequired: true, &catalog,
      isWanted, &found)
    return found
  }

  private func flatten(
    _ message: MessageSchema, names: [String], jsonNames: [String], above: [String],
    isRequired: Bool, _ catalog: inout ComponentCatalog, _ isWanted: (String) -> Bool,
    _ found: inout [JSONObject]
  ) {
    // Messages that contain themselves have no last parameter: one turn of them is shown.
    guard !above.contains(message.fullName), above.count < 8 else { return }
    for field in message.fields where !field.isMap && catalog.takes(field, of: message, .input) {
      let names = names + [field.name]
      guard isWanted(names.joined(separator: ".")) else { continue }
      let jsonNames = jsonNames + [field.jsonName]
      let isRequired = isRequired && catalog.isRequired(field, of: message, .input)
      if let inner = field.message, !WellKnownShape.isText(inner) {
        guard !field.isRepeated, WellKnownShape.schema(of: inner) == nil else { continue }
        flatten(
          inner, names: names, jsonNames: jsonNames, above: above + [message.fullName],
          isRequired: isRequired, &catalog, isWanted, &found)
        continue
      }
      var schema = catalog.schema(of: field, in: message, .input)
      var parameter: JSONObject = [
        "name": .string(jsonNames.joined(separator: ".")), "in": "query",
      ]
      if isRequired { parameter["required"] = true }
      parameter["description"] = schema["description"]
      parameter["deprecated"] = schema["deprecated"]
      schema["description"] = nil
      schema["deprecated"] = nil
      parameter["schema"] = .object(schema)
      found.append(parameter)
    }
  }
}
