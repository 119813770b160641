import GeneratedResidential
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Who may open for a unit.
struct Members: Sendable {
  let database: TenantDatabase

  /// Lists a unit's members. Who they are is told to owners, services and administrators; others
  /// see roles, and themselves.
  func list(
    _ request: Artel_Residential_V1_ListMembersRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_ListMembersResponse {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    guard let unit = ResourceName.identifier(request.parent, "units") else {
      throw Refusal.notFound
    }
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListMembers \(request.parent) \(viewer.subject ?? "")")
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    guard let isOwner = try await UnitView.ownership(unit, viewer, in: reading) else {
      throw Refusal.notFound
    }
    let rows = try await reading.query(
      Statement(
        """
        SELECT unit_id, member_id, subject, role, expire_time, create_time FROM artel.member
        WHERE unit_id = $1 AND ($2::text IS NULL OR member_id > $2)
        ORDER BY member_id LIMIT $3
        """,
        .text(unit), .text(page.after.first), .int(page.limit + 1)))
    let found = Page(rows, limit: page.limit)
    return try .with {
      $0.members = try found.elements.map { row in
        var member = try Self.member(row)
        member.subject = viewer.shown(member.subject, isOwner: isOwner)
        return member
      }
      if found.hasMore, let last = found.elements.last {
        $0.nextPageToken = page.nextToken([try last.text(1)])
      }
    }
  }

  func create(
    _ request: Artel_Residential_V1_CreateMemberRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Member {
    guard let unit = ResourceName.identifier(request.parent, "units") else {
      throw Refusal.notFound
    }
    guard let role = MemberRole(request.member.role) else {
      throw Refusal.invalid("member.role", "must be OWNER, INNER or OUTER")
    }
    let expiry =
      request.member.hasExpireTime
      ? try Timestamp(request.member.expireTime, field: "member.expire_time") : nil
    let wanted = Artel_Residential_V1_Member.with {
      $0.name = ResourceName.member(unit, request.memberID)
      $0.subject = request.member.subject
      $0.role = request.member.role
      if let expiry { $0.expireTime = Google_Protobuf_Timestamp(expiry) }
    }
    return try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      guard try await Units.find(unit, .everything, in: change) != nil else {
        throw Refusal.notFound
      }
      let inserted = try await change.query(
        Statement(
          """
          INSERT INTO artel.member (tenant_id, unit_id, member_id, subject, role, expire_time)
          VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (tenant_id, unit_id, member_id) DO NOTHING
          RETURNING unit_id, member_id, subject, role, expire_time, create_time
          """,
          .uuid(change.tenantID), .text(unit), .text(request.memberID), .text(wanted.subject),
          .text(role.rawValue), .timestamp(expiry)))
      if let row = inserted.first {
        try await change.record(resource: wanted.name, change: "created \(role.rawValue)")
        return try Self.member(row)
      }
      let existing = try await change.query(
        Statement(
          """
          SELECT unit_id, member_id, subject, role, expire_time, create_time FROM artel.member
          WHERE unit_id = $1 AND member_id = $2
          """,
          .text(unit), .text(request.memberID))
      ).first.map(Self.member)
      guard let existing, existing.isRepeated(wanted) else { throw Refusal.exists(wanted.name) }
      return existing
    }
  }

  private static func member(_ row: PostgresRow) throws -> Artel_Residential_V1_Member {
    try .with {
      $0.name = ResourceName.member(try row.text(0), try row.text(1))
      $0.subject = try row.text(2)
      $0.role = MemberRole(rawValue: try row.text(3))?.message ?? .unspecified
      if let expiry = try row.optionalTimestamp(4) {
        $0.expireTime = Google_Protobuf_Timestamp(expiry)
      }
      $0.createTime = Google_Protobuf_Timestamp(try row.timestamp(5))
    }
  }
}

extension Artel_Residential_V1_Member {
  /// Whether a repeated creation asks for what is there.
  fileprivate func isRepeated(_ wanted: Self) -> Bool {
    var same = self
    same.clearCreateTime()
    return same == wanted
  }
}
