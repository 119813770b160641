import LibCrypto
import Mutation
import Postgres

/// What the database says of a log, and what it is compared with before anything is added to it:
/// nobody can make the sealer sign a history in the place of one that it has signed.
struct StoredLog: Sendable {
  let tenantID: String
  let name: String
  let isErased: Bool
  let size: Int
  /// What the log is called now.
  let origin: String
  /// What it must contain: what was signed of it, as far as anybody here knows, the smallest first.
  private(set) var anchors: [SignedCheckpoint] = []
  private let newest: (size: Int, note: String)?
  /// The newest epoch: since when the log has its name, and from which checkpoint on.
  let epoch: (number: Int, size: Int, note: String)?

  /// Reads a row of `AuditStatements.logs`.
  init(_ row: PostgresRow, _ baseDomain: BaseDomain) throws {
    tenantID = try row.uuid(0)
    name = try row.text(1)
    isErased = try row.bool(2)
    size = try row.int(3)
    newest = try row.optionalInt(4).map { ($0, try row.text(5)) }
    let number = try row.optionalInt(6)
    epoch = try number.map { ($0, try row.int(7), try row.text(8)) }
    origin = baseDomain.auditOrigin(of: name, epoch: number)
  }

  /// Takes what it must be.
  ///
  /// - Parameter known: checkpoints of it that were signed before, here or elsewhere.
  mutating func expect(_ known: [SignedCheckpoint], _ keys: CheckpointKeys) throws(AuditFault) {
    anchors = known.filter { $0.origin == origin && $0.size > 0 }
    if Mutation.isOn(.forgetsCheckpoints) { anchors = [] }
    if let epoch {
      guard let begin = SignedCheckpoint(note: epoch.note), begin.origin == origin,
        begin.size == epoch.size, keys.signed(begin)
      else { throw AuditFault(.signature, epoch.size - 1) }
      if begin.size > 0 { anchors.append(begin) }
    }
    if let newest {
      guard let checkpoint = SignedCheckpoint(note: newest.note), checkpoint.size == newest.size,
        // Up to where it has this name, it had another one.
        checkpoint.origin == origin || newest.size <= epoch?.size ?? 0, keys.signed(checkpoint)
      else { throw AuditFault(.signature, newest.size - 1) }
      anchors.append(checkpoint)
    }
    anchors.sort { $0.size < $1.size }
    if let last = anchors.last, last.size > size {
      throw AuditFault(.truncated, size, to: last.size - 1)
    }
    // Every look signs what it adds: leaves behind the newest checkpoint are nobody's.
    guard size == newest?.size ?? 0 else { throw AuditFault(.signature, size - 1) }
  }

  /// The sizes at which the tree is compared.
  private var sizes: [Int] { anchors.map(\.size) + [size] }

  /// The subtrees that are needed for that.
  var nodes: [MerkleNode] {
    var nodes: [MerkleNode] = []
    var from = 0
    for size in sizes {
      nodes += MerkleFrontier.nodes(from: from, to: size)
      from = size
    }
    return nodes
  }

  /// Builds the tree of its subtrees, through every checkpoint.
  ///
  /// - Throws: `AuditFault` where one is missing, or where the tree is not what was signed.
  func frontier(_ known: [MerkleNode: [UInt8]]) throws(AuditFault) -> MerkleFrontier {
    var log = MerkleFrontier()
    for anchor in anchors {
      try extend(&log, to: anchor.size, known)
      guard log.root == anchor.root else { throw AuditFault(.root, anchor.size - 1) }
    }
    try extend(&log, to: size, known)
    return log
  }

  private func extend(
    _ log: inout MerkleFrontier, to size: Int, _ known: [MerkleNode: [UInt8]]
  ) throws(AuditFault) {
    for node in MerkleFrontier.nodes(from: log.size, to: size) {
      guard let hash = known[node], log.append(hash, of: node) else {
        throw AuditFault(.missing, node.leaves.lowerBound, to: node.leaves.upperBound - 1)
      }
    }
  }
}
