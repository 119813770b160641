import GeneratedAudit
import Postgres
import Storage
import SwiftProtobuf

/// Which entries are listed.
struct AuditFilter {
  private let request: Artel_Audit_V1_ListAuditEntriesRequest

  /// What a token of a page is good for.
  let name: String

  /// Whether people are found by their names.
  private let findsPeople: Bool

  /// - Parameter findsPeople: whether the caller is told which people did what.
  /// - Throws: `RPCError` with `.invalidArgument` for a text that no column can hold.
  init(_ request: Artel_Audit_V1_ListAuditEntriesRequest, findsPeople: Bool) throws {
    for (field, text) in [
      ("resource", request.resource), ("actor", request.actor), ("action", request.action),
      ("code", request.code),
    ] where text.utf8.contains(0) { throw Refusal.invalid(field, "has a character that is none") }
    self.request = request
    self.findsPeople = findsPeople
    var same = request
    same.pageSize = 0
    same.pageToken = ""
    name = try same.jsonString()
  }

  /// The entries behind one, the newest first: their place in the log, and themselves.
  func statement(after id: String?, limit: Int, _ vault: TenantVault, tenantID: String)
    async throws -> Statement
  {
    // A person is found by a blind index, everybody else by name, and so is a person of whom an entry
    // was written in clear.
    let index =
      request.actor.isEmpty || !findsPeople
      ? nil : try await vault.auditIndex(of: request.actor, tenantID: tenantID)
    func text(_ value: String) -> Parameter { .text(value.isEmpty ? nil : value) }
    func time(_ value: Google_Protobuf_Timestamp, _ isSet: Bool) -> Parameter {
      .timestamp(isSet ? Timestamp(seconds: value.seconds, nanoseconds: value.nanos) : nil)
    }
    return Statement(
      """
      SELECT l.leaf_index, e.* FROM artel.audit_entry AS e
      LEFT JOIN artel.audit_leaf AS l USING (tenant_id, audit_entry_id)
      WHERE ($1::uuid IS NULL OR e.audit_entry_id < $1)
        AND ($2::text IS NULL OR e.resource = $2)
        AND ($3::text IS NULL OR e.actor_index = $10
          OR e.actor = $3 AND ($13 OR e.principal_kind NOT IN ('USER', 'ADMINISTRATOR')))
        AND ($4::text IS NULL OR e.action = $4) AND ($5::text IS NULL OR e.code = $5)
        AND ($6::uuid IS NULL OR e.call_id = $6)
        AND ($7::timestamptz IS NULL OR e.create_time >= $7)
        AND ($8::timestamptz IS NULL OR e.create_time < $8)
        AND ($11::uuid IS NULL OR e.audit_entry_id >= $11)
        AND ($12::uuid IS NULL OR e.audit_entry_id < $12)
      ORDER BY e.audit_entry_id DESC LIMIT $9
      """, .uuid(id), text(request.resource), text(request.actor), text(request.action),
      text(request.code), .uuid(request.call.isEmpty ? nil : request.call.lowercased()),
      time(request.startTime, request.hasStartTime), time(request.endTime, request.hasEndTime),
      .int(limit), .bytes(index),
      .uuid(
        request.hasStartTime ? Self.bound(request.startTime.seconds, plus: -Self.waiting) : nil),
      .uuid(request.hasEndTime ? Self.bound(request.endTime.seconds, plus: Self.skew) : nil),
      .bool(findsPeople))
  }

  /// The longest that an entry waits for the database behind the moment that its identifier names, in
  /// seconds; and how far the clocks of database and processes may be apart.
  private static let waiting: Int64 = 30 * 86_400
  private static let skew: Int64 = 86_400

  /// The first identifier of a second: identifiers begin with their time in milliseconds, so that
  /// entries of other times need not be read.
  static func bound(_ seconds: Int64, plus slack: Int64) -> String {
    let most: Int64 = (1 << 48) / 1000 - 1
    let milliseconds = min(max(0, min(max(0, seconds), most) + slack), most) * 1000
    let digits = String(milliseconds, radix: 16)
    let padded = String(repeating: "0", count: 12 - digits.count) + digits
    return "\(padded.prefix(8))-\(padded.suffix(4))-0000-0000-000000000000"
  }
}
