import Postgres
import RPC

/// Whose journal is read.
enum JournalParent: Sendable, Hashable {
  case unit(String)
  case property(String)

  /// Reads `units/{unit}` or `properties/{property}`.
  ///
  /// - Throws: INVALID_ARGUMENT for anything else; PERMISSION_DENIED for a person that asks for a
  ///   whole property's journal, be there such a property or not.
  init(_ name: String, _ viewer: Viewer) throws(RPCError) {
    if let unit = ResourceName.identifier(name, "units") {
      self = .unit(unit)
      return
    }
    guard name.hasPrefix("properties/") || name.hasPrefix("units/") else {
      throw Refusal.invalid("parent", "must be units/{unit} or properties/{property}")
    }
    guard let property = ResourceName.identifier(name, "properties") else {
      throw Refusal.notFound
    }
    guard viewer == .everything else {
      throw RPCError(
        code: .permissionDenied, reason: "PROPERTY_JOURNAL",
        message: "a property's journal is for services and administrators")
    }
    self = .property(property)
  }

  /// Whether the viewer sees of every entry who it was.
  ///
  /// - Throws: NOT_FOUND where it may not know of the parent.
  func ownership(_ viewer: Viewer, in source: some RowSource) async throws -> Bool {
    switch self {
    case .unit(let id):
      guard let isOwner = try await UnitView.ownership(id, viewer, in: source) else {
        throw Refusal.notFound
      }
      return isOwner
    case .property(let id):
      guard try await Properties.find(id, .everything, in: source) != nil else {
        throw Refusal.notFound
      }
      return true
    }
  }
}
