import GeneratedPeople
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// The roles of the caller's tenant.
struct RoleService: Artel_People_V1_RoleService.SimpleServiceProtocol {
  private static let most: Int32 = 200

  let database: TenantDatabase
  let baseDomain: BaseDomain

  func createRole(
    request: Artel_People_V1_CreateRoleRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Role {
    let wanted = try RoleUpdate(request.role, mask: nil)
    return try await change(context) { change in
      _ = try await TenantChanges.locked(change, baseDomain)
      let present = try await change.query(Statement("SELECT count(*) FROM artel.role"))
      let count = try await change.execute(
        Statement(
          """
          INSERT INTO artel.role (tenant_id, role_id, display_name, scopes)
          VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, role_id) DO NOTHING
          """,
          .uuid(change.tenantID), .text(request.roleID), .text(wanted.displayName ?? ""),
          .textArray(wanted.scopes ?? [])))
      let role = try await Self.row(request.roleID, change)
      guard count == 1 else {
        // Asking for what is there is asking twice.
        guard role.displayName == wanted.displayName ?? "", role.scopes == wanted.scopes ?? []
        else { throw Refusal.exists(role.name) }
        return role
      }
      guard try present.first?.int(0) ?? 0 < Int(Self.most) else {
        throw Refusal.limit("roles", Self.most)
      }
      try await change.record(
        resource: role.name, change: "created with scopes \(role.scopes.joined(separator: " "))",
        event: "people.role.created")
      return role
    }
  }

  func listRoles(
    request: Artel_People_V1_ListRolesRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ListRolesResponse {
    let rows = try await database.query(
      Statement(
        "SELECT role_id, display_name, scopes, create_time FROM artel.role ORDER BY role_id"),
      as: try context.caller, deadline: context.deadline)
    return try .with { $0.roles = try rows.map(Self.role) }
  }

  func updateRole(
    request: Artel_People_V1_UpdateRoleRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Role {
    let id = try Self.identifier(request.role.name)
    let update = try RoleUpdate(
      request.role, mask: request.hasUpdateMask ? request.updateMask.paths : nil)
    return try await change(context) { change in
      _ = try await change.query(
        Statement(
          "SELECT role_id FROM artel.role WHERE role_id = $1 FOR NO KEY UPDATE", .text(id)))
      try ResourceTag.check(request.role.etag, try await Self.row(id, change).etag)
      try await change.execute(
        Statement(
          """
          UPDATE artel.role SET display_name = coalesce($2, display_name),
            scopes = coalesce($3, scopes) WHERE role_id = $1
          """, .text(id), .text(update.displayName), .textArray(update.scopes)))
      let role = try await Self.row(id, change)
      if update.displayName != nil || update.scopes != nil {
        try await change.record(
          resource: role.name, change: "scopes are \(role.scopes.joined(separator: " "))",
          event: "people.role.updated")
      }
      return role
    }
  }

  func deleteRole(
    request: Artel_People_V1_DeleteRoleRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let id = try Self.identifier(request.name)
    return try await change(context) { change in
      do {
        let count = try await change.execute(
          Statement("DELETE FROM artel.role WHERE role_id = $1", .text(id)))
        guard count == 1 else { throw Refusal.notFound }
      } catch let error as PostgresError where error.code == .foreignKeyViolation {
        throw RPCError(
          code: .failedPrecondition, reason: "ROLE_IN_USE", message: "members hold the role")
      }
      try await change.record(
        resource: "roles/\(id)", change: "deleted", event: "people.role.deleted")
      return Google_Protobuf_Empty()
    }
  }

  private static func identifier(_ name: String) throws -> String {
    let id = String(name.dropFirst("roles/".count))
    guard name.hasPrefix("roles/"), BaseDomain.isTenantName(id) else { throw Refusal.notFound }
    return id
  }

  private static func row(_ id: String, _ change: TenantChange) async throws
    -> Artel_People_V1_Role
  {
    let rows = try await change.query(
      Statement(
        "SELECT role_id, display_name, scopes, create_time FROM artel.role WHERE role_id = $1",
        .text(id)))
    guard let row = rows.first else { throw Refusal.notFound }
    return try role(row)
  }

  private static func role(_ row: PostgresRow) throws -> Artel_People_V1_Role {
    let created = try row.timestamp(3)
    return try .with {
      $0.name = "roles/\(try row.text(0))"
      $0.displayName = try row.text(1)
      $0.scopes = try row.textArray(2)
      $0.createTime = Google_Protobuf_Timestamp(created)
      $0.etag = ResourceTag.of($0.displayName, lists: $0.scopes)
    }
  }

  private func change<R: Sendable>(
    _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline, body)
  }
}

/// What a role's creation or update asks for, checked. Nil leaves a field.
private struct RoleUpdate: Sendable {
  var displayName: String?
  var scopes: [String]?

  init(_ role: Artel_People_V1_Role, mask: [String]?) throws(RPCError) {
    for path in mask ?? []
    where !["display_name", "scopes", "name", "etag"].contains(path) {
      throw Refusal.invalid("update_mask", "has a path that cannot be changed: \(path)")
    }
    if mask?.contains("display_name") ?? !role.displayName.isEmpty {
      displayName =
        role.displayName.isEmpty
        ? "" : try DisplayName.checked(role.displayName, "role.display_name")
    }
    if mask?.contains("scopes") ?? !role.scopes.isEmpty {
      for (index, scope) in role.scopes.enumerated() where !ScopeList.isScope(scope) {
        throw Refusal.invalid("role.scopes[\(index)]", "is not a scope (RFC 6749 section 3.3)")
      }
      scopes = Set(role.scopes).sorted()
    }
  }
}
