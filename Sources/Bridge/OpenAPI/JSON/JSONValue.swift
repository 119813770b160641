/// A JSON value whose objects keep the order in which their members were added: what a document is
/// built of, so that the same contracts always give the same bytes.
enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// An array of strings.
  static func strings(_ values: some Sequence<String>) -> JSONValue {
    .array(values.map(JSONValue.string))
  }

  /// A reference of JSON Reference.
  static func reference(_ target: String) -> JSONValue { .object(["$ref": .string(target)]) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    var object = JSONObject()
    for (name, value) in elements { object[name] = value }
    self = .object(object)
  }
}

extension JSONValue {
  /// The members; nil for anything but an object.
  var members: JSONObject? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The text; nil for anything but a string.
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}
