public import Pipeline
import Storage

extension TenantAdministration {
  /// What somebody is to sign in with, in the form in which it is stored.
  ///
  /// - Throws: `AdministrationError` for what is no e-mail address and no telephone number.
  public func checkedLogin(_ text: String) throws(AdministrationError) -> String {
    guard let login = Login.normalized(text) else {
      throw AdministrationError(
        .invalid, "a login is an e-mail address or a telephone number such as +79161234567")
    }
    return login
  }

  /// Makes an administrator of a tenant known.
  ///
  /// - Returns: the address of an invitation, shown once: whoever opens it becomes the administrator.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func inviteAdministrator(_ login: String, to tenant: Tenant) async throws -> String {
    let login = try checkedLogin(login)
    return try await change(in: tenant.id, "InviteAdministrator") { change in
      try await People.create(
        PersonUpdate(login: login, administrator: true), tenantName: tenant.name, change,
        baseDomain
      ).uri
    }
  }
}
