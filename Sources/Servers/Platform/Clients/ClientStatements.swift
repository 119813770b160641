import Postgres

/// What selects a `ClientRow`.
enum ClientStatements {
  static func client(_ clientID: String) -> Statement {
    Statement(
      """
      SELECT client_id, display_name, kind, scopes, address_ranges, disabled,
        CASE WHEN older_secret_expire_time > now() THEN cardinality(secret_hashes)
          ELSE least(cardinality(secret_hashes), 1) END,
        CASE WHEN older_secret_expire_time > now() AND cardinality(secret_hashes) > 1
          THEN older_secret_expire_time END,
        create_time
      FROM artel.tenant_client WHERE client_id = $1
      """, .text(clientID))
  }

  /// Has nobody else change a client until the transaction ends.
  static func lock(_ clientID: String) -> Statement {
    Statement(
      "SELECT client_id FROM artel.tenant_client WHERE client_id = $1 FOR NO KEY UPDATE",
      .text(clientID))
  }

  /// A page in the order of identifiers.
  static func clients(after clientID: String?, limit: Int) -> Statement {
    Statement(
      """
      SELECT client_id, display_name, kind, scopes, address_ranges, disabled,
        CASE WHEN older_secret_expire_time > now() THEN cardinality(secret_hashes)
          ELSE least(cardinality(secret_hashes), 1) END,
        CASE WHEN older_secret_expire_time > now() AND cardinality(secret_hashes) > 1
          THEN older_secret_expire_time END,
        create_time
      FROM artel.tenant_client WHERE $1::text IS NULL OR client_id > $1
      ORDER BY client_id LIMIT $2
      """, .text(clientID), .int(limit))
  }
}
