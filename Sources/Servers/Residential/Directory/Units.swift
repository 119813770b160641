import GeneratedResidential
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Flats, offices and parking spaces, with the access points that they may open.
struct Units: Sendable {
  let database: TenantDatabase

  func get(
    _ request: Artel_Residential_V1_GetUnitRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Unit {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    guard let id = ResourceName.identifier(request.name, "units") else { throw Refusal.notFound }
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    guard let unit = try await Self.find(id, viewer, in: reading) else { throw Refusal.notFound }
    return unit
  }

  func list(
    _ request: Artel_Residential_V1_ListUnitsRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_ListUnitsResponse {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListUnits \(viewer.subject ?? "")")
    let rows = try await database.query(
      Statement(
        """
        SELECT u.unit_id, u.property_id, u.number, u.create_time,
          ARRAY(SELECT 'properties/' || a.property_id || '/accessPoints/' || a.access_point_id
            FROM artel.unit_access_point a
            WHERE a.tenant_id = u.tenant_id AND a.unit_id = u.unit_id ORDER BY a.position)
        FROM artel.unit u
        WHERE ($1::text IS NULL OR u.unit_id > $1) AND ($2::text IS NULL
          OR EXISTS (
            SELECT FROM artel.member m
            WHERE m.tenant_id = u.tenant_id AND m.unit_id = u.unit_id AND m.subject = $2
              AND (m.expire_time IS NULL OR m.expire_time > now())))
        ORDER BY u.unit_id LIMIT $3
        """,
        .text(page.after.first), .text(viewer.subject), .int(page.limit + 1)),
      as: caller, deadline: context.deadline)
    let found = Page(rows, limit: page.limit)
    return try .with {
      $0.units = try found.elements.map(Self.unit)
      if found.hasMore, let last = found.elements.last {
        $0.nextPageToken = page.nextToken([try last.text(0)])
      }
    }
  }

  /// The unit, where the viewer may see it.
  static func find(
    _ id: String, _ viewer: Viewer, in source: some RowSource
  ) async throws -> Artel_Residential_V1_Unit? {
    try await source.query(
      Statement(
        """
        SELECT u.unit_id, u.property_id, u.number, u.create_time,
          ARRAY(SELECT 'properties/' || a.property_id || '/accessPoints/' || a.access_point_id
            FROM artel.unit_access_point a
            WHERE a.tenant_id = u.tenant_id AND a.unit_id = u.unit_id ORDER BY a.position)
        FROM artel.unit u
        WHERE u.unit_id = $1 AND ($2::text IS NULL
          OR EXISTS (
            SELECT FROM artel.member m
            WHERE m.tenant_id = u.tenant_id AND m.unit_id = u.unit_id AND m.subject = $2
              AND (m.expire_time IS NULL OR m.expire_time > now())))
        """,
        .text(id), .text(viewer.subject))
    ).first.map(unit)
  }

  static func unit(_ row: PostgresRow) throws -> Artel_Residential_V1_Unit {
    try .with {
      $0.name = ResourceName.unit(try row.text(0))
      $0.property = ResourceName.property(try row.text(1))
      $0.number = try row.text(2)
      $0.createTime = Google_Protobuf_Timestamp(try row.timestamp(3))
      $0.accessPoints = try row.textArray(4)
    }
  }
}
