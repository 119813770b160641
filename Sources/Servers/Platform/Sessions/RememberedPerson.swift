import GeneratedOptions
import Mutation
import Postgres
import Sealing
import Storage

/// A person whom a browser remembers, as the person is now.
struct RememberedPerson: Sendable, Hashable {
  let id: String
  let sessionID: String
  let login: String
  let displayName: String
  let administrator: Bool
  let roles: [String]
  let scopes: Set<String>
  let methods: [String]
  /// Seconds since 1970.
  let authTime: Int64
  private let epoch: Int64
  private let useTime: Int64
  private let expireTime: Int64
  private let lives: TokenLives
  private let hasAuthenticator: Bool

  /// Login and display name of a person whose row has them sealed, one behind the other.
  static func names(
    _ row: PostgresRow, _ position: Int, of id: String, in tenantID: String, _ vault: TenantVault
  ) async throws -> [String] {
    try await vault.texts([
      try PersonRow.Sealed.login.cell(row, position, tenantID: tenantID, key: id),
      try PersonRow.Sealed.displayName.cell(row, position + 1, tenantID: tenantID, key: id),
    ])
  }

  init(_ row: PostgresRow, names: [String]) throws {
    sessionID = try row.uuid(0)
    id = try row.uuid(1)
    methods = try row.textArray(2)
    authTime = try row.timestamp(3).seconds
    useTime = try row.timestamp(4).seconds
    expireTime = try row.timestamp(5).seconds
    login = names[0]
    displayName = names[1]
    administrator = try row.bool(8)
    hasAuthenticator = try row.bool(9)
    roles = try row.textArray(10)
    scopes = Set(try row.textArray(11))
    epoch = Int64(try row.int(14))
    lives = TokenLives(
      access: 0, refreshIdle: try row.int(12), refreshAbsolute: try row.int(13))
  }

  /// What selects one, by the hash of the cookie.
  static func statement(_ hash: [UInt8]) -> Statement {
    Statement(
      """
      SELECT s.session_id, p.person_id, s.methods, s.sign_in_time, s.use_time, s.expire_time,
        p.sealed_login, p.sealed_display_name, p.administrator,
        p.sealed_authenticator IS NOT NULL,
        ARRAY(SELECT h.role_id FROM artel.person_role AS h
          WHERE h.tenant_id = p.tenant_id AND h.person_id = p.person_id ORDER BY 1),
        ARRAY(SELECT DISTINCT unnest(r.scopes) FROM artel.person_role AS h
          JOIN artel.role AS r USING (tenant_id, role_id)
          WHERE h.tenant_id = p.tenant_id AND h.person_id = p.person_id),
        t.refresh_idle_seconds, t.refresh_absolute_seconds, s.epoch
      FROM artel.session AS s JOIN artel.person AS p USING (tenant_id, person_id)
        JOIN artel.tenant AS t USING (tenant_id)
      WHERE s.token_hash = $1 AND s.end_time IS NULL AND NOT p.disabled
        AND s.epoch = p.grant_epoch
      """, .bytes(hash))
  }

  /// Whether the session is neither idle for too long nor too old (S-C20).
  func isAlive(at now: Int64) -> Bool {
    let kind: Artel_Options_V1_PrincipalKind = administrator ? .administrator : .user
    let end = min(expireTime, authTime + Int64(lives.absolute(of: kind)))
    let isIdle =
      now - useTime > Int64(lives.refreshIdle) && !Mutation.isOn(.remembersIdleBrowsers)
    return now < end && !isIdle
  }

  /// Whether the person needs a second factor that the sign-in did not have: one may have come to
  /// administer since, or have enrolled an authenticator elsewhere (S-H10).
  var lacksSecondFactor: Bool {
    (administrator || hasAuthenticator) && !methods.contains("mfa")
      && !Mutation.isOn(.remembersWithoutSecondFactor)
  }

  /// The person as after a sign-in: the one that is remembered.
  var signedIn: SignedInPerson {
    SignedInPerson(
      id: id, administrator: administrator, roles: roles, scopes: administrator ? nil : scopes,
      authTime: authTime, methods: methods, epoch: epoch, sessionID: sessionID)
  }
}
