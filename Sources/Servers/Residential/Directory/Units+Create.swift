import GeneratedResidential
import Postgres
import RPC
import Storage

extension Units {
  func create(
    _ request: Artel_Residential_V1_CreateUnitRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Unit {
    let unitID = request.unitID
    let wanted = try Artel_Residential_V1_Unit.with {
      $0.name = ResourceName.unit(unitID)
      $0.property = request.unit.property
      $0.number = try FieldText.storable(request.unit.number, "unit.number")
      $0.accessPoints = request.unit.accessPoints
    }
    let points = try Self.points(wanted.accessPoints)
    return try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      guard let property = ResourceName.identifier(wanted.property, "properties"),
        try await Properties.find(property, .everything, in: change) != nil
      else { throw Refusal.referenceNotFound("unit.property") }
      let inserted = try await change.execute(
        Statement(
          """
          INSERT INTO artel.unit (tenant_id, unit_id, property_id, number)
          VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, unit_id) DO NOTHING
          """,
          .uuid(change.tenantID), .text(unitID), .text(property), .text(wanted.number)))
      if inserted > 0 {
        try await Self.link(unitID, to: points, in: change)
        try await change.record(resource: wanted.name, change: "created")
      }
      guard let existing = try await Self.find(unitID, .everything, in: change),
        existing.isRepeated(wanted)
      else { throw Refusal.exists(wanted.name) }
      return existing
    }
  }

  private static func points(_ names: [String]) throws(RPCError) -> [AccessPointName] {
    var points: [AccessPointName] = []
    for (index, name) in names.enumerated() {
      guard let point = AccessPointName(name) else {
        throw Refusal.referenceNotFound("unit.access_points[\(index)]")
      }
      points.append(point)
    }
    guard Set(points).count == points.count else {
      throw Refusal.invalid("unit.access_points", "must not repeat a name")
    }
    return points
  }

  /// Lets a new unit open access points.
  private static func link(
    _ unit: String, to points: [AccessPointName], in change: TenantChange
  ) async throws {
    guard !points.isEmpty else { return }
    let linked = try await change.execute(
      Statement(
        """
        INSERT INTO artel.unit_access_point
          (tenant_id, unit_id, property_id, access_point_id, position)
        SELECT $1, $2, a.property_id, a.access_point_id, wanted.position
        FROM unnest($3::text[], $4::text[]) WITH ORDINALITY
          AS wanted (property_id, access_point_id, position)
        JOIN artel.access_point a USING (property_id, access_point_id)
        """,
        .uuid(change.tenantID), .text(unit), .textArray(points.map(\.property)),
        .textArray(points.map(\.point))))
    guard linked == points.count else { throw Refusal.referenceNotFound("unit.access_points") }
  }
}

extension Artel_Residential_V1_Unit {
  /// Whether a repeated creation asks for what is there.
  fileprivate func isRepeated(_ wanted: Self) -> Bool {
    var same = self
    same.clearCreateTime()
    return same == wanted
  }
}
