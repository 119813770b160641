import Postgres
import Storage

/// Reads the outbox in an order that loses nothing.
///
/// Neither the time nor the number of an event says when it becomes visible: a slow transaction
/// commits after a fast one that began later. What does say it is PostgreSQL's own snapshot: of
/// the transactions below its `xmin` every one has ended, so no event of theirs can still appear.
/// Only those events are read, ordered by transaction, and the place after the last of them is
/// safe to go on from (S-G9).
///
/// The price: a transaction that writes anywhere in the server, in whatever database, holds back
/// the events of those after it until it ends.
struct OutboxReader: OutboxSource {
  private static let patience: Duration = .seconds(5)

  /// The pool of the role `artel_dispatcher`.
  let pool: PostgresPool

  func horizon() async throws -> UInt64 {
    try Self.horizon(
      try await pool.read(Self.horizonStatement, in: nil, deadline: .now + Self.patience))
  }

  func page(after position: OutboxPosition) async throws -> OutboxPage {
    let answers = try await pool.read(
      [Self.horizonStatement, Self.pageStatement(after: position)], in: nil,
      deadline: .now + Self.patience)
    guard answers.count == 2 else {
      throw PostgresError(code: .decoding, diagnostic: "two answers were expected")
    }
    var end = position
    var unreadable = 0
    var events: [OutboxEvent] = []
    for row in answers[1] {
      end = OutboxPosition(
        transaction: try Self.transaction(try row.text(5)), sequence: try row.int(6))
      do {
        events.append(try Self.event(row))
      } catch is DecodingError {
        // A payload that is no object of strings: nobody here wrote it.
        unreadable += 1
      }
    }
    return OutboxPage(
      horizon: try Self.horizon(answers[0]), events: events, unreadable: unreadable, end: end,
      isFull: answers[1].count >= OutboxPage.size)
  }

  func deleteOldest(olderThan age: Duration) async throws -> Int {
    try await pool.execute(
      Statement(
        """
        DELETE FROM artel.outbox_event
        WHERE (tenant_id, outbox_event_id) IN (
          SELECT tenant_id, outbox_event_id
          FROM (
            SELECT tenant_id, outbox_event_id, create_time, xid
            FROM artel.outbox_event ORDER BY xid, sequence LIMIT $2) AS oldest
          WHERE create_time < now() - make_interval(secs => $1)
            -- What nobody could read yet is nobody's to delete, however old it is.
            AND xid < pg_snapshot_xmin(pg_current_snapshot()))
        """, .double(age / .seconds(1)), .int(OutboxPage.size)),
      in: nil, deadline: .now + .seconds(10))
  }

  private static let horizonStatement = Statement(
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text")

  /// Ordered by the column, not by its text of the same name, whose order is another.
  private static func pageStatement(after position: OutboxPosition) -> Statement {
    Statement(
      """
      SELECT e.tenant_id, e.outbox_event_id, e.type, e.resource, e.payload,
        e.xid::text AS xid_text, e.sequence
      FROM artel.outbox_event AS e
      WHERE (e.xid, e.sequence) > ($1::text::xid8, $2)
        AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY e.xid, e.sequence LIMIT $3
      """, .text(String(position.transaction)), .int(position.sequence), .int(OutboxPage.size))
  }

  private static func event(_ row: PostgresRow) throws -> OutboxEvent {
    OutboxEvent(
      tenantID: try row.uuid(0), id: try row.uuid(1), type: try row.text(2),
      resource: try row.text(3), payload: try OutboxEvent.payload(json: try row.text(4)))
  }

  private static func horizon(_ rows: [PostgresRow]) throws -> UInt64 {
    guard let row = rows.first else {
      throw PostgresError(code: .decoding, diagnostic: "there is no horizon")
    }
    return try transaction(try row.text(0))
  }

  private static func transaction(_ text: String) throws(PostgresError) -> UInt64 {
    guard let number = UInt64(text) else {
      throw PostgresError(code: .decoding, diagnostic: "not a transaction's number")
    }
    return number
  }
}
