import Postgres
import Storage

/// Tells whether a person sees a thing of a complex, which the tables' own policies decide.
struct ResidentialRows: ResourceRows {
  let database: TenantDatabase

  func shows(
    _ name: String, to actor: Storage.Actor, deadline: ContinuousClock.Instant?
  ) async throws -> Bool? {
    guard let statement = Self.statement(name) else { return nil }
    return try await !database.query(statement, as: actor, deadline: deadline).isEmpty
  }

  private static func statement(_ name: String) -> Statement? {
    if let id = ResourceName.identifier(name, "units") {
      return Statement("SELECT 1 FROM artel.unit WHERE unit_id = $1", .text(id))
    }
    if let id = ResourceName.identifier(name, "properties") {
      return Statement("SELECT 1 FROM artel.property WHERE property_id = $1", .text(id))
    }
    if let point = AccessPointName(name) {
      return Statement(
        "SELECT 1 FROM artel.access_point WHERE property_id = $1 AND access_point_id = $2",
        .text(point.property), .text(point.point))
    }
    if let id = ResourceName.identifier(name, "commands"), ResourceName.isUUID(id) {
      return Statement("SELECT 1 FROM artel.command WHERE command_id = $1", .uuid(id))
    }
    if let id = ResourceName.identifier(name, "partners") {
      return Statement("SELECT 1 FROM artel.partner WHERE partner_id = $1", .text(id))
    }
    return nil
  }
}
