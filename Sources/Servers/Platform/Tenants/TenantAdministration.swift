public import GeneratedOptions
import LibCrypto
public import Pipeline
import Postgres
import Storage

/// What an operator does at the command line: makes tenants, their clients and their keys. Runs as
/// the application's role in the scope of the tenant that it is about; each act leaves an audit
/// entry in the same transaction.
public struct TenantAdministration: Sendable {
  /// How long one command may take.
  static let patience: Duration = .seconds(20)
  /// Ten years: replaced by a second authority long before.
  private static let authorityLife: Duration = .seconds(3650 * 86_400)

  let database: TenantDatabase
  let envelope: Envelope
  let baseDomain: BaseDomain
  let mint: TokenMint
  let derivations: DerivationQueue
  let operatorName: String

  /// Creates a tenant with a key that signs its tokens and an authority for its clients'
  /// certificates.
  ///
  /// - Parameters:
  ///   - name: its DNS label, which is part of its issuer.
  ///   - displayName: what it calls itself, 1 to 200 characters.
  ///   - kind: what it is.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func createTenant(
    name: String, displayName: String, kind: Artel_Options_V1_TenantKind
  ) async throws -> Tenant {
    guard BaseDomain.isTenantName(name) else {
      throw AdministrationError(.invalid, "a tenant's name is a DNS label in lower case")
    }
    guard (1...200).contains(displayName.unicodeScalars.count),
      displayName.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
    else { throw AdministrationError(.invalid, "a display name has 1 to 200 characters") }
    guard let storedKind = kind.stored else {
      throw AdministrationError(.invalid, "the kind of the tenant is missing")
    }
    let id = UUIDv7.make()
    let key = try NewSigningKey(tenantID: id, envelope: envelope)
    let authority = try NewAuthority(
      tenantID: id, tenantName: name, validity: Self.authorityLife, envelope: envelope)
    let created = try await change(in: id, "CreateTenant") { change in
      let rows = try await change.query(
        Statement(
          """
          INSERT INTO artel.tenant (tenant_id, name, display_name, kind) VALUES ($1, $2, $3, $4)
          RETURNING create_time
          """, .uuid(id), .text(name), .text(displayName), .text(storedKind)))
      try await change.execute(key.insertion)
      try await change.execute(authority.insertion)
      try await change.record(
        resource: "tenants/\(name)",
        change: "created as \(storedKind) with signing key \(key.kid) and authority \(authority.id)"
      )
      return try rows.first?.timestamp(0)
    }
    return Tenant(
      id: id, name: name, displayName: displayName, kind: kind, suspended: false,
      issuer: baseDomain.issuer(of: name), createTime: created?.microseconds ?? 0)
  }

  /// Stops serving a tenant: tokens, certificates and jobs of it are refused within a second.
  public func suspend(_ tenant: Tenant) async throws {
    try await setState("SUSPENDED", of: tenant, "SuspendTenant")
  }

  /// Serves a suspended tenant again.
  public func resume(_ tenant: Tenant) async throws {
    try await setState("ACTIVE", of: tenant, "ResumeTenant")
  }

  private func setState(_ state: String, of tenant: Tenant, _ act: String) async throws {
    try await change(in: tenant.id, act) { change in
      let count = try await change.execute(
        Statement(
          "UPDATE artel.tenant SET state = $2 WHERE tenant_id = $1", .uuid(tenant.id),
          .text(state)))
      guard count == 1 else { throw AdministrationError(.notFound, "there is no such tenant") }
      try await change.record(resource: "tenants/\(tenant.name)", change: "state is \(state)")
    }
  }

  /// One act: a transaction in the tenant's scope, in the operator's name.
  @discardableResult
  func change<R: Sendable>(
    in tenantID: String, _ act: String, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    do {
      return try await database.change(
        as: Actor(tenantID: tenantID, operator: operatorName),
        action: "artel.administration/\(act)", deadline: .now + Self.patience, body)
    } catch let error as PostgresError where error.code == .uniqueViolation {
      throw AdministrationError(.exists, "it exists already, in this or another tenant")
    }
  }
}
