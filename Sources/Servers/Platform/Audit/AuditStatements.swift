import LibCrypto
import Mutation
import Postgres
import Storage

/// What is asked of the tables of the logs.
enum AuditStatements {
  /// The most entries that are sealed at once.
  static let page = 2000

  /// One sealer at a time, in whatever process: held to the end of the transaction.
  static let lock = Statement("SELECT pg_try_advisory_xact_lock(4711, 61)")

  static let position = Statement(
    """
    SELECT xid::text, sequence, pg_snapshot_xmin(pg_current_snapshot())::text
    FROM (SELECT 1) AS one LEFT JOIN artel.audit_position ON true
    """)

  /// Neither the time nor the number of an entry says when it becomes visible: a slow transaction
  /// commits after a fast one that began later. Of the transactions below the snapshot's `xmin` every
  /// one has ended: only their entries are sealed, in an order in which none can still appear before
  /// (S-G9). A restored tenant brings entries that are sealed already.
  static func unsealed(after position: AuditPosition) -> Statement {
    if Mutation.isOn(.sealsBeforeTheHorizon) {
      return Statement(
        """
        SELECT e.xid::text AS xid_text, e.sequence, e.* FROM artel.audit_entry AS e
        WHERE (e.xid, e.sequence) > ($1::text::xid8, $2) ORDER BY e.xid, e.sequence LIMIT $3
        """, .text(String(position.transaction)), .int(position.sequence), .int(page))
    }
    return Statement(
      """
      SELECT e.xid::text AS xid_text, e.sequence, e.*
      FROM artel.audit_entry AS e
      WHERE (e.xid, e.sequence) > ($1::text::xid8, $2)
        AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
        AND NOT EXISTS (SELECT FROM artel.audit_leaf AS l
          WHERE l.tenant_id = e.tenant_id AND l.audit_entry_id = e.audit_entry_id)
      ORDER BY e.xid, e.sequence LIMIT $3
      """, .text(String(position.transaction)), .int(position.sequence), .int(page))
  }

  static func setPosition(_ position: AuditPosition) -> Statement {
    Statement(
      """
      INSERT INTO artel.audit_position (xid, sequence) VALUES ($1::text::xid8, $2)
      ON CONFLICT (singleton) DO UPDATE SET xid = excluded.xid, sequence = excluded.sequence
      """, .text(String(position.transaction)), .int(position.sequence))
  }

  /// The logs of tenants: name, whether it is erased, size; the newest checkpoint's size and note; the
  /// newest epoch, its size and note.
  static func logs(_ tenantIDs: [String]) -> Statement {
    Statement(
      """
      SELECT t.tenant_id, t.name, t.state = 'ERASED',
        coalesce((SELECT max(l.leaf_index) + 1 FROM artel.audit_leaf AS l
          WHERE l.tenant_id = t.tenant_id), 0), c.tree_size, c.note, p.epoch, p.tree_size, p.note
      FROM artel.tenant AS t
      LEFT JOIN LATERAL (SELECT tree_size, note FROM artel.audit_checkpoint AS c
        WHERE c.tenant_id = t.tenant_id ORDER BY tree_size DESC LIMIT 1) AS c ON true
      LEFT JOIN LATERAL (SELECT epoch, tree_size, note FROM artel.audit_epoch AS p
        WHERE p.tenant_id = t.tenant_id ORDER BY epoch DESC LIMIT 1) AS p ON true
      WHERE t.tenant_id = ANY ($1)
      """, .uuidArray(tenantIDs))
  }

  /// The newest checkpoint of every log.
  static let newestCheckpoints = Statement(
    """
    SELECT c.note FROM artel.tenant AS t
    CROSS JOIN LATERAL (SELECT note FROM artel.audit_checkpoint AS c
      WHERE c.tenant_id = t.tenant_id ORDER BY tree_size DESC LIMIT 1) AS c
    """)

  /// Subtrees of a log, leaves among them: level, index, hash.
  static func nodes(_ nodes: [MerkleNode], of tenantID: String) -> Statement {
    let inner = nodes.filter { $0.level > 0 }
    return Statement(
      """
      SELECT n.level::bigint, n.node_index, n.node_digest FROM artel.audit_node AS n
      JOIN unnest($2::bigint[], $3::bigint[]) AS wanted (level, node_index)
        ON n.level = wanted.level AND n.node_index = wanted.node_index
      WHERE n.tenant_id = $1
      UNION ALL
      SELECT 0, l.leaf_index, l.leaf_digest FROM artel.audit_leaf AS l
      WHERE l.tenant_id = $1 AND l.leaf_index = ANY ($4)
      """, .uuid(tenantID), .int8Array(inner.map { Int64($0.level) }),
      .int8Array(inner.map { Int64($0.index) }),
      .int8Array(nodes.filter { $0.level == 0 }.map { Int64($0.index) }))
  }

  /// What `nodes` answers.
  static func known(_ rows: [PostgresRow]) throws -> [MerkleNode: [UInt8]] {
    var known: [MerkleNode: [UInt8]] = [:]
    for row in rows {
      known[MerkleNode(level: try row.int(0), index: try row.int(1))] = try row.bytes(2)
    }
    return known
  }

  /// The newest checkpoint, or the first of a size or more: size, root, note, time.
  static func checkpoint(of tenantID: String, from size: Int) -> Statement {
    guard size > 0 else {
      return Statement(
        """
        SELECT tree_size, root_digest, note, create_time FROM artel.audit_checkpoint
        WHERE tenant_id = $1 ORDER BY tree_size DESC LIMIT 1
        """, .uuid(tenantID))
    }
    return Statement(
      """
      SELECT tree_size, root_digest, note, create_time FROM artel.audit_checkpoint
      WHERE tenant_id = $1 AND tree_size >= $2 ORDER BY tree_size LIMIT 1
      """, .uuid(tenantID), .int(size))
  }
}
