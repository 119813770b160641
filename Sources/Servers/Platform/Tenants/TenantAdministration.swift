public import GeneratedOptions
public import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// What an operator does at the command line: makes tenants, their clients and their keys. Runs as
/// the application's role in the scope of the tenant that it is about; each act leaves an audit
/// entry in the same transaction.
public struct TenantAdministration: Sendable {
  /// How long one command may take.
  static let patience: Duration = .seconds(20)

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
      TenantDraft(
        name: name, displayName: displayName, kind: kind, cell: cell, reason: reason, event: event)
    ).row.tenant
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
    try await Self.explaining {
      try await database.change(
        as: Actor(tenantID: tenantID, operator: operatorName), action: Self.action(act),
        deadline: .now + Self.patience, body)
    }
  }

  /// The same, for a call that the operator may repeat: its answer is kept in the operator's tenant.
  func answer<R: SwiftProtobuf.Message & Sendable>(
    in tenantID: String, _ act: String, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await Self.explaining {
      try await database.answer(
        as: Actor(tenantID: tenantID, operator: operatorName), action: Self.action(act),
        deadline: .now + Self.patience, isOperators: true, body)
    }
  }

  private static func action(_ act: String) -> String { "artel.administration/\(act)" }

  /// Says in an operator's words why an act failed.
  private static func explaining<R>(_ act: () async throws -> R) async throws -> R {
    do {
      return try await act()
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
