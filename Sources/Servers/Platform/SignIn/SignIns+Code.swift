import GeneratedPeople
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage

extension SignIns {
  /// What a right code leads to.
  private enum Proved: Sendable {
    case complete(SignedInPerson)
    case needsSecondFactor
  }

  /// Whether the tenant takes codes, and they can be sent.
  func takesCodes(_ kind: MessageKind, _ change: TenantChange) async throws -> Bool {
    let rows = try await change.query(
      Statement(
        "SELECT allows_codes FROM artel.tenant WHERE tenant_id = $1", .uuid(change.tenantID)))
    return try channels.contains(kind) && rows.first?.bool(0) == true
  }

  /// Sends a code, or does everything else that sending one takes.
  func send(
    _ request: Artel_People_V1_SendCodeRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    let (token, tenant) = try await begun(request.signIn)
    let code = SignInCode.make()
    let hash = try await SignInCode.hash(code, of: token, in: tenant.id, vault)
    try await change(in: tenant, context) { change in
      let rows = try await change.query(
        Statement(
          """
          UPDATE artel.sign_in SET code_hash = $2, code_sends = code_sends + 1,
            code_expire_time = now() + make_interval(secs => $3)
          WHERE sign_in_hash = $1 AND state = 'NEEDS_PASSWORD' AND attempts < $4
            AND expire_time > now()
          RETURNING login_kind, code_sends, login_index
          """, .bytes(token.hash), .bytes(hash), .double(SignInCode.life / .seconds(1)),
          .int4(Int32(SignInRow.attempts))))
      guard let row = rows.first else { throw SignInRefusal.ended }
      let kind = try row.text(0) == MessageKind.sms.rawValue ? MessageKind.sms : .email
      guard try await takesCodes(kind, change) else { throw SignInRefusal.codes }
      guard try row.int(1) <= SignInCode.sendsOfSignIn else { throw SignInRefusal.sends }
      try await count(try row.bytes(2), change)
      // A mailbox is no way to administer, nor to whoever has never chosen a password.
      let people = try await change.query(
        Statement(
          """
          SELECT p.person_id, p.sealed_login, p.login_index = s.login_index FROM artel.sign_in AS s
            JOIN artel.person AS p USING (tenant_id, person_id)
          WHERE s.sign_in_hash = $1 AND NOT p.disabled AND NOT p.administrator
            AND p.password_hash IS NOT NULL AND p.grant_epoch = s.grant_epoch
          """, .bytes(token.hash)))
      // Nothing of the person's is opened here: that would take longer than for nobody. A login that
      // is another by now gets nothing.
      let person = try people.first { try $0.bool(2) }
      try await change.queue(
        kind, to: try person.map { (id: try $0.uuid(0), sealedLogin: try $0.bytes(1)) },
        SignInCode.text(code, kind), life: person == nil ? .zero : SignInCode.life, vault)
    }
    return answer(token, tenant, .needsPassword, codeAllowed: true)
  }

  /// Counts a code for a login, if it may have another.
  private func count(_ loginIndex: [UInt8], _ change: TenantChange) async throws {
    let count = try await change.execute(
      Statement(
        """
        INSERT INTO artel.code_send AS c (tenant_id, login_index, send_times, expire_time)
        VALUES ($1, $2, ARRAY[now()], now() + interval '1 hour')
        ON CONFLICT (tenant_id, login_index) DO UPDATE SET
          send_times = now() || ARRAY(
            SELECT time FROM unnest(c.send_times) AS time WHERE time > now() - interval '1 hour'),
          expire_time = now() + interval '1 hour'
        WHERE $3 > (SELECT count(*) FROM unnest(c.send_times) AS time
          WHERE time > now() - interval '1 hour')
        """, .uuid(change.tenantID), .bytes(loginIndex), .int(SignInCode.sendsOfLogin)))
    guard count == 1 else { throw SignInRefusal.sends }
  }

  func prove(
    _ request: Artel_People_V1_ProveCodeRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    let (token, tenant) = try await begun(request.signIn)
    let address = NetworkName.of(context.peer.address)
    let row = try await change(in: tenant, context) {
      try await SignInRow.attempt(token, in: "NEEDS_PASSWORD", address: address, $0)
    }
    let proved = try await attempt(row, context.peer) {
      try await change(in: tenant, context) { change in
        try await take(request.code, token, tenant, row, address, change)
      }
    }
    switch proved {
    case nil: throw SignInRefusal.wrong
    case .needsSecondFactor: return answer(token, tenant, .needsSecondFactor)
    case .complete(let person):
      return try await answer(token, tenant, person, for: row.authorizationRequest, context)
    }
  }

  /// Takes a code in a transaction; nil where it is wrong.
  private func take(
    _ code: String, _ token: OpaqueToken, _ tenant: Tenant, _ row: SignInRow, _ address: String,
    _ change: TenantChange
  ) async throws -> Proved? {
    // The person's row first, here and everywhere.
    let people = try await change.query(
      Statement(
        """
        SELECT login_index, sealed_authenticator IS NOT NULL, administrator FROM artel.person
        WHERE person_id = $1 AND NOT disabled AND password_hash IS NOT NULL FOR NO KEY UPDATE
        """, .uuid(row.personID)))
    let used = try await change.execute(
      Statement(
        """
        UPDATE artel.sign_in SET code_hash = NULL
        WHERE sign_in_hash = $1 AND state = 'NEEDS_PASSWORD' AND code_hash = $2
          AND code_expire_time > now()
          AND EXISTS (SELECT FROM artel.tenant WHERE tenant_id = $3 AND allows_codes)
        """, .bytes(token.hash),
        .bytes(try await SignInCode.hash(code, of: token, in: tenant.id, vault)), .uuid(tenant.id)))
    guard used == 1, let id = row.personID, let person = people.first, try !person.bool(2) else {
      return nil
    }
    // The login may be another by now, and the one that the code went to somebody else's.
    guard Hexadecimal.encode(try person.bytes(0)) == row.attemptKey else { return nil }
    if try person.bool(1) {
      try await change.execute(
        Statement(
          "UPDATE artel.sign_in SET first_factor = 'otp' WHERE sign_in_hash = $1",
          .bytes(token.hash)))
      try await proceed(token, to: "NEEDS_SECOND_FACTOR", change)
      return .needsSecondFactor
    }
    return .complete(
      try await complete(token, person: id, methods: ["otp"], address: address, change))
  }
}
