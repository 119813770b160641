import FoundationEssentials

/// Something that happened in a tenant, as its transaction committed it.
public struct OutboxEvent: Sendable, Hashable {
  /// The tenant.
  public var tenantID: String
  /// The event's own identifier; a repeated delivery has the same.
  public var id: String
  /// What happened, such as `residential.command.changed`.
  public var type: String
  /// The resource that it happened to.
  public var resource: String
  /// What else is known. No personal data.
  public var payload: [String: String]

  /// Creates an event.
  public init(
    tenantID: String, id: String, type: String, resource: String, payload: [String: String]
  ) {
    self.tenantID = tenantID
    self.id = id
    self.type = type
    self.resource = resource
    self.payload = payload
  }

  /// A payload as the database keeps it: a JSON object of strings, its keys in order.
  public static func json(_ payload: [String: String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(payload), as: UTF8.self)
  }

  /// Reads a payload as the database keeps it.
  ///
  /// - Throws: `DecodingError` where it is not an object of strings.
  public static func payload(json: String) throws -> [String: String] {
    try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
  }
}
