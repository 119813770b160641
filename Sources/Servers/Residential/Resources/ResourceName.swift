/// Names of resources (AIP-122), between their text and their identifiers.
///
/// The pipeline has checked the patterns; an identifier that cannot exist is read as one that does
/// not exist, so that both get the same answer.
enum ResourceName {
  /// The identifiers of a name, or nil unless it has exactly these collections.
  static func identifiers(_ name: String, _ collections: String...) -> [String]? {
    let segments = name.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.count == collections.count * 2 else { return nil }
    var identifiers: [String] = []
    for (index, collection) in collections.enumerated() {
      guard segments[2 * index] == collection else { return nil }
      let identifier = segments[2 * index + 1]
      guard !identifier.isEmpty, identifier.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
        return nil
      }
      identifiers.append(String(identifier))
    }
    return identifiers
  }

  /// The identifier of a name with one collection.
  static func identifier(_ name: String, _ collection: String) -> String? {
    identifiers(name, collection)?[0]
  }

  /// Whether a text is a UUID as RFC 9562 section 4 writes it.
  static func isUUID(_ text: String) -> Bool {
    let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy { Character(UnicodeScalar($0)).isHexDigit } }
  }

  static func property(_ id: String) -> String { "properties/\(id)" }
  static func unit(_ id: String) -> String { "units/\(id)" }
  static func member(_ unit: String, _ id: String) -> String { "units/\(unit)/members/\(id)" }
  static func partner(_ id: String) -> String { "partners/\(id)" }
  static func command(_ id: String) -> String { "commands/\(id)" }
  static func accessEvent(_ id: String) -> String { "accessEvents/\(id)" }
  static func accessPoint(_ property: String, _ id: String) -> String {
    "properties/\(property)/accessPoints/\(id)"
  }
}
