import Mutation
import Postgres
import RPC

/// A place in the commit order of a journal: transaction, then sequence.
///
/// Callers hold it as the identifier of the event before it. The two numbers themselves count the
/// changes of all tenants, which is no tenant's business.
struct JournalPosition: Sendable, Hashable {
  /// A transaction number (`xid8`), as text.
  let transaction: String
  let sequence: Int

  /// Before every event.
  private static let startToken = "start"
  static let start = JournalPosition(transaction: "0", sequence: 0)

  /// The token of the place behind an event, or of the beginning.
  static func token(eventID: String?) -> String { eventID ?? startToken }

  /// The place behind the event that a token names in the parent's journal; without a token, the
  /// place behind everything whose place is settled.
  ///
  /// - Throws: INVALID_ARGUMENT for a token that is not one of this journal.
  static func read(
    _ token: String, _ parent: JournalParent, in source: some RowSource
  ) async throws -> JournalPosition {
    if token.isEmpty {
      let row = try await source.query(
        Statement("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
      ).first
      return JournalPosition(transaction: try row?.text(0) ?? "0", sequence: 0)
    }
    if token == startToken { return .start }
    guard ResourceName.isUUID(token),
      let row = try await source.query(statement(token, parent)).first
    else {
      throw RPCError(
        code: .invalidArgument, reason: "RESUME_TOKEN_INVALID",
        message: "resume_token is not one of this journal",
        violations: [.init(field: "resume_token", description: "is not one of this journal")])
    }
    return JournalPosition(transaction: try row.text(0), sequence: try row.int(1))
  }

  private static func statement(_ eventID: String, _ parent: JournalParent) -> Statement {
    switch parent {
    case _ where Mutation.isOn(.takesOtherJournals):
      Statement(
        "SELECT xid::text, sequence FROM artel.access_event WHERE access_event_id = $1",
        .uuid(eventID))
    case .unit(let id):
      Statement(
        """
        SELECT xid::text, sequence FROM artel.access_event
        WHERE access_event_id = $1 AND unit_id = $2
        """,
        .uuid(eventID), .text(id))
    case .property(let id):
      Statement(
        """
        SELECT xid::text, sequence FROM artel.access_event
        WHERE access_event_id = $1 AND property_id = $2
        """,
        .uuid(eventID), .text(id))
    }
  }
}
