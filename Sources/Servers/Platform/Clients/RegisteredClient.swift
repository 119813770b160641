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
  /// Empty for a client that may not have a token.
  let liveSecretHashes: [String]

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
        SELECT c.kind, c.scopes,
          CASE
            WHEN c.disabled OR t.state <> 'ACTIVE' THEN '{}'
            WHEN c.older_secret_expire_time > now() THEN c.secret_hashes
            ELSE c.secret_hashes[1:1]
          END
        FROM artel.tenant_client AS c JOIN artel.tenant AS t USING (tenant_id)
        WHERE c.tenant_id = $1 AND c.client_id = $2
        """, .uuid(tenantID), .text(clientID)),
      as: Actor(tenantID: tenantID, service: "tokens"), deadline: deadline)
    return try rows.first.map { row in
      RegisteredClient(
        clientID: clientID, kind: try .init(storedClient: try row.text(0)),
        scopes: try row.textArray(1), liveSecretHashes: try row.textArray(2))
    }
  }
}
