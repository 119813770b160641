import GeneratedResidential
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Buildings. A person sees those that it has a unit in or may open something of.
struct Properties: Sendable {
  let database: TenantDatabase

  func get(
    _ request: Artel_Residential_V1_GetPropertyRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Property {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    guard let id = ResourceName.identifier(request.name, "properties") else {
      throw Refusal.notFound
    }
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    guard let property = try await Self.find(id, viewer, in: reading) else {
      throw Refusal.notFound
    }
    return property
  }

  func list(
    _ request: Artel_Residential_V1_ListPropertiesRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_ListPropertiesResponse {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListProperties \(viewer.subject ?? "")")
    let rows = try await database.query(
      Statement(
        """
        SELECT p.property_id, p.display_name, p.address, p.create_time
        FROM artel.property p
        WHERE ($1::text IS NULL OR p.property_id > $1) AND ($2::text IS NULL
          OR EXISTS (
            SELECT FROM artel.member m JOIN artel.unit u USING (tenant_id, unit_id)
            WHERE m.tenant_id = p.tenant_id AND m.subject = $2 AND u.property_id = p.property_id
              AND (m.expire_time IS NULL OR m.expire_time > now()))
          OR EXISTS (
            SELECT FROM artel.member m JOIN artel.unit_access_point a USING (tenant_id, unit_id)
            WHERE m.tenant_id = p.tenant_id AND m.subject = $2 AND a.property_id = p.property_id
              AND (m.expire_time IS NULL OR m.expire_time > now())))
        ORDER BY p.property_id LIMIT $3
        """,
        .text(page.after.first), .text(viewer.subject), .int(page.limit + 1)),
      as: caller, deadline: context.deadline)
    let found = Page(rows, limit: page.limit)
    return try .with {
      $0.properties = try found.elements.map(Self.property)
      if found.hasMore, let last = found.elements.last {
        $0.nextPageToken = page.nextToken([try last.text(0)])
      }
    }
  }

  func create(
    _ request: Artel_Residential_V1_CreatePropertyRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Property {
    let wanted = try Artel_Residential_V1_Property.with {
      $0.name = ResourceName.property(request.propertyID)
      $0.displayName = try FieldText.storable(request.property.displayName, "property.display_name")
      $0.address = try FieldText.storable(request.property.address, "property.address")
    }
    return try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      let inserted = try await change.query(
        Statement(
          """
          INSERT INTO artel.property (tenant_id, property_id, display_name, address)
          VALUES ($1, $2, $3, $4)
          ON CONFLICT (tenant_id, property_id) DO NOTHING
          RETURNING property_id, display_name, address, create_time
          """,
          .uuid(change.tenantID), .text(request.propertyID), .text(wanted.displayName),
          .text(wanted.address)))
      if let row = inserted.first {
        try await change.record(resource: wanted.name, change: "created")
        return try Self.property(row)
      }
      guard let existing = try await Self.find(request.propertyID, .everything, in: change),
        existing.isRepeated(wanted)
      else { throw Refusal.exists(wanted.name) }
      return existing
    }
  }

  /// The property, where the viewer may see it.
  static func find(
    _ id: String, _ viewer: Viewer, in source: some RowSource
  ) async throws -> Artel_Residential_V1_Property? {
    try await source.query(
      Statement(
        """
        SELECT p.property_id, p.display_name, p.address, p.create_time
        FROM artel.property p
        WHERE p.property_id = $1 AND ($2::text IS NULL
          OR EXISTS (
            SELECT FROM artel.member m JOIN artel.unit u USING (tenant_id, unit_id)
            WHERE m.tenant_id = p.tenant_id AND m.subject = $2 AND u.property_id = p.property_id
              AND (m.expire_time IS NULL OR m.expire_time > now()))
          OR EXISTS (
            SELECT FROM artel.member m JOIN artel.unit_access_point a USING (tenant_id, unit_id)
            WHERE m.tenant_id = p.tenant_id AND m.subject = $2 AND a.property_id = p.property_id
              AND (m.expire_time IS NULL OR m.expire_time > now())))
        """,
        .text(id), .text(viewer.subject))
    ).first.map(property)
  }

  private static func property(_ row: PostgresRow) throws -> Artel_Residential_V1_Property {
    try .with {
      $0.name = ResourceName.property(try row.text(0))
      $0.displayName = try row.text(1)
      $0.address = try row.text(2)
      $0.createTime = Google_Protobuf_Timestamp(try row.timestamp(3))
    }
  }
}

extension Artel_Residential_V1_Property {
  /// Whether a repeated creation asks for what is there.
  fileprivate func isRepeated(_ wanted: Self) -> Bool {
    var same = self
    same.clearCreateTime()
    return same == wanted
  }
}
