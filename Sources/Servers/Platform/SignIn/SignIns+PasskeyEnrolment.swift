import GeneratedPeople
import Pipeline
import Postgres
import RPC
import Storage

/// What somebody who has just signed in may still do without a token.
extension SignIns {
  func begin(
    _ request: Artel_People_V1_BeginPasskeyEnrolmentRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_PasskeyCreation {
    let (token, tenant) = try await begun(request.signIn)
    return try await change(in: tenant, context) { change in
      try await PasskeyMaker(tenant: tenant, personID: try await completed(token, change))
        .begin(change)
    }
  }

  func enrol(
    _ request: Artel_People_V1_EnrolPasskeyRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_Passkey {
    let (token, tenant) = try await begun(request.signIn)
    return try await change(in: tenant, context) { change in
      let maker = PasskeyMaker(tenant: tenant, personID: try await completed(token, change))
      let made = try maker.read(request.attestation)
      return try await maker.keep(made, displayName: request.displayName, change)
    }.get()
  }

  /// Answers an authorization request by a sign-in, which ends with it.
  func authorize(
    _ request: Artel_People_V1_AuthorizeSignInRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    let (token, tenant) = try await begun(request.signIn)
    let person = try await change(in: tenant, context) { change in
      let rows = try await change.query(
        Statement(
          """
          DELETE FROM artel.sign_in AS s USING artel.person AS p
          WHERE s.sign_in_hash = $1 AND s.state = 'COMPLETE' AND s.authorization_request = ''
            AND s.complete_time > now() - interval '300 seconds'
            AND p.tenant_id = s.tenant_id AND p.person_id = s.person_id AND NOT p.disabled
            AND p.grant_epoch = s.grant_epoch
          RETURNING p.person_id, p.administrator, s.methods,
            extract(epoch FROM now() - s.complete_time)::bigint, p.grant_epoch,
            s.session_id
          """, .bytes(token.hash)))
      guard let row = rows.first else { throw SignInRefusal.ended }
      var person = try await SignedInPerson.read(
        try row.uuid(0), administrator: try row.bool(1), epoch: Int64(try row.int(4)),
        authTime: now() - Int64(try row.int(3)), methods: try row.textArray(2), change)
      person.sessionID = try row.optionalUUID(5)
      return person
    }
    return try await answer(token, tenant, person, for: request.authorization, context)
  }

  /// The person of a sign-in that has just become complete. Who has a second factor by now, or needs
  /// one, must have shown it: a passkey made behind a password alone would go around it.
  private func completed(_ token: OpaqueToken, _ change: TenantChange) async throws -> String {
    let rows = try await change.query(
      Statement(
        """
        SELECT s.person_id FROM artel.sign_in AS s
          JOIN artel.person AS p USING (tenant_id, person_id)
        WHERE s.sign_in_hash = $1 AND s.state = 'COMPLETE' AND NOT p.disabled
          AND p.grant_epoch = s.grant_epoch
          AND s.complete_time > now() - interval '300 seconds'
          AND ('mfa' = ANY (s.methods) OR NOT p.administrator AND p.sealed_authenticator IS NULL)
        FOR NO KEY UPDATE OF p
        """, .bytes(token.hash)))
    guard let row = rows.first else { throw SignInRefusal.ended }
    return try row.uuid(0)
  }

  /// Keeps how somebody has signed in, for as long as something may come of it.
  func remember(
    _ token: OpaqueToken, methods: [String], _ change: TenantChange
  ) async throws {
    try await change.execute(
      Statement(
        """
        UPDATE artel.sign_in SET methods = $2, complete_time = now(),
          expire_time = greatest(expire_time, now() + interval '300 seconds')
        WHERE sign_in_hash = $1
        """, .bytes(token.hash), .textArray(methods)))
  }
}

extension SignedInPerson {
  /// A person who has signed in, with what its roles give now.
  static func read(
    _ id: String, administrator: Bool, epoch: Int64, authTime: Int64, methods: [String],
    _ change: TenantChange
  ) async throws -> SignedInPerson {
    // Somebody may have come to administer since: nobody does by one factor.
    guard !administrator || methods.contains("mfa") else { throw SignInRefusal.ended }
    let roles = try await change.query(
      Statement(
        """
        SELECT r.role_id, r.scopes FROM artel.person_role AS p
          JOIN artel.role AS r USING (tenant_id, role_id)
        WHERE p.person_id = $1 ORDER BY r.role_id
        """, .uuid(id)))
    var scopes: Set<String> = []
    for role in roles { scopes.formUnion(try role.textArray(1)) }
    return SignedInPerson(
      id: id, administrator: administrator, roles: try roles.map { try $0.text(0) },
      scopes: administrator ? nil : scopes, authTime: authTime, methods: methods,
      epoch: epoch)
  }
}
