public import LibCrypto
public import Postgres
import Storage

/// Computes a log anew, from its entries to its signed checkpoints, and compares.
public struct AuditVerifier: Sendable {
  /// A log without a fault.
  public struct Verified: Sendable, Hashable {
    /// How many entries are sealed.
    public var size: Int
    /// The root of all of them.
    public var root: [UInt8]
    /// How many checkpoints were compared.
    public var checkpoints: Int
    /// How many entries wait to be sealed.
    public var waiting: Int
    /// How many leaves were signed, and given up by a restore.
    public var givenUp = 0
  }

  private static let page = 2000
  static let patience: Duration = .seconds(30)

  let pool: PostgresPool
  let baseDomain: BaseDomain
  let keys: CheckpointKeys

  /// - Parameters:
  ///   - pool: of the role `artel_sealer`.
  ///   - publicKey: of the key that signs checkpoints.
  ///   - formerKeys: of those that did before.
  public init(
    pool: PostgresPool, baseDomain: BaseDomain, publicKey: [UInt8], formerKeys: [[UInt8]] = []
  ) {
    self.pool = pool
    self.baseDomain = baseDomain
    keys = CheckpointKeys(publicKey, former: formerKeys)
  }

  /// Verifies a tenant's log.
  ///
  /// - Parameters:
  ///   - outside: checkpoints that were kept elsewhere; those of other logs are passed over.
  ///   - acceptsRestores: whether what a restore has given up is no fault.
  /// - Throws: `AuditFault` for the first fault; `PostgresError` where the database cannot be read.
  public func verify(
    _ tenantID: String, name: String, outside: [SignedCheckpoint] = [],
    acceptsRestores: Bool = false
  ) async throws -> Verified {
    let (expected, givenUp) = try await expected(of: tenantID, name, outside)
    if let fault = givenUp, !acceptsRestores { throw fault }
    var log = MerkleFrontier()
    var count = try check(expected[0], log)
    while true {
      let rows = try await leaves(of: tenantID, from: log.size)
      if rows.isEmpty { break }
      let stored = try await checkpoints(of: tenantID, name, log.size + 1...log.size + rows.count)
      count += try await extend(&log, by: rows, tenantID, [expected, stored])
    }
    let beyond = try await checkpoints(of: tenantID, name, log.size + 1...Int(Int64.max))
    if let size = (expected.keys.filter { $0 > log.size } + beyond.keys).min() {
      throw AuditFault(.truncated, log.size, to: size - 1)
    }
    return Verified(
      size: log.size, root: log.root, checkpoints: count,
      waiting: try await waiting(tenantID, log.size),
      givenUp: givenUp.map { $0.lastIndex - $0.index + 1 } ?? 0)
  }

  /// The checkpoints that are stored of these sizes, the first ones of them.
  private func checkpoints(
    of tenantID: String, _ name: String, _ sizes: ClosedRange<Int>
  ) async throws -> [Int: [SignedCheckpoint]] {
    let rows = try await pool.read(
      Statement(
        """
        SELECT tree_size, root_digest, note FROM artel.audit_checkpoint
        WHERE tenant_id = $1 AND tree_size BETWEEN $2 AND $3 ORDER BY tree_size LIMIT $4
        """, .uuid(tenantID), .int(sizes.lowerBound), .int(sizes.upperBound), .int(Self.page)),
      in: nil, deadline: .now + Self.patience)
    var found: [Int: [SignedCheckpoint]] = [:]
    for row in rows {
      let size = try row.int(0)
      guard let checkpoint = SignedCheckpoint(note: try row.text(2)),
        baseDomain.tenantName(ofAudit: checkpoint.origin) == name, checkpoint.size == size,
        checkpoint.root == (try row.bytes(1))
      else { throw AuditFault(.signature, size - 1) }
      found[size] = [checkpoint]
    }
    return found
  }

  private func leaves(of tenantID: String, from index: Int) async throws -> [PostgresRow] {
    try await pool.read(
      Statement(
        """
        SELECT l.leaf_index, l.audit_entry_id, l.leaf_digest, e.* FROM artel.audit_leaf AS l
        LEFT JOIN artel.audit_entry AS e USING (tenant_id, audit_entry_id)
        WHERE l.tenant_id = $1 AND l.leaf_index >= $2 ORDER BY l.leaf_index LIMIT $3
        """, .uuid(tenantID), .int(index), .int(Self.page)), in: nil,
      deadline: .now + Self.patience)
  }

  /// Adds a page of leaves, and compares what they complete.
  private func extend(
    _ log: inout MerkleFrontier, by rows: [PostgresRow], _ tenantID: String,
    _ expected: [[Int: [SignedCheckpoint]]]
  ) async throws -> Int {
    var count = 0
    var completed: [(node: MerkleNode, hash: [UInt8])] = []
    var failure: AuditFault?
    for row in rows {
      let (index, id, digest) = (try row.int(0), try row.uuid(1), try row.bytes(2))
      failure = try Self.fault(of: row, at: index, id, digest, in: log)
      if failure != nil { break }
      completed += log.append(digest)
      do {
        for expected in expected { count += try check(expected[log.size], log) }
      } catch let fault as AuditFault {
        failure = fault
        break
      }
    }
    // A subtree that was stored when it was complete names a smaller place than a checkpoint does.
    let known = try AuditStatements.known(
      try await pool.read(
        AuditStatements.nodes(completed.map(\.node), of: tenantID), in: nil,
        deadline: .now + Self.patience))
    for (node, hash) in completed where known[node] != hash {
      let leaves = node.leaves
      if let failure, failure.index < leaves.lowerBound { throw failure }
      throw AuditFault(
        .reordered, leaves.lowerBound, to: leaves.upperBound - 1,
        entryID: try rows.first { try $0.int(0) == leaves.lowerBound }?.uuid(1))
    }
    if let failure { throw failure }
    return count
  }

  private static func fault(
    of row: PostgresRow, at index: Int, _ id: String, _ digest: [UInt8], in log: MerkleFrontier
  ) throws -> AuditFault? {
    guard index == log.size else {
      return AuditFault(.missing, log.size, to: index - 1)
    }
    guard try row.optionalUUID(3) != nil else { return AuditFault(.deleted, index, entryID: id) }
    // What cannot even be read is not what was sealed.
    guard (try? AuditEntry(row, at: 3))?.leafHash == digest else {
      return AuditFault(.changed, index, entryID: id)
    }
    return nil
  }

  private func check(_ checkpoints: [SignedCheckpoint]?, _ log: MerkleFrontier) throws -> Int {
    for checkpoint in checkpoints ?? [] {
      guard keys.signed(checkpoint) else { throw AuditFault(.signature, log.size - 1) }
      guard checkpoint.root == log.root else { throw AuditFault(.root, log.size - 1) }
    }
    return checkpoints?.count ?? 0
  }

  /// How many entries wait; one that lies before the sealer's place waits for ever.
  private func waiting(_ tenantID: String, _ size: Int) async throws -> Int {
    let rows = try await pool.read(
      Statement(
        """
        SELECT count(*), (array_agg(e.audit_entry_id ORDER BY e.xid, e.sequence)
          FILTER (WHERE (e.xid, e.sequence) < (p.xid, p.sequence)))[1],
          EXISTS (SELECT FROM artel.audit_hold AS h WHERE h.held_tenant_id = $1)
        FROM artel.audit_entry AS e LEFT JOIN artel.audit_position AS p ON true
        WHERE e.tenant_id = $1 AND NOT EXISTS (SELECT FROM artel.audit_leaf AS l
          WHERE l.tenant_id = e.tenant_id AND l.audit_entry_id = e.audit_entry_id)
        """, .uuid(tenantID)), in: nil, deadline: .now + Self.patience)
    guard let row = rows.first else { return 0 }
    if try row.bool(2) { throw AuditFault(.held, size) }
    if let inserted = try row.optionalUUID(1) {
      throw AuditFault(.inserted, size, entryID: inserted)
    }
    return try row.int(0)
  }
}
