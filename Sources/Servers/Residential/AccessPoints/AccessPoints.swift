import GeneratedResidential
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Doors, gates and barriers. A person sees those that its units may open.
struct AccessPoints: Sendable {
  let database: TenantDatabase

  func get(
    _ request: Artel_Residential_V1_GetAccessPointRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_AccessPoint {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    guard let name = AccessPointName(request.name) else { throw Refusal.notFound }
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    guard let point = try await Self.find(name, viewer, in: reading) else {
      throw Refusal.notFound
    }
    return point
  }

  func list(
    _ request: Artel_Residential_V1_ListAccessPointsRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_ListAccessPointsResponse {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    guard let property = ResourceName.identifier(request.parent, "properties") else {
      throw Refusal.notFound
    }
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListAccessPoints \(request.parent) \(viewer.subject ?? "")")
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    guard try await Properties.find(property, viewer, in: reading) != nil else {
      throw Refusal.notFound
    }
    let rows = try await reading.query(
      Statement(
        """
        SELECT a.property_id, a.access_point_id, a.display_name, a.kind, a.partner_id,
          a.device_ref, a.create_time
        FROM artel.access_point a
        WHERE a.property_id = $1 AND ($2::text IS NULL OR a.access_point_id > $2)
          AND ($3::text IS NULL OR EXISTS (
            SELECT FROM artel.unit_access_point u JOIN artel.member m USING (tenant_id, unit_id)
            WHERE u.tenant_id = a.tenant_id AND u.property_id = a.property_id
              AND u.access_point_id = a.access_point_id AND m.subject = $3
              AND (m.expire_time IS NULL OR m.expire_time > now())))
        ORDER BY a.access_point_id LIMIT $4
        """,
        .text(property), .text(page.after.first), .text(viewer.subject), .int(page.limit + 1)))
    let found = Page(rows, limit: page.limit)
    return try .with {
      $0.accessPoints = try found.elements.map(Self.accessPoint)
      if found.hasMore, let last = found.elements.last {
        $0.nextPageToken = page.nextToken([try last.text(1)])
      }
    }
  }

  func create(
    _ request: Artel_Residential_V1_CreateAccessPointRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_AccessPoint {
    guard let property = ResourceName.identifier(request.parent, "properties") else {
      throw Refusal.notFound
    }
    guard let kind = AccessPointKind(request.accessPoint.kind) else {
      throw Refusal.invalid("access_point.kind", "is not a kind of access point")
    }
    // As a path segment these two would mean another path.
    guard request.accessPoint.deviceRef != ".", request.accessPoint.deviceRef != ".." else {
      throw Refusal.invalid("access_point.device_ref", "must not be a dot segment")
    }
    let name = AccessPointName(property: property, point: request.accessPointID)
    let wanted = try Artel_Residential_V1_AccessPoint.with {
      $0.name = name.text
      $0.displayName = try FieldText.storable(
        request.accessPoint.displayName, "access_point.display_name")
      $0.kind = request.accessPoint.kind
      $0.partner = request.accessPoint.partner
      $0.deviceRef = request.accessPoint.deviceRef
    }
    return try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      guard try await Properties.find(property, .everything, in: change) != nil else {
        throw Refusal.notFound
      }
      guard let partner = ResourceName.identifier(wanted.partner, "partners"),
        try await Partners.find(partner, in: change) != nil
      else { throw Refusal.referenceNotFound("access_point.partner") }
      let inserted = try await change.execute(
        Statement(
          """
          INSERT INTO artel.access_point (tenant_id, property_id, access_point_id, display_name,
            kind, partner_id, device_ref)
          VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT (tenant_id, property_id, access_point_id) DO NOTHING
          """,
          .uuid(change.tenantID), .text(property), .text(name.point), .text(wanted.displayName),
          .text(kind.rawValue), .text(partner), .text(wanted.deviceRef)))
      if inserted > 0 { try await change.record(resource: wanted.name, change: "created") }
      guard let existing = try await Self.find(name, .everything, in: change),
        existing.isRepeated(wanted)
      else { throw Refusal.exists(wanted.name) }
      return existing
    }
  }

  /// The access point, where the viewer may see it.
  static func find(
    _ name: AccessPointName, _ viewer: Viewer, in source: some RowSource
  ) async throws -> Artel_Residential_V1_AccessPoint? {
    try await source.query(
      Statement(
        """
        SELECT a.property_id, a.access_point_id, a.display_name, a.kind, a.partner_id,
          a.device_ref, a.create_time
        FROM artel.access_point a
        WHERE a.property_id = $1 AND a.access_point_id = $2
          AND ($3::text IS NULL OR EXISTS (
            SELECT FROM artel.unit_access_point u JOIN artel.member m USING (tenant_id, unit_id)
            WHERE u.tenant_id = a.tenant_id AND u.property_id = a.property_id
              AND u.access_point_id = a.access_point_id AND m.subject = $3
              AND (m.expire_time IS NULL OR m.expire_time > now())))
        """,
        .text(name.property), .text(name.point), .text(viewer.subject))
    ).first.map(accessPoint)
  }

  private static func accessPoint(_ row: PostgresRow) throws -> Artel_Residential_V1_AccessPoint {
    try .with {
      $0.name = ResourceName.accessPoint(try row.text(0), try row.text(1))
      $0.displayName = try row.text(2)
      $0.kind = AccessPointKind(rawValue: try row.text(3))?.message ?? .unspecified
      $0.partner = ResourceName.partner(try row.text(4))
      $0.deviceRef = try row.text(5)
      $0.createTime = Google_Protobuf_Timestamp(try row.timestamp(6))
    }
  }
}

extension Artel_Residential_V1_AccessPoint {
  /// Whether a repeated creation asks for what is there.
  fileprivate func isRepeated(_ wanted: Self) -> Bool {
    var same = self
    same.clearCreateTime()
    return same == wanted
  }
}
