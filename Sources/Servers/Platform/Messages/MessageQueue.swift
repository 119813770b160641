import LibCrypto
import Postgres
import Storage

/// The messages of all tenants that wait to be sent.
struct MessageQueue: Sendable {
  /// Longer than any sender takes: behind it, another process sends what one that died had taken.
  static let lease: Duration = .seconds(60)
  private static let patience: Duration = .seconds(10)

  /// One that was taken.
  struct Entry: Sendable {
    let tenantID: String
    let id: String
    let kind: MessageKind
    let sealedRecipient: [UInt8]
    let sealedText: [UInt8]
    /// Whose login the recipient is.
    let personID: String?
    /// How often it was taken, this time among them.
    let attempts: Int

    /// What it says.
    ///
    /// - Throws: `CryptoError` or `VaultError`, of which `VaultError.isFinal` tells which pass.
    func opened(_ vault: TenantVault) async throws -> Message {
      Message(
        id: id, kind: kind,
        recipient: String(
          decoding: try await vault.secret(sealedRecipient, at: recipientPlace), as: UTF8.self),
        text: String(
          decoding: try await vault.secret(
            sealedText, at: place(tenantID, "sealed_text", message: id)), as: UTF8.self))
    }

    /// What a person's login was sealed for; nobody's was sealed for the message itself.
    private var recipientPlace: SealedPlace {
      guard let personID else { return place(tenantID, "sealed_recipient", message: id) }
      let login = PersonRow.Sealed.login
      return SealedPlace(
        tenant: tenantID, table: login.table, column: login.name, row: personID)
    }
  }

  /// The pool of the role `artel_dispatcher`.
  let pool: PostgresPool

  /// Where the parts of a message are stored.
  static func place(_ tenantID: String, _ column: String, message id: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: "message", column: column, row: id)
  }

  /// Takes some of a kind for a while, in a transaction that is over before they are sent: of each
  /// tenant its next one before anybody's second, so that nobody waits behind all those of another.
  ///
  /// - Parameters:
  ///   - mostOfTenant: How many of one tenant; nil for as many as of all.
  ///   - tenants: Whose are left alone.
  func take(
    _ kind: MessageKind, _ most: Int, ofTenant mostOfTenant: Int? = nil,
    without tenants: [String] = []
  ) async throws -> [Entry] {
    try await removeExpired()
    // The tenants with messages are found from each to the next by the index: what waits behind
    // the first few of one is not read.
    let rows = try await pool.query(
      Statement(
        """
        WITH RECURSIVE waiting AS (
          (SELECT tenant_id FROM artel.message WHERE kind = $3 ORDER BY tenant_id LIMIT 1)
          UNION ALL
          SELECT (SELECT m.tenant_id FROM artel.message m
            WHERE m.kind = $3 AND m.tenant_id > waiting.tenant_id ORDER BY m.tenant_id LIMIT 1)
          FROM waiting WHERE waiting.tenant_id IS NOT NULL
        ), due AS (
          SELECT own.tenant_id, own.message_id, own.next_time,
            row_number() OVER (PARTITION BY own.tenant_id ORDER BY own.next_time) AS turn
          FROM waiting CROSS JOIN LATERAL (
            SELECT m.tenant_id, m.message_id, m.next_time FROM artel.message m
            WHERE m.kind = $3 AND m.tenant_id = waiting.tenant_id AND m.next_time <= now()
              AND m.expire_time > now()
            ORDER BY m.next_time LIMIT $5) own
          WHERE waiting.tenant_id <> ALL ($4::text[]::uuid[])
        ), taken AS (
          SELECT m.tenant_id, m.message_id FROM artel.message m
          JOIN due USING (tenant_id, message_id)
          WHERE m.next_time <= now() AND m.expire_time > now()
          ORDER BY due.turn, due.next_time LIMIT $2 FOR UPDATE OF m SKIP LOCKED)
        UPDATE artel.message m SET attempts = attempts + 1,
          next_time = now() + make_interval(secs => $1)
        FROM taken WHERE m.tenant_id = taken.tenant_id AND m.message_id = taken.message_id
        RETURNING m.tenant_id, m.message_id, m.kind, m.sealed_recipient, m.sealed_text, m.attempts,
          m.person_id
        """, .double(Self.lease / .seconds(1)), .int(most), .text(kind.rawValue),
        .textArray(tenants), .int(mostOfTenant ?? most)),
      in: nil, deadline: .now + Self.patience)
    return try rows.map { row in
      Entry(
        tenantID: try row.uuid(0), id: try row.uuid(1),
        kind: try row.text(2) == MessageKind.sms.rawValue ? .sms : .email,
        sealedRecipient: try row.bytes(3), sealedText: try row.bytes(4),
        personID: try row.optionalUUID(6), attempts: try row.int(5))
    }
  }

  /// Takes out what is of no use any more.
  func removeExpired() async throws {
    try await execute(
      Statement(
        """
        DELETE FROM artel.message WHERE (tenant_id, message_id) IN (
          SELECT tenant_id, message_id FROM artel.message WHERE expire_time <= now()
          LIMIT 1000 FOR UPDATE SKIP LOCKED)
        """))
  }

  /// It was sent, or never will be.
  func remove(_ entry: Entry) async throws {
    try await execute(
      Statement(
        "DELETE FROM artel.message WHERE tenant_id = $1 AND message_id = $2",
        .uuid(entry.tenantID), .uuid(entry.id)))
  }

  /// It is sent again later: unless somebody else has taken it since.
  func putBack(_ entry: Entry, for time: Duration) async throws {
    try await execute(
      Statement(
        """
        UPDATE artel.message SET next_time = now() + make_interval(secs => $4)
        WHERE tenant_id = $1 AND message_id = $2 AND attempts = $3
        """,
        .uuid(entry.tenantID), .uuid(entry.id), .int4(Int32(entry.attempts)),
        .double(time / .seconds(1))))
  }

  private func execute(_ statement: Statement) async throws {
    _ = try await pool.execute(statement, in: nil, deadline: .now + Self.patience)
  }
}
