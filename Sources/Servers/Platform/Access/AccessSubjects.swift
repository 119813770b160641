import Pipeline
import Postgres
import Storage

/// Finds the people and clients that access is explained of.
struct AccessSubjects: Sendable {
  let directory: PlatformDirectory
  let database: TenantDatabase

  /// The principal of a name, as it would be with a credential that it gets now.
  ///
  /// - Returns: Nil for somebody who may not sign in.
  /// - Throws: NOT_FOUND for a name that the tenant has not, whoever else may have it.
  func subject(
    _ name: String, of tenant: Tenant, as actor: Storage.Actor,
    _ deadline: ContinuousClock.Instant?
  ) async throws -> AccessExplainer.Subject? {
    if name.hasPrefix("clients/") {
      return try await client(String(name.dropFirst("clients/".count)), tenant)
    }
    guard name.hasPrefix("members/") else { throw Refusal.notFound }
    return try await member(try PersonRow.identifier(name), tenant, actor, deadline)
  }

  private func client(_ id: String, _ tenant: Tenant) async throws -> AccessExplainer.Subject {
    guard let client = try await directory.client(id), client.tenantID == tenant.id else {
      throw Refusal.notFound
    }
    guard client.kind == .partner || client.kind == .service else {
      throw Refusal.invalid("principal", "is an app: name the person who uses it")
    }
    return .principal(
      Principal(
        kind: client.kind, subject: "clients/\(id)", clientID: id, scopes: client.scopes), tenant,
      hasEveryScope: false)
  }

  private func member(
    _ id: String, _ tenant: Tenant, _ actor: Storage.Actor, _ deadline: ContinuousClock.Instant?
  ) async throws -> AccessExplainer.Subject? {
    let rows = try await database.query(Self.statement(id), as: actor, deadline: deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    guard try !row.bool(1) else { return nil }
    let isAdministrator = try row.bool(0)
    return .principal(
      Principal(
        kind: isAdministrator ? .administrator : .user, subject: PersonRow.subject(id),
        scopes: Set(try row.textArray(4)).union(["openid"]), roles: Set(try row.textArray(3)),
        authTime: try row.optionalTimestamp(2)?.seconds), tenant,
      hasEveryScope: isAdministrator)
  }

  private static func statement(_ id: String) -> Statement {
    Statement(
      """
      SELECT administrator, disabled, sign_in_time,
        ARRAY(SELECT r.role_id FROM artel.person_role AS r
          WHERE r.tenant_id = p.tenant_id AND r.person_id = p.person_id ORDER BY 1),
        ARRAY(SELECT DISTINCT unnest(r.scopes) FROM artel.person_role AS h
          JOIN artel.role AS r USING (tenant_id, role_id)
          WHERE h.tenant_id = p.tenant_id AND h.person_id = p.person_id ORDER BY 1)
      FROM artel.person AS p WHERE person_id = $1
      """, .uuid(id))
  }
}
