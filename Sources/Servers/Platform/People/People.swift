import GeneratedPeople
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// The rows of a tenant's people.
struct People: Sendable {
  let database: TenantDatabase
  let revocations: RevocationFeed
  let baseDomain: BaseDomain

  func get(
    _ request: Artel_People_V1_GetMemberRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_Member {
    let rows = try await database.query(
      PersonStatements.person(try PersonRow.identifier(request.name)), as: try context.caller,
      deadline: context.deadline)
    return try await Self.message(rows, try context.caller.tenant.id, database.vault)
  }

  private static func message(
    _ rows: [PostgresRow], _ tenantID: String, _ vault: TenantVault
  ) async throws -> Artel_People_V1_Member {
    guard let row = try await PersonRow.read(rows, in: tenantID, vault).first else {
      throw Refusal.notFound
    }
    return row.message
  }

  func list(
    _ request: Artel_People_V1_ListMembersRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_ListMembersResponse {
    let caller = try context.caller
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller, method: "ListMembers")
    let found = try await database.query(
      PersonStatements.people(after: try page.identifier, limit: page.limit + 1), as: caller,
      deadline: context.deadline)
    let rows = try await PersonRow.read(found, in: caller.tenant.id, database.vault)
    return .with {
      $0.members = rows.prefix(page.limit).map(\.message)
      if rows.count > page.limit { $0.nextPageToken = page.nextToken([rows[page.limit - 1].id]) }
    }
  }

  func create(
    _ request: Artel_People_V1_CreateMemberRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_Invitation {
    let caller = try context.caller
    let wanted = try PersonUpdate(request.member, mask: nil)
    guard wanted.login != nil else { throw Refusal.invalid("member.login", "is required") }
    return try await answer(context) { change in
      try await Self.create(wanted, tenantName: caller.tenant.name, change, baseDomain)
    }
  }

  /// Makes a person known, with an invitation.
  static func create(
    _ wanted: PersonUpdate, tenantName: String, _ change: TenantChange, _ baseDomain: BaseDomain
  ) async throws -> Artel_People_V1_Invitation {
    let most = try await TenantChanges.locked(change, baseDomain).limits.members
    let present = try await change.query(Statement("SELECT count(*) FROM artel.person"))
    guard try present.first?.int(0) ?? 0 < Int(most) else { throw Refusal.limit("members", most) }
    let id = UUIDv7.make()
    let login = try await change.login(wanted.login ?? "", of: id)
    let count = try await change.execute(
      Statement(
        """
        INSERT INTO artel.person
          (tenant_id, person_id, sealed_login, login_index, sealed_display_name, administrator)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, login_index) DO NOTHING
        """,
        .uuid(change.tenantID), .uuid(id), login.sealed, login.index,
        try await PersonRow.Sealed.displayName.sealed(
          wanted.displayName ?? "", tenantID: change.tenantID, key: id, of: PersonRow.subject(id),
          change.vault), .bool(wanted.administrator ?? false)))
    // Whose it is stays unsaid, though an administrator could look it up.
    guard count == 1 else { throw Refusal.exists("member.login") }
    try await setRoles(wanted.roles ?? [], of: id, change)
    try await change.record(
      resource: PersonRow.name(id),
      change: wanted.administrator == true ? "created as administrator" : "created",
      event: "people.member.created")
    return try await Invitations.make(
      for: try await row(id, change), tenantName: tenantName, change, baseDomain)
  }

  func update(
    _ request: Artel_People_V1_UpdateMemberRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_Member {
    let id = try PersonRow.identifier(request.member.name)
    let update = try PersonUpdate(
      request.member, mask: request.hasUpdateMask ? request.updateMask.paths : nil)
    if update.administrator != nil { try refuseSelf(id, try context.caller) }
    let (person, revoked) = try await change(context) { change in
      if update.administrator == false { try await refuseEnded(try context.caller, change) }
      // Held: what is lost is judged by what there was.
      try await change.hold(person: id)
      let before = try await Self.row(id, change)
      try await change.refuseErased(person: id)
      try ResourceTag.check(request.member.etag, before.etag)
      let login = try await change.login(update.login, of: id)
      let displayName = try await PersonRow.Sealed.displayName.sealed(
        update.displayName, tenantID: change.tenantID, key: id, of: PersonRow.subject(id),
        change.vault)
      do {
        try await change.execute(
          Statement(
            """
            UPDATE artel.person SET
              sealed_display_name = coalesce($2, sealed_display_name),
              sealed_login = coalesce($3, sealed_login),
              login_index = coalesce($4, login_index),
              administrator = coalesce($5, administrator)
            WHERE person_id = $1
            """,
            .uuid(id), displayName, login.sealed, login.index, .bool(update.administrator)))
      } catch let error as PostgresError where error.code == .uniqueViolation {
        throw Refusal.exists("member.login")
      }
      if let roles = update.roles { try await Self.setRoles(roles, of: id, change) }
      let after = try await Self.row(id, change)
      if !update.summary.isEmpty {
        try await change.record(
          resource: after.name, change: "updated \(update.summary)", event: "people.member.updated")
      }
      // What was granted before is not to outlive what it was granted for.
      let lost =
        !Set(before.roles).isSubset(of: after.roles)
        || before.administrator && !after.administrator
      return (after, lost ? try await change.revoke(.subject, PersonRow.subject(id)) : nil)
    }
    if let revoked { revocations.add([revoked]) }
    return person
  }

  func invite(
    _ request: Artel_People_V1_InviteMemberRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_Invitation {
    let caller = try context.caller
    let id = try PersonRow.identifier(request.name)
    return try await answer(context) { change in
      try await Self.invite(
        try await Self.row(id, change), tenantName: caller.tenant.name, change, baseDomain)
    }
  }

  /// Gives a person another invitation.
  static func invite(
    _ person: Artel_People_V1_Member, tenantName: String, _ change: TenantChange,
    _ baseDomain: BaseDomain
  ) async throws -> Artel_People_V1_Invitation {
    guard person.state != .disabled else {
      throw RPCError(
        code: .failedPrecondition, reason: "MEMBER_DISABLED", message: "the member is disabled")
    }
    try await change.record(
      resource: person.name, change: "invited", event: "people.member.invited")
    return try await Invitations.make(for: person, tenantName: tenantName, change, baseDomain)
  }

  func setDisabled(
    _ disabled: Bool, _ name: String, _ context: ServerContext
  ) async throws -> Artel_People_V1_Member {
    let id = try PersonRow.identifier(name)
    if disabled { try refuseSelf(id, try context.caller) }
    let (person, revoked) = try await change(context) { change -> (_, Revocation?) in
      if disabled {
        try await refuseEnded(try context.caller, change)
      } else {
        try await change.hold(person: id)
        try await change.refuseErased(person: id)
      }
      let count = try await change.execute(
        Statement(
          "UPDATE artel.person SET disabled = $2 WHERE person_id = $1 AND disabled <> $2",
          .uuid(id), .bool(disabled)))
      guard count > 0 else { return (try await Self.row(id, change), nil) }
      if disabled {
        // Whoever is let in again is invited again: a link may have gone to somebody else.
        try await change.execute(
          Statement("DELETE FROM artel.invitation WHERE person_id = $1", .uuid(id)))
        try await change.execute(
          Statement("DELETE FROM artel.sign_in WHERE person_id = $1", .uuid(id)))
      }
      try await change.record(
        resource: PersonRow.name(id), change: disabled ? "disabled" : "enabled",
        event: disabled ? "people.member.disabled" : "people.member.enabled")
      let revoked = disabled ? try await change.revoke(.subject, PersonRow.subject(id)) : nil
      return (try await Self.row(id, change), revoked)
    }
    if let revoked { revocations.add([revoked]) }
    return person
  }

  /// The person as it is now.
  static func row(_ id: String, _ change: TenantChange) async throws -> Artel_People_V1_Member {
    try await message(
      try await change.query(PersonStatements.person(id)), change.tenantID, change.vault)
  }

  private static func setRoles(
    _ roles: [String], of id: String, _ change: TenantChange
  ) async throws {
    try await change.execute(
      Statement("DELETE FROM artel.person_role WHERE person_id = $1", .uuid(id)))
    let count = try await change.execute(
      Statement(
        """
        INSERT INTO artel.person_role (tenant_id, person_id, role_id)
        SELECT tenant_id, $1, role_id FROM artel.role WHERE role_id = ANY ($2)
        """, .uuid(id), .textArray(roles)))
    guard count == roles.count else {
      throw RPCError(
        code: .failedPrecondition, reason: "REFERENCE_NOT_FOUND",
        message: "member.roles names a role that does not exist",
        metadata: ["field": "member.roles"],
        violations: [.init(field: "member.roles", description: "names a role that does not exist")])
    }
  }

  /// Two administrators could else shut each other out at the same moment, and nobody be left to let
  /// anybody in: one after the other, and the second is none any more.
  private func refuseEnded(_ caller: Caller, _ change: TenantChange) async throws {
    _ = try await TenantChanges.locked(change, baseDomain)
    let subject = caller.principal.subject
    guard subject.hasPrefix("artel:") else { return }
    let id = String(subject.dropFirst("artel:".count))
    // A token that an operator made is for no person of the tenant.
    guard TenantIdentifier.isValid(id) else { return }
    let rows = try await change.query(
      Statement(
        "SELECT administrator AND NOT disabled FROM artel.person WHERE person_id = $1", .uuid(id)))
    guard let row = rows.first, try !row.bool(0) else { return }
    throw RPCError(
      code: .unauthenticated, reason: "TOKEN_REVOKED", message: "the credential was revoked")
  }

  /// The last administrator could else shut everybody out, and one alone raise itself.
  private func refuseSelf(_ id: String, _ caller: Caller) throws(RPCError) {
    guard caller.principal.subject != PersonRow.subject(id) else {
      throw RPCError(
        code: .failedPrecondition, reason: "OWN_MEMBER",
        message: "another administrator has to do this")
    }
  }

  private func answer(
    _ context: ServerContext,
    _ body: (TenantChange) async throws -> Artel_People_V1_Invitation
  ) async throws -> Artel_People_V1_Invitation {
    try await database.answer(
      as: .init(try context.caller), action: context.action, deadline: context.deadline,
      of: { PersonRow.subject(try PersonRow.identifier($0.member.name)) }, body)
  }

  private func change<R: Sendable>(
    _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline, body)
  }
}
