public import GeneratedOptions
public import Pipeline
import Postgres
import Storage

extension TenantAdministration {
  /// Creates a tenant and invites its first administrator, or does neither.
  ///
  /// - Parameters:
  ///   - name: its DNS label, which is part of its issuer.
  ///   - displayName: what it calls itself, 1 to 200 characters.
  ///   - kind: what it is.
  ///   - cell: the database cell that is to hold its rows.
  ///   - administrator: what the administrator signs in with.
  /// - Returns: the tenant, and the address of the invitation, shown once.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func createTenant(
    name: String, displayName: String, kind: Artel_Options_V1_TenantKind, cell: String,
    administrator: String
  ) async throws -> (tenant: Tenant, invitation: String) {
    let (row, invitation) = try await createTenant(
      TenantDraft(
        name: name, displayName: displayName, kind: kind, cell: cell,
        administrator: administrator))
    guard let invitation else {
      throw AdministrationError(.invalid, "nobody was invited")
    }
    return (row.tenant, invitation.uri)
  }

  /// Invites an administrator of a tenant: makes a new one known, or gives one that is known another
  /// invitation, whose earlier ones end. So a lost invitation is no lost tenant.
  ///
  /// - Returns: the address of the invitation, shown once: whoever opens it becomes the administrator.
  /// - Throws: `AdministrationError` also where the login is that of a member who is no
  ///   administrator or is disabled; `PostgresError` where the database fails.
  public func inviteAdministrator(_ login: String, to tenant: Tenant) async throws -> String {
    let login = try checkedLogin(login)
    return try await change(in: tenant.id, "InviteAdministrator") { change in
      // One after the other: of two at once, the second finds whom the first has made known.
      let row = try await TenantChanges.locked(change, baseDomain)
      guard row.state != "ERASED" else { throw Refusal.erased }
      let known = try await change.query(
        Statement(
          "SELECT person_id FROM artel.person WHERE login_index = $1 FOR NO KEY UPDATE",
          try await change.login(of: login)))
      guard let id = try known.first?.uuid(0) else {
        return try await People.create(
          PersonUpdate(login: login, administrator: true), tenantName: row.tenant.name, change,
          baseDomain
        ).uri
      }
      let person = try await People.row(id, change)
      guard person.administrator else {
        throw AdministrationError(
          .refused, "the login is that of a member who is no administrator")
      }
      return try await People.invite(person, tenantName: row.tenant.name, change, baseDomain).uri
    }
  }

  /// What somebody is to sign in with, in the form in which it is stored.
  func checkedLogin(_ text: String) throws(AdministrationError) -> String {
    guard let login = Login.normalized(text) else {
      throw AdministrationError(
        .invalid, "a login is an e-mail address or a telephone number such as +79161234567")
    }
    return login
  }
}
