import GeneratedPeople
import GeneratedTenancy
import LibCrypto
import Pipeline
import Postgres
import Storage

extension TenantAdministration {
  /// Ten years: replaced by a second authority long before.
  private static let authorityLife: Duration = .seconds(3650 * 86_400)

  /// Creates a tenant, and invites its first administrator where it is to have one, all in one
  /// transaction: there is no tenant that nobody can administer, and no invitation that nobody was
  /// shown.
  func createTenant(
    _ draft: TenantDraft
  ) async throws -> (row: TenantRow, invitation: Artel_People_V1_Invitation?) {
    let new = try await NewTenant(draft, self)
    return try await change(in: new.id, "CreateTenant") { try await new.insert($0, baseDomain) }
  }

  /// The same, for a call that the operator may repeat. What is kept for that has the invitation, and
  /// is sealed by the operating tenant's key.
  func answerTenant(_ draft: TenantDraft) async throws -> Artel_Tenancy_V1_Tenant {
    let new = try await NewTenant(draft, self)
    return try await answer(in: new.id, "CreateTenant") { change in
      let (row, invitation) = try await new.insert(change, baseDomain)
      var tenant = row.message
      if let invitation {
        tenant.firstAdministrator.invitationUri = invitation.uri
        tenant.firstAdministrator.invitationExpireTime = invitation.expireTime
      }
      return tenant
    }
  }

  /// A tenant with the key that signs its tokens and the authority for its clients' certificates,
  /// before anything of it is stored.
  private struct NewTenant: Sendable {
    let id: String
    private let draft: TenantDraft
    private let storedKind: String
    private let login: String?
    private let key: NewSigningKey
    private let authority: NewAuthority

    init(_ draft: TenantDraft, _ administration: TenantAdministration) async throws {
      guard BaseDomain.isTenantName(draft.name) else {
        throw AdministrationError(.invalid, "a tenant's name is a DNS label in lower case")
      }
      guard DisplayName.isValid(draft.displayName) else {
        throw AdministrationError(.invalid, "a display name has 1 to 200 characters")
      }
      guard BaseDomain.isTenantName(draft.cell) else {
        throw AdministrationError(.invalid, "a cell's name is a DNS label in lower case")
      }
      guard let storedKind = draft.kind.stored else {
        throw AdministrationError(.invalid, "the kind of the tenant is missing")
      }
      self.draft = draft
      self.storedKind = storedKind
      login = try draft.administrator.map { (text) throws(AdministrationError) in
        try administration.checkedLogin(text)
      }
      id = UUIDv7.make()
      key = try await NewSigningKey(tenantID: id, vault: administration.vault)
      authority = try await NewAuthority(
        tenantID: id, tenantName: draft.name, validity: TenantAdministration.authorityLife,
        vault: administration.vault)
    }

    func insert(
      _ change: TenantChange, _ baseDomain: BaseDomain
    ) async throws -> (row: TenantRow, invitation: Artel_People_V1_Invitation?) {
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.tenant
            (tenant_id, name, display_name, kind, cell, refresh_absolute_seconds)
          VALUES ($1, $2, $3, $4, $5, $6)
          """,
          .uuid(id), .text(draft.name), .text(draft.displayName), .text(storedKind),
          .text(draft.cell), .int4(draft.kind == .bank ? 3600 : 30 * 86_400)))
      try await change.execute(key.insertion)
      try await change.execute(authority.insertion)
      try await change.record(
        resource: "tenants/\(draft.name)",
        change: "created as \(storedKind) with signing key \(key.kid) and authority \(authority.id)"
          + (draft.reason.isEmpty ? "" : ": \(draft.reason)"),
        event: draft.event)
      var row = try await TenantChanges.row(change, baseDomain)
      if let policy = draft.policy {
        row = try await TenantChanges.apply(policy, to: row, change, baseDomain)
      }
      guard let login else { return (row, nil) }
      // Who administers has something to do it with.
      _ = try await ConsoleClient.admit(to: draft.name, change, baseDomain)
      let invitation = try await People.create(
        PersonUpdate(login: login, administrator: true), tenantName: draft.name, change, baseDomain)
      return (row, invitation)
    }
  }
}
