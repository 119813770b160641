import GeneratedPeople
import LibCrypto
import Mutation
import Pipeline
import Postgres
import RPC
import Storage

extension SignIns {
  func prove(
    _ request: Artel_People_V1_ProveAuthenticatorRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    try await secondFactor(request.signIn, "otp", context) { tenant, id, row, change in
      guard let sealed = row.sealedAuthenticator,
        let step = OneTimeCode.step(
          of: request.code, key: try await vault.secret(sealed, at: Self.place(tenant, person: id)),
          at: now(), after: row.authenticatorStep)
      else { return false }
      // A code counts once, also where two come with it at the same moment.
      let used = try await change.execute(
        Statement(
          """
          UPDATE artel.person SET authenticator_step = $2
          WHERE person_id = $1 AND authenticator_step < $2
          """, .uuid(id), .int8(step)))
      return used == 1 || Mutation.isOn(.takesOneTimeCodesAgain)
    }
  }

  func prove(
    _ request: Artel_People_V1_ProveRecoveryCodeRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    try await secondFactor(request.signIn, "kba", context) { _, id, _, change in
      let hash = Parameter.bytes(RecoveryCodes.hash(request.code))
      if Mutation.isOn(.keepsRecoveryCodes) {
        return try await !change.query(
          Statement(
            "SELECT 1 FROM artel.recovery_code WHERE person_id = $1 AND code_hash = $2",
            .uuid(id), hash)
        ).isEmpty
      }
      return try await change.execute(
        Statement(
          "DELETE FROM artel.recovery_code WHERE person_id = $1 AND code_hash = $2",
          .uuid(id), hash)) == 1
    }
  }

  /// Takes an answer to the question for a second factor.
  private func secondFactor(
    _ signIn: String, _ method: String, _ context: ServerContext,
    _ proves: (Tenant, String, SignInRow, TenantChange) async throws -> Bool
  ) async throws -> Artel_People_V1_SignIn {
    let (token, tenant) = try await begun(signIn)
    let address = NetworkName.of(context.peer.address)
    let row = try await change(in: tenant, context) {
      try await SignInRow.attempt(token, in: "NEEDS_SECOND_FACTOR", address: address, $0)
    }
    guard let id = row.personID else { throw SignInRefusal.ended }
    let person = try await attempt(row, context.peer) {
      try await change(in: tenant, context) { change -> SignedInPerson? in
        guard try await proves(tenant, id, row, change) else { return nil }
        return try await complete(
          token, person: id,
          methods: (row.firstFactor == method ? [] : [row.firstFactor]) + [method, "mfa"],
          address: address, change)
      }
    }
    guard let person else { throw SignInRefusal.wrong }
    return try await answer(token, tenant, person, for: row.authorizationRequest, context)
  }

  /// Makes the key of a new authenticator; who asks again gets the same one, because it may be in the
  /// authenticator already.
  func begin(
    _ request: Artel_People_V1_BeginAuthenticatorRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_Authenticator {
    let (token, tenant) = try await begun(request.signIn)
    let sealed = try await vault.seal(
      Random.bytes(OneTimeCode.keySize), at: Self.place(tenant, signIn: token), subject: nil)
    let found = try await change(in: tenant, context) { change -> (key: [UInt8], login: String)? in
      let rows = try await change.query(
        Statement(
          """
          UPDATE artel.sign_in AS s
          SET sealed_authenticator = COALESCE(s.sealed_authenticator, $2) FROM artel.person AS p
          WHERE s.sign_in_hash = $1 AND s.state = 'NEEDS_AUTHENTICATOR' AND s.expire_time > now()
            AND p.tenant_id = s.tenant_id AND p.person_id = s.person_id
          RETURNING p.sealed_login, s.sealed_authenticator, p.person_id
          """, .bytes(token.hash), .bytes(sealed)))
      guard let row = rows.first else { return nil }
      return (try row.bytes(1), try await change.login(row, 0, of: try row.uuid(2)))
    }
    guard let (kept, login) = found else { throw SignInRefusal.ended }
    let key = try await vault.secret(kept, at: Self.place(tenant, signIn: token))
    return .with {
      $0.secret = Base32.encode(key)
      $0.uri = OneTimeCode.uri(key: key, tenant: tenant.displayName, login: login)
    }
  }

  /// Enrols the authenticator, once it has shown a code.
  func enrol(
    _ request: Artel_People_V1_EnrolAuthenticatorRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    let (token, tenant) = try await begun(request.signIn)
    let address = NetworkName.of(context.peer.address)
    let row = try await change(in: tenant, context) {
      try await SignInRow.attempt(token, in: "NEEDS_AUTHENTICATOR", address: address, $0)
    }
    guard let id = row.personID, let sealed = row.sealedNewAuthenticator else {
      throw SignInRefusal.ended
    }
    let key = try await vault.secret(sealed, at: Self.place(tenant, signIn: token))
    guard let step = OneTimeCode.step(of: request.code, key: key, at: now(), after: 0) else {
      throw SignInRefusal.wrong
    }
    let kept = try await vault.seal(
      key, at: Self.place(tenant, person: id), subject: PersonRow.subject(id))
    let codes = RecoveryCodes.make()
    let person = try await change(in: tenant, context) { change in
      // Who has only the password does not take the place of one that is enrolled.
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.person SET sealed_authenticator = $2, authenticator_step = $3
          WHERE person_id = $1 AND sealed_authenticator IS NULL
          """, .uuid(id), .bytes(kept), .int8(step)))
      guard count == 1 else { throw SignInRefusal.ended }
      try await change.execute(
        Statement(
          "DELETE FROM artel.sign_in WHERE person_id = $1 AND sign_in_hash <> $2",
          .uuid(id), .bytes(token.hash)))
      try await change.execute(
        Statement("DELETE FROM artel.recovery_code WHERE person_id = $1", .uuid(id)))
      for code in codes {
        try await change.execute(
          Statement(
            "INSERT INTO artel.recovery_code (tenant_id, person_id, code_hash) VALUES ($1, $2, $3)",
            .uuid(tenant.id), .uuid(id), .bytes(RecoveryCodes.hash(code))))
      }
      CallFacts.current?.tell(of: PersonRow.subject(id))
      try await change.record(resource: PersonRow.name(id), change: "authenticator enrolled")
      return try await complete(
        token, person: id, methods: ["pwd", "otp", "mfa"], address: address, change)
    }
    return try await answer(
      token, tenant, person, for: row.authorizationRequest, recoveryCodes: codes, context)
  }
}
