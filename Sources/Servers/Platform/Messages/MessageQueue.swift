import LibCrypto
import Postgres

/// The messages of all tenants that wait to be sent.
struct MessageQueue: Sendable {
  /// Longer than any sender takes: behind it, another process sends what one that died had taken.
  static let lease: Duration = .seconds(60)
  private static let atOnce = 8
  private static let patience: Duration = .seconds(10)

  /// One that was taken.
  struct Entry: Sendable {
    let tenantID: String
    let id: String
    let kind: MessageKind
    let sealedRecipient: [UInt8]
    let sealedText: [UInt8]
    /// How often it was taken, this time among them.
    let attempts: Int

    /// What it says.
    ///
    /// - Throws: `CryptoError` where it was sealed by a key that is gone, or was moved.
    func opened(_ envelope: Envelope) throws(CryptoError) -> Message {
      Message(
        id: id, kind: kind,
        recipient: String(
          decoding: try envelope.open(
            sealedRecipient, at: place(tenantID, "sealed_recipient", message: id)), as: UTF8.self),
        text: String(
          decoding: try envelope.open(sealedText, at: place(tenantID, "sealed_text", message: id)),
          as: UTF8.self))
    }
  }

  /// The pool of the role `artel_dispatcher`.
  let pool: PostgresPool

  /// Where the parts of a message are stored.
  static func place(_ tenantID: String, _ column: String, message id: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: "message", column: column, row: id)
  }

  /// Takes some of these kinds for a while, in a transaction that is over before they are sent. Other
  /// kinds are for processes that send them.
  func take(_ kinds: Set<MessageKind>) async throws -> [Entry] {
    try await execute(
      Statement(
        """
        DELETE FROM artel.message WHERE (tenant_id, message_id) IN (
          SELECT tenant_id, message_id FROM artel.message WHERE expire_time <= now()
          LIMIT 1000 FOR UPDATE SKIP LOCKED)
        """))
    let rows = try await pool.query(
      Statement(
        """
        UPDATE artel.message SET attempts = attempts + 1,
          next_time = now() + make_interval(secs => $1)
        WHERE (tenant_id, message_id) IN (
          SELECT tenant_id, message_id FROM artel.message
          WHERE next_time <= now() AND expire_time > now() AND kind = ANY ($3)
          ORDER BY next_time LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, message_id, kind, sealed_recipient, sealed_text, attempts
        """, .double(Self.lease / .seconds(1)), .int(Self.atOnce),
        .textArray(kinds.map(\.rawValue))),
      in: nil, deadline: .now + Self.patience)
    return try rows.map { row in
      Entry(
        tenantID: try row.uuid(0), id: try row.uuid(1),
        kind: try row.text(2) == MessageKind.sms.rawValue ? .sms : .email,
        sealedRecipient: try row.bytes(3), sealedText: try row.bytes(4),
        attempts: try row.int(5))
    }
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
