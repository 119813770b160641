/// The members of a JSON object, in the order in which they were first set.
struct JSONObject: Equatable, Sendable {
  private(set) var members: [(name: String, value: JSONValue)] = []

  init() {}

  var isEmpty: Bool { members.isEmpty }

  /// A member. Setting nil takes it out. Objects of documents are small, but for those that are
  /// filled by `append`.
  subscript(name: String) -> JSONValue? {
    get { members.first { $0.name == name }?.value }
    set {
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// Adds a member whose name is known to be new.
  mutating func append(_ name: String, _ value: JSONValue) { members.append((name, value)) }

  static func == (one: JSONObject, other: JSONObject) -> Bool {
    one.members.count == other.members.count
      && zip(one.members, other.members).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    for (name, value) in elements { self[name] = value }
  }
}
