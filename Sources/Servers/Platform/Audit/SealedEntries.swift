import LibCrypto
import Postgres
import Storage

/// Rows that one look of the sealer adds to the logs.
struct SealedEntries {
  /// An entry with its place.
  struct Leaf: Sendable {
    let tenant: String
    let entry: AuditEntry
    let index: Int
    let hash: [UInt8]
  }

  private(set) var leaves: [Leaf] = []
  private var nodes: [(tenantID: String, node: MerkleNode, hash: [UInt8])] = []

  mutating func add(_ entry: AuditEntry, of tenant: String, to log: inout MerkleFrontier) {
    let hash = entry.leafHash
    leaves.append(Leaf(tenant: tenant, entry: entry, index: log.size, hash: hash))
    for (node, hash) in log.append(hash) { nodes.append((entry.tenantID, node, hash)) }
  }

  /// How many leaves there are of each tenant.
  var leavesByTenant: [String: Int] {
    leaves.reduce(into: [:]) { $0[$1.entry.tenantID, default: 0] += 1 }
  }

  /// How many subtrees there are of each tenant.
  var nodesByTenant: [String: Int] {
    nodes.reduce(into: [:]) { $0[$1.tenantID, default: 0] += 1 }
  }

  /// Adds the leaves. This statement, as the others, says how many rows of each tenant were added:
  /// one that is there already is somebody else's, and stays as it is.
  var leafStatement: Statement {
    Statement(
      """
      WITH added AS (
        INSERT INTO artel.audit_leaf (tenant_id, leaf_index, audit_entry_id, leaf_digest)
        SELECT t, i, e, decode(d, 'hex')
        FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[]) AS leaf (t, i, e, d)
        ON CONFLICT DO NOTHING RETURNING tenant_id)
      SELECT tenant_id, count(*) FROM added GROUP BY tenant_id
      """, .uuidArray(leaves.map(\.entry.tenantID)), .int8Array(leaves.map { Int64($0.index) }),
      .uuidArray(leaves.map(\.entry.id)), .textArray(leaves.map { Hexadecimal.encode($0.hash) }))
  }

  /// Adds the subtrees that the leaves complete.
  var nodeStatement: Statement {
    Statement(
      """
      WITH added AS (
        INSERT INTO artel.audit_node (tenant_id, level, node_index, node_digest)
        SELECT t, l, i, decode(d, 'hex')
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[]) AS node (t, l, i, d)
        ON CONFLICT DO NOTHING RETURNING tenant_id)
      SELECT tenant_id, count(*) FROM added GROUP BY tenant_id
      """, .uuidArray(nodes.map(\.tenantID)), .int8Array(nodes.map { Int64($0.node.level) }),
      .int8Array(nodes.map { Int64($0.node.index) }),
      .textArray(nodes.map { Hexadecimal.encode($0.hash) }))
  }

  /// Adds checkpoints.
  static func statement(_ checkpoints: [(tenantID: String, checkpoint: SignedCheckpoint)])
    -> Statement
  {
    Statement(
      """
      WITH added AS (
        INSERT INTO artel.audit_checkpoint (tenant_id, tree_size, root_digest, note)
        SELECT t, s, decode(r, 'hex'), n
        FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) AS checkpoint (t, s, r, n)
        ON CONFLICT DO NOTHING RETURNING tenant_id)
      SELECT tenant_id, count(*) FROM added GROUP BY tenant_id
      """, .uuidArray(checkpoints.map(\.tenantID)),
      .int8Array(checkpoints.map { Int64($0.checkpoint.size) }),
      .textArray(checkpoints.map { Hexadecimal.encode($0.checkpoint.root) }),
      .textArray(checkpoints.map(\.checkpoint.note)))
  }
}
