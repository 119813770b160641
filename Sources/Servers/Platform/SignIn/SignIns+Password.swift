import GeneratedPeople
import LibCrypto
import Mutation
import Pipeline
import Postgres
import RPC
import Storage

extension SignIns {
  /// Begins with a login. One that nobody has, or whose person cannot sign in, goes on to a password
  /// that is never right.
  func begin(
    _ request: Artel_People_V1_BeginSignInRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    let tenant = try await tenant(named: request.tenant)
    let login = Login.normalized(request.login)
    let kind = MessageKind(login: login ?? request.login)
    let (token, codeAllowed) = try await change(in: tenant, context) { change in
      let rows = try await change.query(
        Statement(
          """
          SELECT person_id FROM artel.person
          WHERE login_index = $1 AND NOT disabled AND password_hash IS NOT NULL
          """, try await change.login(of: login)))
      let token = try await begin(
        tenant, personID: try rows.first?.uuid(0), login: login ?? request.login.lowercased(),
        authorization: request.authorization, state: "NEEDS_PASSWORD", change)
      return (token, try await takesCodes(kind, change))
    }
    return answer(token, tenant, .needsPassword, codeAllowed: codeAllowed)
  }

  func prove(
    _ request: Artel_People_V1_ProvePasswordRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    let (token, tenant) = try await begun(request.signIn)
    let address = NetworkName.of(context.peer.address)
    let row = try await change(in: tenant, context) {
      try await SignInRow.attempt(token, in: "NEEDS_PASSWORD", address: address, $0)
    }
    let proved = try await attempt(row, context.peer) {
      // The same derivations for a login that nobody has (S-C2).
      let fits = try await passwords.verify(
        NewPassword.normalized(request.password), among: [row.passwordHash].compactMap { $0 },
        from: NetworkName.of(context.peer.address), deadline: Self.deadline(context))
      return fits ? row.personID : nil
    }
    guard let id = proved else { throw SignInRefusal.wrong }
    if row.sealedAuthenticator != nil {
      try await change(in: tenant, context) {
        try await proceed(token, to: "NEEDS_SECOND_FACTOR", $0)
      }
      return answer(token, tenant, .needsSecondFactor)
    }
    if row.administrator, !Mutation.isOn(.asksForNoAuthenticator) {
      try await change(in: tenant, context) {
        try await proceed(token, to: "NEEDS_AUTHENTICATOR", $0)
      }
      return answer(token, tenant, .needsAuthenticator)
    }
    let person = try await change(in: tenant, context) {
      try await complete(token, person: id, methods: ["pwd"], address: address, $0)
    }
    return try await answer(token, tenant, person, for: row.authorizationRequest, context)
  }

  /// Uses an invitation: whoever has it is the person from now on, and nobody else is.
  func accept(
    _ request: Artel_People_V1_AcceptInvitationRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    guard let invitation = OpaqueToken(request.invitation),
      let tenant = try await directory.tenant(named: invitation.tenantName)
    else { throw SignInRefusal.invitation }
    guard !tenant.suspended else { throw SignInRefusal.suspended }
    let found = try await change(in: tenant, context) {
      change -> (row: PostgresRow, login: String)? in
      let person = try await change.query(
        Statement(
          """
          SELECT p.person_id, p.sealed_login, p.administrator, p.password_hash IS NOT NULL
          FROM artel.invitation AS i JOIN artel.person AS p USING (tenant_id, person_id)
          WHERE i.invitation_hash = $1 AND i.expire_time > now() AND NOT p.disabled
          """, .bytes(invitation.hash))
      ).first
      guard let person else { return nil }
      return (person, try await change.login(person, 1, of: try person.uuid(0)))
    }
    guard let (person, login) = found else { throw SignInRefusal.invitation }
    let id = try person.uuid(0)
    let administrator = try person.bool(2)
    let hadPassword = try person.bool(3)
    let password = try NewPassword.checked(
      request.password, login: login, besides: [tenant.name, tenant.displayName])
    let hash = try await derivations.run(
      for: NetworkName.of(context.peer.address), deadline: Self.deadline(context)
    ) { try SecretHash.make(password).encoded }
    let address = NetworkName.of(context.peer.address)
    let (token, signedIn, revoked) = try await change(in: tenant, context) {
      change -> (OpaqueToken, SignedInPerson?, Revocation?) in
      try await change.hold(person: id)
      let used = try await change.execute(
        Statement(
          "DELETE FROM artel.invitation WHERE invitation_hash = $1 AND expire_time > now()",
          .bytes(invitation.hash)))
      // Somebody else was faster.
      guard used == 1 else { throw SignInRefusal.invitation }
      for statement in [
        Statement("DELETE FROM artel.invitation WHERE person_id = $1", .uuid(id)),
        Statement("DELETE FROM artel.recovery_code WHERE person_id = $1", .uuid(id)),
        Statement("DELETE FROM artel.sign_in WHERE person_id = $1", .uuid(id)),
        Statement("DELETE FROM artel.passkey WHERE person_id = $1", .uuid(id)),
        Statement("DELETE FROM artel.passkey_challenge WHERE person_id = $1", .uuid(id)),
        Statement("DELETE FROM artel.person_address WHERE person_id = $1", .uuid(id)),
        Statement(
          """
          UPDATE artel.person SET password_hash = $2, sealed_authenticator = NULL
          WHERE person_id = $1
          """, .uuid(id), .text(hash)),
      ] { try await change.execute(statement) }
      // Nothing was issued to somebody who never could sign in.
      let revoked = hadPassword ? try await change.revoke(.subject, PersonRow.subject(id)) : nil
      CallFacts.current?.tell(of: PersonRow.subject(id))
      try await change.record(resource: PersonRow.name(id), change: "invitation used")
      let token = try await begin(
        tenant, personID: id, login: login, authorization: request.authorization,
        state: "NEEDS_AUTHENTICATOR", change)
      guard !administrator else { return (token, nil, revoked) }
      return (
        token,
        try await complete(token, person: id, methods: ["pwd"], address: address, change), revoked
      )
    }
    if let revoked {
      revocations.add([revoked])
      try await outlive(revoked)
    }
    var reply: Artel_People_V1_SignIn
    if let signedIn {
      reply = try await answer(token, tenant, signedIn, for: request.authorization, context)
    } else {
      reply = answer(token, tenant, .needsAuthenticator)
    }
    // The link does not say it.
    reply.login = login
    return reply
  }

  /// Waits for the second behind a revocation: what is issued within it is revoked too, and the person
  /// would get a token that is good for nothing.
  private func outlive(_ revoked: Revocation) async throws {
    while now() <= revoked.notBefore { try await Task.sleep(for: .milliseconds(50)) }
  }

  /// Takes an answer, unless too many were wrong.
  ///
  /// - Parameter attempt: returns nil for a wrong one.
  func attempt<R>(
    _ row: SignInRow, _ peer: Peer, _ attempt: () async throws -> R?
  ) async throws -> R? {
    let result = try await attempts.attempt(clientID: row.attemptKey, peer: peer) {
      guard !row.isFamiliar else { return try await attempt() }
      return try await strangers.attempt(
        clientID: row.attemptKey, peer: Self.anywhere, attempt)
    }
    if result == nil { report(row, peer) }
    return result
  }

  private func report(_ row: SignInRow, _ peer: Peer) {
    logger.notice(
      "a sign-in failed",
      metadata: ["person": "\(row.personID ?? "nobody")", "peer": "\(peer.address)"])
  }

  private static var anywhere: Peer { Peer(address: "anywhere", door: .rest) }
}
