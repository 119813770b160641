public import Postgres
import Storage

/// Writes the sealed entries of a log as lines of JSON.
public struct AuditExport: Sendable {
  private static let page = 2000
  private static let patience: Duration = .seconds(30)

  private let pool: PostgresPool

  /// - Parameter pool: of the role `artel_sealer`.
  public init(pool: PostgresPool) { self.pool = pool }

  /// Hands out the lines, in the order of the log; of an entry that is gone, what is left.
  public func lines(
    of log: AuditVerifier.Log, to sink: (String) throws -> Void
  ) async throws {
    guard let tenantID = log.tenantID else { return }
    var next = 0
    while true {
      let rows = try await pool.read(
        Statement(
          """
          SELECT l.leaf_index, l.leaf_digest, l.audit_entry_id, e.* FROM artel.audit_leaf AS l
          LEFT JOIN artel.audit_entry AS e USING (tenant_id, audit_entry_id)
          WHERE l.tenant_id = $1 AND l.leaf_index >= $2 ORDER BY l.leaf_index LIMIT $3
          """, .uuid(tenantID), .int(next), .int(Self.page)), in: nil,
        deadline: .now + Self.patience)
      guard let last = rows.last else { return }
      for row in rows {
        let leaf = (index: try row.int(0), hash: try row.bytes(1))
        for missing in next..<leaf.index {
          try sink(AuditLine.text(of: AuditFault(.missing, missing), tenant: log.name))
        }
        if try row.optionalUUID(3) != nil {
          try sink(AuditLine.text(of: try AuditEntry(row, at: 3), tenant: log.name, leaf: leaf))
        } else {
          try sink(
            AuditLine.text(
              of: AuditFault(.deleted, leaf.index, entryID: try row.uuid(2)), tenant: log.name))
        }
        next = leaf.index + 1
      }
      next = try last.int(0) + 1
    }
  }
}
