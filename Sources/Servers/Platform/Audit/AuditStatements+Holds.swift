import LibCrypto
import Postgres

extension AuditStatements {
  /// Logs that are held back: tenant, place, note.
  static let holds = Statement(
    "SELECT held_tenant_id, xid::text, sequence, note FROM artel.audit_hold")

  /// Holds a log back from a place on; the first hold of it stays.
  static func hold(
    _ tenantID: String, behind position: AuditPosition, _ fault: AuditFault, note: String?
  )
    -> Statement
  {
    Statement(
      """
      INSERT INTO artel.audit_hold (held_tenant_id, xid, sequence, fault, note)
      VALUES ($1, $2::text::xid8, $3, $4, $5) ON CONFLICT (held_tenant_id) DO NOTHING
      """, .uuid(tenantID), .text(String(position.transaction)), .int(position.sequence),
      .text(fault.description), .text(note))
  }

  /// Where the entries of a held log go on.
  static func moveHold(_ tenantID: String, to position: AuditPosition) -> Statement {
    Statement(
      """
      UPDATE artel.audit_hold SET xid = $2::text::xid8, sequence = $3 WHERE held_tenant_id = $1
      """, .uuid(tenantID), .text(String(position.transaction)), .int(position.sequence))
  }

  /// Ends holds.
  static func release(_ tenantIDs: [String]) -> Statement {
    Statement(
      "DELETE FROM artel.audit_hold WHERE held_tenant_id = ANY ($1)", .uuidArray(tenantIDs))
  }

  /// The entries of one tenant that wait behind a place, as `unsealed` finds them of all.
  static func unsealed(of tenantID: String, after position: AuditPosition) -> Statement {
    Statement(
      """
      SELECT e.xid::text AS xid_text, e.sequence, e.*
      FROM artel.audit_entry AS e
      WHERE e.tenant_id = $4 AND (e.xid, e.sequence) > ($1::text::xid8, $2)
        AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
        AND NOT EXISTS (SELECT FROM artel.audit_leaf AS l
          WHERE l.tenant_id = e.tenant_id AND l.audit_entry_id = e.audit_entry_id)
      ORDER BY e.xid, e.sequence LIMIT $3
      """, .text(String(position.transaction)), .int(position.sequence), .int(page),
      .uuid(tenantID))
  }

  /// Subtrees of many logs, leaves among them: tenant, level, index, hash.
  static func nodes(_ wanted: [(tenantID: String, node: MerkleNode)]) -> Statement {
    Statement(
      """
      WITH wanted AS (
        SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS w (tenant_id, level, place))
      SELECT w.tenant_id, w.level, w.place, n.node_digest FROM wanted AS w
      JOIN artel.audit_node AS n
        ON n.tenant_id = w.tenant_id AND n.level = w.level AND n.node_index = w.place
      WHERE w.level > 0
      UNION ALL
      SELECT w.tenant_id, 0, w.place, l.leaf_digest FROM wanted AS w
      JOIN artel.audit_leaf AS l ON l.tenant_id = w.tenant_id AND l.leaf_index = w.place
      WHERE w.level = 0
      """, .uuidArray(wanted.map(\.tenantID)), .int8Array(wanted.map { Int64($0.node.level) }),
      .int8Array(wanted.map { Int64($0.node.index) }))
  }

  /// Since how many seconds the oldest entry waits, and how many logs are held back.
  static func waiting(behind position: AuditPosition) -> Statement {
    Statement(
      """
      SELECT extract(epoch FROM clock_timestamp() - min(w.create_time))::double precision,
        (SELECT count(*) FROM artel.audit_hold)
      FROM (
        (SELECT e.create_time FROM artel.audit_entry AS e
          WHERE (e.xid, e.sequence) > ($1::text::xid8, $2)
            AND NOT EXISTS (SELECT FROM artel.audit_leaf AS l
              WHERE l.tenant_id = e.tenant_id AND l.audit_entry_id = e.audit_entry_id)
            AND NOT EXISTS (SELECT FROM artel.audit_hold AS h
              WHERE h.held_tenant_id = e.tenant_id)
          ORDER BY e.xid, e.sequence LIMIT 1)
        UNION ALL SELECT create_time FROM artel.audit_hold) AS w
      """, .text(String(position.transaction)), .int(position.sequence))
  }

  /// As `lock`, but waits for whoever has it.
  static let waitForLock = Statement("SELECT pg_advisory_xact_lock(4711, 61)")

  /// Names a log anew.
  static func addEpoch(
    _ epoch: Int, of tenantID: String, _ checkpoint: SignedCheckpoint
  ) -> Statement {
    Statement(
      """
      INSERT INTO artel.audit_epoch (tenant_id, epoch, tree_size, note) VALUES ($1, $2, $3, $4)
      """, .uuid(tenantID), .int(epoch), .int(checkpoint.size), .text(checkpoint.note))
  }

  /// The epochs of a log, the oldest first: number, size, note.
  static func epochs(of tenantID: String) -> Statement {
    Statement(
      "SELECT epoch, tree_size, note FROM artel.audit_epoch WHERE tenant_id = $1 ORDER BY epoch",
      .uuid(tenantID))
  }
}
