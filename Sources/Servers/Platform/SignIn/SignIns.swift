import GeneratedPeople
import LibCrypto
import Logging
import Pipeline
import Postgres
import RPC
import Storage

/// What every step of a sign-in needs.
struct SignIns: Sendable {
  /// How long a sign-in may take.
  static let life: Duration = .seconds(600)
  /// The longest that one step may take where the caller would wait longer.
  static let patience: Duration = .seconds(10)

  let directory: PlatformDirectory
  let database: TenantDatabase
  let vault: TenantVault
  let passwords: SecretVerifier
  let derivations: DerivationQueue
  let revocations: RevocationFeed
  /// Failures from one address about one person.
  let attempts: AttemptLimiter
  /// Failures about one person from wherever it has never signed in from: many addresses together
  /// guess no faster than one, and the person's own are not among them (S-C29).
  let strangers: AttemptLimiter
  let requests: (any AuthorizationRequests)?
  let logger: Logger
  let now: @Sendable () -> Int64
  /// How codes can be sent here.
  var channels: Set<MessageKind> = []

  /// The tenant of a name that came from outside.
  func tenant(named name: String) async throws -> Tenant {
    guard let tenant = try await directory.tenant(named: name) else {
      throw RPCError(
        code: .notFound, reason: "TENANT_NOT_FOUND", message: "there is no tenant of this name")
    }
    guard !tenant.suspended else { throw SignInRefusal.suspended }
    return tenant
  }

  /// The sign-in that a token stands for, with its tenant.
  func begun(_ text: String) async throws -> (OpaqueToken, Tenant) {
    guard let token = OpaqueToken(text),
      let tenant = try await directory.tenant(named: token.tenantName)
    else { throw SignInRefusal.ended }
    guard !tenant.suspended else { throw SignInRefusal.suspended }
    return (token, tenant)
  }

  func change<R: Sendable>(
    in tenant: Tenant, _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: Actor(tenantID: tenant.id, service: "sign-in"), action: context.action,
      deadline: Self.deadline(context), body)
  }

  static func deadline(_ context: ServerContext) -> ContinuousClock.Instant {
    let latest = ContinuousClock.now + patience
    return context.deadline.map { min($0, latest) } ?? latest
  }

  /// Begins a sign-in.
  func begin(
    _ tenant: Tenant, personID: String?, login: String, authorization: String, state: String,
    _ change: TenantChange
  ) async throws -> OpaqueToken {
    // Those that have ended go as new ones come: some of them, so that nobody waits for many.
    try await change.execute(
      Statement(
        """
        DELETE FROM artel.sign_in WHERE (tenant_id, sign_in_hash) IN (
          SELECT tenant_id, sign_in_hash FROM artel.sign_in WHERE expire_time < now()
          LIMIT 20 FOR UPDATE SKIP LOCKED)
        """))
    let token = OpaqueToken(tenantName: tenant.name)
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.sign_in
          (tenant_id, sign_in_hash, person_id, login_index, authorization_request, state,
            expire_time, login_kind, grant_epoch)
        VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), $8,
          coalesce((SELECT grant_epoch FROM artel.person WHERE person_id = $3), 0))
        """,
        .uuid(tenant.id), .bytes(token.hash), .uuid(personID),
        // What failures and codes are counted under, whether the login is somebody's or not.
        try await change.login(of: login), .text(authorization), .text(state),
        .double(Self.life / .seconds(1)), .text(MessageKind(login: login).rawValue)))
    return token
  }

  /// Goes on to what is wanted next; the right answer was no failure.
  ///
  /// - Parameter epoch: the person's now, which the sign-in has to have begun in; nil asks nothing.
  func proceed(
    _ token: OpaqueToken, to state: String, epoch: Int64? = nil, _ change: TenantChange
  ) async throws {
    let count = try await change.execute(
      Statement(
        """
        UPDATE artel.sign_in SET state = $2, attempts = greatest(attempts - 1, 0)
        WHERE sign_in_hash = $1 AND state <> 'COMPLETE' AND expire_time > now()
          AND ($3::bigint IS NULL OR grant_epoch = $3)
        """, .bytes(token.hash), .text(state), .int8(epoch)))
    guard count == 1 else { throw SignInRefusal.ended }
  }

  /// Where the key of an enrolled authenticator is stored.
  static func place(_ tenant: Tenant, person id: String) -> SealedPlace {
    SealedPlace(tenant: tenant.id, table: "person", column: "sealed_authenticator", row: id)
  }

  /// Where the key of one that is about to be enrolled is stored.
  static func place(_ tenant: Tenant, signIn token: OpaqueToken) -> SealedPlace {
    SealedPlace(
      tenant: tenant.id, table: "sign_in", column: "sealed_authenticator",
      row: Hexadecimal.encode(token.hash))
  }
}
