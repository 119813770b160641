import GeneratedOptions
import Pipeline
import Postgres
import Storage

/// What token issuing knows of a client: read in the scope of the client's tenant, fresh for every
/// token.
struct RegisteredClient: Sendable {
  let clientID: String
  let kind: Artel_Options_V1_PrincipalKind
  let scopes: [String]
  /// Neither it nor its tenant is shut out.
  let isLive: Bool
  let method: ClientAuthenticationMethod
  /// Empty for a client that has none, or is not live.
  let liveSecretHashes: [String]
  /// The keys of its assertions, as JSON; nil where it makes none.
  let keySet: String?
  /// `x5t#S256` of the certificates that it authenticates with by themselves.
  let certificateThumbprints: [String]
  /// Whether its tokens are bound to its certificate.
  let certificateBound: Bool
  let redirectURIs: [String]
  /// Whether people are asked before it gets anything of theirs: it is not the tenant's own.
  let requiresConsent: Bool
  /// How long its tokens live.
  let lives: TokenLives

  /// Whether the client can keep a secret, so that its refresh tokens need no rotation.
  var isConfidential: Bool { method != .none }

  /// Reads a client.
  ///
  /// - Parameter tenantID: its tenant's; where it has none, one that does not exist, so that the
  ///   same question is asked for every name.
  static func read(
    _ clientID: String, tenantID: String, from database: TenantDatabase,
    deadline: ContinuousClock.Instant
  ) async throws -> RegisteredClient? {
    let rows = try await database.query(
      Statement(
        """
        SELECT c.kind, c.scopes, NOT c.disabled AND t.state = 'ACTIVE', c.auth_method,
          CASE
            WHEN c.disabled OR t.state <> 'ACTIVE' THEN '{}'
            WHEN c.older_secret_expire_time > now() THEN c.secret_hashes
            ELSE c.secret_hashes[1:1]
          END,
          c.key_set, c.certificate_thumbprints, c.certificate_bound, c.redirect_uris,
          t.access_token_seconds, t.refresh_idle_seconds, t.refresh_absolute_seconds,
          c.requires_consent
        FROM artel.tenant_client AS c JOIN artel.tenant AS t USING (tenant_id)
        WHERE c.tenant_id = $1 AND c.client_id = $2
        """, .uuid(tenantID), .text(clientID)),
      as: Actor(tenantID: tenantID, service: "tokens"), deadline: deadline)
    return try rows.first.map { row in
      guard let method = ClientAuthenticationMethod(stored: try row.text(3)) else {
        throw PostgresError(code: .decoding, diagnostic: "unknown method of authentication")
      }
      return RegisteredClient(
        clientID: clientID, kind: try .init(storedClient: try row.text(0)),
        scopes: try row.textArray(1), isLive: try row.bool(2), method: method,
        liveSecretHashes: try row.textArray(4), keySet: try row.optionalText(5),
        certificateThumbprints: try row.textArray(6), certificateBound: try row.bool(7),
        redirectURIs: try row.textArray(8), requiresConsent: try row.bool(12),
        lives: TokenLives(
          access: try row.int(9), refreshIdle: try row.int(10),
          refreshAbsolute: try row.int(11)))
    }
  }
}
