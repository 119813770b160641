public import Postgres

/// The key store in a database of its own.
public struct PostgresKeyStore: KeyStore {
  private static let patience: Duration = .seconds(5)
  /// Every call waits for it at first where the key store hangs.
  private static let probePatience: Duration = .seconds(2)
  /// NIST SP 800-38D section 8.3.
  private static let mostSeals = 1 << 32

  let pool: PostgresPool
  let rows: RowsDatabase

  /// Takes the pool of the role `artel_keys`, and the database whose rows the keys seal.
  public init(pool: PostgresPool, rows: RowsDatabase) {
    self.pool = pool
    self.rows = rows
  }

  public func newest(
    of owner: StoredKey.Owner, reserving seals: Int
  ) async throws -> (key: StoredKey, reserved: Bool)? {
    while true {
      if seals > 0, let key = try await reserve(seals, of: owner) { return (key, true) }
      let rows = try await query(
        Statement(
          """
          SELECT key_id, tenant_id, purpose, subject_hash, generation, wrapping_key_id, wrapped,
            seals_reserved
          FROM artel_keys.data_key WHERE tenant_id = $1 AND purpose = $2 AND subject_hash = $3
          ORDER BY generation DESC LIMIT 1
          """, .uuid(owner.tenantID), .text(owner.purpose.rawValue), .bytes(owner.subject)))
      guard let row = rows.first else { return nil }
      let key = try StoredKey(row)
      // One that was added between the two statements has seals left, and is asked for again.
      guard seals > 0, key.wrapped != nil, try row.int(7) <= Self.mostSeals - seals else {
        return (key, false)
      }
    }
  }

  private func reserve(_ seals: Int, of owner: StoredKey.Owner) async throws -> StoredKey? {
    try await query(
      Statement(
        """
        UPDATE artel_keys.data_key AS k SET seals_reserved = seals_reserved + $4
        WHERE tenant_id = $1 AND purpose = $2 AND subject_hash = $3 AND wrapped IS NOT NULL
          AND seals_reserved <= $5 - $4
          AND generation = (SELECT max(generation) FROM artel_keys.data_key
            WHERE tenant_id = $1 AND purpose = $2 AND subject_hash = $3)
        RETURNING key_id, tenant_id, purpose, subject_hash, generation, wrapping_key_id, wrapped
        """, .uuid(owner.tenantID), .text(owner.purpose.rawValue), .bytes(owner.subject),
        .int(seals), .int(Self.mostSeals))
    ).first.map { try StoredKey($0) }
  }

  public func ids(of owner: StoredKey.Owner) async throws -> [String] {
    try await query(
      Statement(
        """
        SELECT key_id FROM artel_keys.data_key
        WHERE tenant_id = $1 AND purpose = $2 AND subject_hash = $3 ORDER BY generation
        """, .uuid(owner.tenantID), .text(owner.purpose.rawValue), .bytes(owner.subject))
    ).map { try $0.uuid(0) }
  }

  public func keys(_ ids: [String], tenantID: String) async throws -> [StoredKey] {
    try await query(
      Statement(
        """
        SELECT key_id, tenant_id, purpose, subject_hash, generation, wrapping_key_id, wrapped
        FROM artel_keys.data_key WHERE tenant_id = $1 AND key_id = ANY ($2)
        """, .uuid(tenantID), .uuidArray(ids))
    ).map { try StoredKey($0) }
  }

  public func add(_ key: StoredKey) async throws -> Bool {
    let added = try await query(
      Statement(
        "SELECT artel_keys.add_key($1, $2, $3, $4, $5, $6, $7, $8)",
        .uuid(key.owner.tenantID), .uuid(key.id), .text(key.owner.purpose.rawValue),
        .bytes(key.owner.subject), .int4(Int32(key.generation)), .uuid(key.wrappingID),
        .bytes(key.wrapped), .uuid(try await rows.id())))
    return try added.first?.bool(0) ?? false
  }

  public func destroy(_ tombstone: StoredKey) async throws -> Int {
    let owner = tombstone.owner
    let rows = try await query(
      Statement(
        "SELECT artel_keys.destroy_subject($1, $2, $3)", .uuid(owner.tenantID),
        .bytes(owner.subject), .uuid(tombstone.id)))
    return try rows.first?.int(0) ?? 0
  }

  public func all(tenantID: String) async throws -> [StoredKey] {
    try await query(
      Statement(
        """
        SELECT key_id, tenant_id, purpose, subject_hash, generation, wrapping_key_id, wrapped
        FROM artel_keys.data_key WHERE tenant_id = $1 ORDER BY key_id
        """, .uuid(tenantID))
    ).map { try StoredKey($0) }
  }

  public func changes(since epoch: Int64?) async throws -> KeyChanges {
    let rows = try await pool.query(
      Statement(
        """
        SELECT e.epoch, t.tenant_id FROM artel_keys.epoch AS e
          LEFT JOIN artel_keys.tenant AS t ON t.epoch > $1
        """, .int8(epoch)), in: nil, deadline: .now + Self.probePatience)
    guard let row = rows.first else {
      throw PostgresError(code: .decoding, diagnostic: "the key store has no epoch")
    }
    return KeyChanges(
      epoch: Int64(try row.int(0)), tenantIDs: try rows.compactMap { try $0.optionalUUID(1) })
  }

  public func roots(after id: String?, limit: Int) async throws -> [StoredKey] {
    try await query(
      Statement(
        """
        SELECT key_id, tenant_id, purpose, subject_hash, generation, wrapping_key_id, wrapped
        FROM artel_keys.data_key
        WHERE wrapping_key_id IS NULL AND wrapped IS NOT NULL AND ($1::uuid IS NULL OR key_id > $1)
        ORDER BY key_id LIMIT $2
        """, .uuid(id), .int(limit))
    ).map { try StoredKey($0) }
  }

  public func rewrap(
    _ key: StoredKey, as wrapped: [UInt8], by wrappingID: String?
  ) async throws {
    _ = try await pool.execute(
      Statement(
        """
        UPDATE artel_keys.data_key SET wrapped = $3, wrapping_key_id = $4
        WHERE tenant_id = $1 AND key_id = $2 AND wrapped = $5
        """, .uuid(key.owner.tenantID), .uuid(key.id), .bytes(wrapped), .uuid(wrappingID),
        .bytes(key.wrapped)), in: nil, deadline: .now + Self.patience)
  }

  func query(_ statement: Statement) async throws -> [PostgresRow] {
    try await pool.query(statement, in: nil, deadline: .now + Self.patience)
  }
}

extension StoredKey {
  init(_ row: PostgresRow) throws {
    guard let purpose = Purpose(rawValue: try row.text(2)) else {
      throw PostgresError(code: .decoding, diagnostic: "a key is for nothing that is known")
    }
    self.init(
      id: try row.uuid(0),
      owner: Owner(tenantID: try row.uuid(1), purpose: purpose, subject: try row.bytes(3)),
      generation: try row.int(4), wrappingID: try row.optionalUUID(5),
      wrapped: try row.optionalBytes(6))
  }
}
