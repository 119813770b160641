import GeneratedPeople
import LibCrypto
import Mutation
import Pipeline
import Postgres
import RPC
import Storage

/// The browsers that remember who has signed in at them. A cookie holds a secret that names a
/// session; only its hash is stored.
struct BrowserSessions: Sendable {
  private static let action = "artel.people.v1.BrowserService/RememberSession"

  let directory: PlatformDirectory
  let database: TenantDatabase
  let revocations: RevocationFeed
  let now: @Sendable () -> Int64

  /// Remembers a sign-in that is complete, once; the browser forgets whom it remembered before.
  ///
  /// - Returns: whom, and what the cookie is to be.
  /// - Throws: `SignInRefusal.ended` where there is nothing to remember.
  func remember(
    _ signIn: String, _ context: ServerContext
  ) async throws -> (answer: Artel_People_V1_BrowserSession, cookie: String) {
    guard let begun = OpaqueToken(signIn),
      let tenant = try await directory.tenant(named: begun.tenantName)
    else { throw SignInRefusal.ended }
    guard !tenant.suspended else { throw SignInRefusal.suspended }
    let before = Self.cookie(context).map(\.hash)
    let token = OpaqueToken(tenantName: tenant.name)
    let found = try await change(in: tenant, SignIns.deadline(context)) {
      change -> (left: Int64, names: [String])? in
      // Once; for what else a complete sign-in is good, it stays.
      let used = try await change.query(
        Statement(
          """
          WITH begun AS (
            SELECT sign_in_hash, session_id FROM artel.sign_in
            WHERE sign_in_hash = $1 AND state = 'COMPLETE' AND session_id IS NOT NULL
              AND expire_time > now() FOR UPDATE)
          UPDATE artel.sign_in AS s SET session_id = NULL FROM begun
          WHERE s.sign_in_hash = begun.sign_in_hash RETURNING begun.session_id
          """, .bytes(begun.hash)))
      guard let session = try used.first?.uuid(0) else { throw SignInRefusal.ended }
      try await change.execute(
        Statement(
          "UPDATE artel.session SET token_hash = NULL WHERE token_hash = $1", .bytes(before)))
      let rows = try await change.query(
        Statement(
          """
          UPDATE artel.session AS s SET token_hash = $2, use_time = to_timestamp($3)
          FROM artel.person AS p
          WHERE s.session_id = $1 AND s.end_time IS NULL AND p.tenant_id = s.tenant_id
            AND p.person_id = s.person_id AND NOT p.disabled
          RETURNING p.sealed_login, p.sealed_display_name, s.expire_time, p.person_id
          """, .uuid(session), .bytes(token.hash), .double(Double(now()))))
      guard let row = rows.first else { return nil }
      return (
        max(0, try row.timestamp(2).seconds - now()),
        try await RememberedPerson.names(
          row, 0, of: try row.uuid(3), in: change.tenantID, change.vault)
      )
    }
    guard let found else { throw SignInRefusal.ended }
    return (
      Self.answer(found.names[0], found.names[1], tenant), "\(token.text);\(found.left)"
    )
  }

  /// Whom the browser remembers; nobody is empty.
  func lookUp(_ context: ServerContext) async throws -> Artel_People_V1_BrowserSession {
    guard let token = Self.cookie(context),
      let tenant = try await directory.tenant(named: token.tenantName), !tenant.suspended,
      let found = try await person(token.text, of: tenant, deadline: SignIns.deadline(context))
    else { return .init() }
    return Self.answer(found.login, found.displayName, tenant)
  }

  /// Ends the session that the browser remembers.
  func signOut(_ context: ServerContext) async throws {
    guard let token = Self.cookie(context),
      let tenant = try await directory.tenant(named: token.tenantName)
    else { return }
    let ended = try await change(in: tenant, SignIns.deadline(context)) {
      change -> [Revocation] in
      let rows = try await change.query(
        Statement(
          "SELECT person_id, session_id FROM artel.session WHERE token_hash = $1",
          .bytes(token.hash)))
      guard let row = rows.first else { return [] }
      return try await change.endSessions(ofPerson: try row.uuid(0), try row.uuid(1)).revocations
    }
    revocations.add(ended)
  }

  /// Whom a cookie stands for, as that person is now; nil for nobody, or whose session is over. The
  /// session is used by it.
  func person(
    _ cookie: String?, of tenant: Tenant, deadline: ContinuousClock.Instant
  ) async throws -> RememberedPerson? {
    guard let cookie, let token = OpaqueToken(cookie), token.tenantName == tenant.name else {
      return nil
    }
    return try await change(in: tenant, deadline) { change in
      let rows = try await change.query(RememberedPerson.statement(token.hash))
      guard let row = rows.first else { return nil }
      let found = try RememberedPerson(
        row,
        names: try await RememberedPerson.names(
          row, 6, of: try row.uuid(1), in: change.tenantID, change.vault))
      guard found.isAlive(at: now()) else { return nil }
      try await change.execute(
        Statement(
          """
          UPDATE artel.session SET use_time = to_timestamp($2)
          WHERE session_id = $1 AND end_time IS NULL
          """, .uuid(found.sessionID), .double(Double(now()))))
      return found
    }
  }

  private func change<R: Sendable>(
    in tenant: Tenant, _ deadline: ContinuousClock.Instant,
    _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: Actor(tenantID: tenant.id, service: "sign-in"), action: Self.action,
      deadline: deadline, body)
  }

  private static func cookie(_ context: ServerContext) -> OpaqueToken? {
    context.metadata.first("artel-cookie").flatMap(OpaqueToken.init)
  }

  private static func answer(
    _ login: String, _ name: String, _ tenant: Tenant
  ) -> Artel_People_V1_BrowserSession {
    .with {
      $0.login = login
      $0.displayName = name
      $0.tenantDisplayName = tenant.displayName
    }
  }
}
