public import GeneratedOptions
import GeneratedPeople
import LibCrypto
public import Pipeline
import Postgres
import RPC
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
  let vault: TenantVault
  let baseDomain: BaseDomain
  let mint: TokenMint
  let derivations: DerivationQueue
  let revocations: RevocationFeed
  let operatorName: String

  /// Creates a tenant with a key that signs its tokens and an authority for its clients'
  /// certificates.
  ///
  /// - Parameters:
  ///   - name: its DNS label, which is part of its issuer.
  ///   - displayName: what it calls itself, 1 to 200 characters.
  ///   - kind: what it is.
  ///   - cell: the database cell that is to hold its rows.
  ///   - reason: why, for its audit.
  ///   - event: what watchers of the tenant are told; nil for nothing.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func createTenant(
    name: String, displayName: String, kind: Artel_Options_V1_TenantKind,
    cell: String = Tenant.defaultCell, reason: String = "", event: String? = nil
  ) async throws -> Tenant {
    try await createTenant(
      name: name, displayName: displayName, kind: kind, cell: cell, policy: nil,
      administrator: nil, reason: reason, event: event
    ).row.tenant
  }

  /// Creates a tenant whose policy is another than the usual one, and whose first administrator is
  /// invited, all in one transaction: there is no tenant that nobody can administer, and no
  /// invitation that nobody was shown.
  ///
  /// - Parameter administrator: what the first administrator signs in with; nil for none.
  func createTenant(
    name: String, displayName: String, kind: Artel_Options_V1_TenantKind, cell: String,
    policy: TenantUpdate?, administrator: String?, reason: String, event: String?
  ) async throws -> (row: TenantRow, invitation: Artel_People_V1_Invitation?) {
    guard BaseDomain.isTenantName(name) else {
      throw AdministrationError(.invalid, "a tenant's name is a DNS label in lower case")
    }
    guard DisplayName.isValid(displayName) else {
      throw AdministrationError(.invalid, "a display name has 1 to 200 characters")
    }
    guard BaseDomain.isTenantName(cell) else {
      throw AdministrationError(.invalid, "a cell's name is a DNS label in lower case")
    }
    guard let storedKind = kind.stored else {
      throw AdministrationError(.invalid, "the kind of the tenant is missing")
    }
    let login = try administrator.map { (text) throws(AdministrationError) in
      try checkedLogin(text)
    }
    let id = UUIDv7.make()
    let key = try await NewSigningKey(tenantID: id, vault: vault)
    let authority = try await NewAuthority(
      tenantID: id, tenantName: name, validity: Self.authorityLife, vault: vault)
    return try await change(in: id, "CreateTenant") { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.tenant
            (tenant_id, name, display_name, kind, cell, refresh_absolute_seconds)
          VALUES ($1, $2, $3, $4, $5, $6)
          """,
          .uuid(id), .text(name), .text(displayName), .text(storedKind), .text(cell),
          .int4(kind == .bank ? 3600 : 30 * 86_400)))
      try await change.execute(key.insertion)
      try await change.execute(authority.insertion)
      try await change.record(
        resource: "tenants/\(name)",
        change: "created as \(storedKind) with signing key \(key.kid) and authority \(authority.id)"
          + (reason.isEmpty ? "" : ": \(reason)"),
        event: event)
      var row = try await TenantChanges.row(change, baseDomain)
      if let policy { row = try await TenantChanges.apply(policy, to: row, change, baseDomain) }
      guard let login else { return (row, nil) }
      // Who administers has something to do it with.
      _ = try await ConsoleClient.admit(to: name, change, baseDomain)
      let invitation = try await People.create(
        PersonUpdate(login: login, administrator: true), tenantName: name, change, baseDomain)
      return (row, invitation)
    }
  }

  /// Stops serving a tenant: tokens, certificates and jobs of it are refused within a second.
  public func suspend(_ tenant: Tenant, reason: String) async throws {
    try await change(in: tenant.id, "SuspendTenant") { change in
      _ = try await TenantChanges.setState(
        "SUSPENDED", reason: reason, event: "tenancy.tenant.suspended", change, baseDomain)
    }
  }

  /// Serves a suspended tenant again.
  public func resume(_ tenant: Tenant, reason: String) async throws {
    try await change(in: tenant.id, "ResumeTenant") { change in
      _ = try await TenantChanges.setState(
        "ACTIVE", reason: reason, event: "tenancy.tenant.resumed", change, baseDomain)
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
    } catch let error as RPCError where error.code == .notFound {
      throw AdministrationError(.notFound, "there is no such tenant")
    } catch let error as RPCError
      where error.code == .failedPrecondition || error.code == .resourceExhausted
    {
      throw AdministrationError(.refused, error.message)
    }
  }
}
