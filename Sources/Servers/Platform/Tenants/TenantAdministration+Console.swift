public import Pipeline
import Storage

extension TenantAdministration {
  /// Lets a tenant's administrators use the console, also where the tenant is older than it, or the
  /// console has learned more since. What an administrator had taken from its scopes comes back.
  ///
  /// - Parameter addresses: where its page is, beside the tenant's own host.
  /// - Returns: the client's identifier.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func admitConsole(to tenant: Tenant, at addresses: [String] = []) async throws -> String {
    let id = try await change(in: tenant.id, "AdmitConsole") { change in
      let row = try await TenantChanges.locked(change, baseDomain)
      guard row.state != "ERASED" else { throw Refusal.erased }
      return try await ConsoleClient.admit(to: tenant.name, at: addresses, change, baseDomain)
    }
    guard let id else {
      throw AdministrationError(.refused, "the tenant's name has over 56 characters")
    }
    return id
  }

  /// Where a tenant's console is.
  public func consoleAddress(of tenant: Tenant) -> String {
    baseDomain.issuer(of: tenant.name) + ConsoleClient.path
  }
}
