import FoundationEssentials
public import Postgres

/// What happens to all keys of a tenant, or of the store.
extension PostgresKeyStore {
  public func destroy(tenantID: String) async throws -> Int? {
    let rows = try await query(
      Statement(
        "SELECT artel_keys.destroy_tenant($1, $2)", .uuid(tenantID),
        .uuid(try await self.rows.id())))
    return try rows.first?.optionalInt(0)
  }

  public func claim(_ tenantIDs: [String]) async throws {
    _ = try await query(
      Statement(
        "SELECT artel_keys.claim_tenants($1, $2)", .uuidArray(tenantIDs),
        .uuid(try await rows.id())))
  }

  public func restore(_ keys: [StoredKey], tenantID: String) async throws {
    let given = try JSONEncoder().encode(keys.map { ArchivedKey($0) })
    do {
      _ = try await query(
        Statement(
          "SELECT artel_keys.restore_tenant($1, $2, $3)", .uuid(tenantID),
          .uuid(try await rows.id()), .jsonb(String(decoding: given, as: UTF8.self))))
    } catch let error as PostgresError where error.sqlState == "P0002" {
      throw VaultError.noKeys
    } catch let error as PostgresError where error.code == .uniqueViolation {
      throw VaultError.otherKeys
    }
  }

  public func rootSamples() async throws -> [StoredKey] {
    // Version and name of the key of keys stand in front of what it wraps.
    try await query(
      Statement(
        """
        SELECT DISTINCT ON (substring(wrapped FOR 9))
          key_id, tenant_id, purpose, subject_hash, generation, wrapping_key_id, wrapped
        FROM artel_keys.data_key WHERE wrapping_key_id IS NULL AND wrapped IS NOT NULL
        """)
    ).map { try StoredKey($0) }
  }

  public func retire(
    _ ids: [String], olderThan age: Duration, tenantID: String
  ) async throws -> Int {
    let rows = try await query(
      Statement(
        "SELECT artel_keys.retire_keys($1, $2, make_interval(secs => $3))", .uuid(tenantID),
        .uuidArray(ids), .double(Double(age.components.seconds))))
    return try rows.first?.int(0) ?? 0
  }

  public func useUp() async throws {
    _ = try await query(Statement("SELECT artel_keys.use_up()"))
  }

  /// Whether the keys are in another cluster than the rows: else every copy of the cluster's files has
  /// both, an erased person's key of before among them.
  public func isApart(from pool: PostgresPool) async throws -> Bool {
    let statement = Statement("SELECT system_identifier::text FROM pg_control_system()")
    let own = try await query(statement).first?.text(0)
    let others = try await pool.query(statement, in: nil, deadline: .now + .seconds(5))
    return try own != others.first?.text(0)
  }
}
