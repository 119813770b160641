/// A JSON object that is written member by member.
public struct JSONObject: Sendable {
  private var members = ""

  /// An object without members.
  public init() {}

  /// Adds a member that is JSON already.
  public mutating func add(_ name: StaticString, json: String) {
    members += members.isEmpty ? "\"" : ",\""
    members += name.description
    members += "\":"
    members += json
  }

  /// Adds a text.
  public mutating func add(_ name: StaticString, _ text: String) {
    add(name, json: JSONText.quoted(text))
  }

  /// Adds a number.
  public mutating func add(_ name: StaticString, _ number: Int) { add(name, json: String(number)) }

  /// The object.
  public var text: String { "{" + members + "}" }
}
