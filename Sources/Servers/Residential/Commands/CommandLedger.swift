import Postgres
import RPC
import Storage

/// Moves commands from state to state: each move with its audit entry, its event and its entry in
/// the journal, all in the transaction of the change.
struct CommandLedger: Sendable {
  let timing: CommandTiming

  /// What became of an attempt to move a command.
  enum Settlement {
    /// It was moved.
    case moved(CommandRecord)
    /// Its state is another, from which no move leads there.
    case refused(CommandRecord)
  }

  /// Writes an outcome down.
  ///
  /// The row is locked first and its state compared again by the update itself, so that of an
  /// answer and a report that race, each finds what the other one left.
  ///
  /// - Returns: Nil where there is no such command.
  func settle(
    _ id: String, _ outcome: CommandOutcome, in change: TenantChange
  ) async throws -> Settlement? {
    guard var record = try await CommandRows.lock(id, in: change) else { return nil }
    guard let route = record.state.route(to: outcome.state) else { return .refused(record) }
    for state in route {
      record = try await move(record, to: state, outcome, in: change)
    }
    if let result = JournalResult(outcome.state) {
      try await Journal.write(record, result, in: change)
    }
    return .moved(record)
  }

  private func move(
    _ record: CommandRecord, to state: CommandState, _ outcome: CommandOutcome,
    in change: TenantChange
  ) async throws -> CommandRecord {
    // A foreign clock is believed within what is possible: after the send, not in the future.
    let rows = try await change.query(
      Statement(
        """
        UPDATE artel.command SET state = $3,
          ack_time = CASE WHEN $3 = 'ACKNOWLEDGED' THEN now() ELSE ack_time END,
          executed_time = CASE WHEN $3 = 'EXECUTED'
            THEN least(greatest(coalesce($4, now()), sent_time), now()) END,
          failure_code = $5, partner_code = $6, lease_owner = NULL,
          lease_until = CASE WHEN $3 = 'ACKNOWLEDGED'
            THEN greatest(deadline, now()) + make_interval(secs => $7) END
        WHERE command_id = $1 AND state = $2
        RETURNING command_id, request_id, property_id, access_point_id, unit_id, subject, state,
          allowed, reasons, deadline, create_time, sent_time, ack_time, executed_time,
          failure_code, partner_code, partner_id
        """,
        .uuid(record.id), .text(record.state.rawValue), .text(state.rawValue),
        .timestamp(outcome.occurTime), .text(outcome.failure?.code.rawValue),
        .text(outcome.failure?.partnerCode), .double(timing.executionGrace.inSeconds)))
    guard let row = rows.first else {
      throw RPCError(
        code: .aborted, reason: "CONFLICT", message: "another change of the command came between")
    }
    try await Self.record(record.id, from: record.state, to: state, in: change)
    return try CommandRecord(row)
  }

  /// Writes the audit entry and the event of one move.
  static func record(
    _ id: String, from old: CommandState, to new: CommandState, in change: TenantChange
  ) async throws {
    try await change.record(
      resource: ResourceName.command(id), change: "\(old.rawValue) -> \(new.rawValue)",
      event: "residential.command.changed", payload: ["state": new.rawValue])
  }
}
