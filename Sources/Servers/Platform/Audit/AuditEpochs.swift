public import LibCrypto
public import Postgres

/// Lets logs go on under another name: what was restored from a copy signs other roots of sizes that
/// it has had before, and is to nobody the log that it was.
///
/// Only who has the signing key can: whoever owns the database alone begins no epoch.
public struct AuditEpochs: Sendable {
  private static let patience: Duration = .seconds(25)

  private let pool: PostgresPool
  private let baseDomain: BaseDomain
  private let key: Ed25519Key
  private let keys: CheckpointKeys

  /// - Parameters:
  ///   - pool: of the role `artel_sealer`.
  ///   - key: the key that signs checkpoints.
  ///   - formerKeys: the public keys of those that did before.
  public init(
    pool: PostgresPool, baseDomain: BaseDomain, key: Ed25519Key, formerKeys: [[UInt8]] = []
  ) {
    self.pool = pool
    self.baseDomain = baseDomain
    self.key = key
    keys = CheckpointKeys(key.publicKey, former: formerKeys)
  }

  /// Begins an epoch of a log, whatever was signed of it elsewhere.
  ///
  /// - Parameter time: in seconds since 1970.
  /// - Returns: the first checkpoint under the new name.
  /// - Throws: `AuditFault` where the log contradicts itself; `PostgresError` where the database fails,
  ///   or where there is no such tenant.
  public func begin(of tenantID: String, at time: Int) async throws -> SignedCheckpoint {
    let (baseDomain, key, keys) = (baseDomain, key, keys)
    return try await pool.transaction(in: nil, deadline: .now + Self.patience) { transaction in
      // Waits for the sealer's look.
      _ = try await transaction.query(AuditStatements.waitForLock)
      guard let row = try await transaction.query(AuditStatements.logs([tenantID])).first else {
        throw PostgresError(code: .decoding, diagnostic: "there is no tenant \(tenantID)")
      }
      var log = try StoredLog(row, baseDomain)
      try log.expect([], keys)
      var nodes: [MerkleNode: [UInt8]] = [:]
      for row in try await transaction.query(
        AuditStatements.nodes(log.nodes.map { (tenantID: tenantID, node: $0) }))
      {
        nodes[MerkleNode(level: try row.int(1), index: try row.int(2))] = try row.bytes(3)
      }
      let frontier = try log.frontier(nodes)
      let epoch = max(time, (log.epoch?.number ?? 0) + 1)
      let checkpoint = try SignedCheckpoint(
        origin: baseDomain.auditOrigin(of: log.name, epoch: epoch), size: frontier.size,
        root: frontier.root, key: key)
      try await transaction.execute(
        AuditStatements.addEpoch(epoch, of: tenantID, checkpoint))
      return checkpoint
    }
  }
}
