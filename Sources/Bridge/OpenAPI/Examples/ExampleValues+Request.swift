import Transcoding

extension ExampleValues {
  /// A whole request message, with what REST has in its path.
  func request(of message: MessageSchema, _ binding: HTTPBinding) -> JSONValue {
    guard case .object(var object) = value(of: message, .input),
      WellKnownShape.schema(of: message) == nil
    else { return value(of: message, .input) }
    for (variable, pattern) in Self.patterns(binding.template) {
      let names = message.fields(along: variable)
      guard let last = names.last, last.field.kind == .string else { continue }
      Self.set(
        names.map(\.field.jsonName)[...], .string(ExampleText.resource(pattern)), in: &object)
    }
    return .object(object)
  }

  /// The variables of a template that have a pattern: `name` and `shelves/*` of
  /// `/v1/{name=shelves/*}`.
  private static func patterns(_ template: String) -> [(variable: String, pattern: String)] {
    template.split(separator: "{").dropFirst().compactMap { part in
      let inner = part.prefix { $0 != "}" }
      let sides = inner.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, !sides[1].contains("**") else { return nil }
      return (String(sides[0]), String(sides[1]))
    }
  }

  private static func set(
    _ names: ArraySlice<String>, _ value: JSONValue, in object: inout JSONObject
  ) {
    guard let first = names.first else { return }
    guard names.count > 1 else { return object[first] = value }
    var inner = object[first]?.members ?? JSONObject()
    set(names.dropFirst(), value, in: &inner)
    object[first] = .object(inner)
  }
}
