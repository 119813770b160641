import Postgres

/// Reads commands.
enum CommandRows {
  static func find(_ id: String, in source: some RowSource) async throws -> CommandRecord? {
    try await source.query(
      Statement(
        """
        SELECT command_id, request_id, property_id, access_point_id, unit_id, subject, state,
          allowed, reasons, deadline, create_time, sent_time, ack_time, executed_time,
          failure_code, partner_code, partner_id
        FROM artel.command WHERE command_id = $1
        """,
        .uuid(id))
    ).first.map(CommandRecord.init)
  }

  /// The command of a request, whoever asked.
  static func find(
    requestID: String, in source: some RowSource
  ) async throws -> CommandRecord? {
    try await source.query(
      Statement(
        """
        SELECT command_id, request_id, property_id, access_point_id, unit_id, subject, state,
          allowed, reasons, deadline, create_time, sent_time, ack_time, executed_time,
          failure_code, partner_code, partner_id
        FROM artel.command WHERE request_id = $1
        """,
        .uuid(requestID))
    ).first.map(CommandRecord.init)
  }

  /// The command, locked until the transaction ends.
  static func lock(_ id: String, in source: some RowSource) async throws -> CommandRecord? {
    try await source.query(
      Statement(
        """
        SELECT command_id, request_id, property_id, access_point_id, unit_id, subject, state,
          allowed, reasons, deadline, create_time, sent_time, ack_time, executed_time,
          failure_code, partner_code, partner_id
        FROM artel.command WHERE command_id = $1 FOR UPDATE
        """,
        .uuid(id))
    ).first.map(CommandRecord.init)
  }
}
