import LibCrypto
import Postgres
import Storage

/// One look of the sealer: what waits becomes leaves of its tenants' logs, and each log is signed. A
/// log that is not what was signed of it is held back, and the others go on.
struct SealingLook: Sendable {
  /// Rows that somebody else has put where a log was to go on: nothing of this look may stay.
  struct Conflict: Error {
    let tenantIDs: [String]
  }

  private struct Hold {
    var position: AuditPosition
    var note: SignedCheckpoint?
    /// Up to where this look comes, where more waits than it takes.
    var last: AuditPosition?
  }

  let baseDomain: BaseDomain
  let key: Ed25519Key
  let keys: CheckpointKeys
  /// The newest that is known to have been signed, by origin.
  let known: [String: SignedCheckpoint]
  /// Logs to which nothing can be added, as an earlier attempt has shown.
  let refused: Set<String>

  private var holds: [String: Hold] = [:]
  private var faults: [String: AuditFault] = [:]
  private var logs: [String: StoredLog] = [:]
  private var frontiers: [String: MerkleFrontier] = [:]

  init(
    baseDomain: BaseDomain, key: Ed25519Key, keys: CheckpointKeys,
    known: [String: SignedCheckpoint], refused: Set<String>
  ) {
    self.baseDomain = baseDomain
    self.key = key
    self.keys = keys
    self.known = known
    self.refused = refused
  }

  /// - Returns: nil where another sealer is at work.
  mutating func run(_ transaction: inout PostgresTransaction) async throws -> AuditSealer.Look? {
    guard try await transaction.query(AuditStatements.lock).first?.bool(0) == true else {
      return nil
    }
    let position = try AuditPosition(try await transaction.query(AuditStatements.position))
    for row in try await transaction.query(AuditStatements.holds) {
      holds[try row.uuid(0)] = Hold(
        position: AuditPosition(
          transaction: try AuditPosition.number(row.text(1)), sequence: try row.int(2)),
        note: try row.optionalText(3).flatMap(SignedCheckpoint.init(note:)))
    }
    var rows = try await transaction.query(AuditStatements.unsealed(after: position))
    var look = AuditSealer.Look()
    look.isFull = rows.count >= AuditStatements.page
    let last = try rows.last.map(AuditPosition.init(row:))
    let tenants = try Set(rows.map { try $0.uuid(2) }).union(holds.keys)
    guard !tenants.isEmpty else { return look }
    try await compare(tenants.sorted(), &transaction)

    rows = try rows.filter { holds[try $0.uuid(2)] == nil }
    for tenantID in holds.keys.sorted() where frontiers[tenantID] != nil {
      rows += try await waiting(tenantID, &look, &transaction)
    }
    for row in rows where (try? AuditEntry(row, at: 2)) == nil {
      // Another column than the program's, or another text than it writes.
      let tenantID = try row.uuid(2)
      faults[tenantID] = AuditFault(
        .changed, logs[tenantID]?.size ?? 0, entryID: try row.uuid(3))
    }
    try await endHolds(&transaction)
    var sealed = SealedEntries()
    for row in rows {
      let tenantID = try row.uuid(2)
      guard faults[tenantID] == nil, let log = logs[tenantID], var frontier = frontiers[tenantID]
      else { continue }
      sealed.add(try AuditEntry(row, at: 2), of: log.name, to: &frontier)
      frontiers[tenantID] = frontier
    }
    look.checkpoints = try await add(sealed, &transaction)
    look.leaves = sealed.leaves
    for (tenantID, fault) in faults.sorted(by: { $0.key < $1.key }) where holds[tenantID] == nil {
      guard let log = logs[tenantID] else { continue }
      let note = known[log.origin]?.note
      try await transaction.execute(
        AuditStatements.hold(tenantID, behind: position, fault, note: note))
      look.held.append((log.name, fault))
    }
    if let last { try await transaction.execute(AuditStatements.setPosition(last)) }
    return look
  }

  /// Builds the logs of tenants, and finds those that are not what was signed.
  private mutating func compare(
    _ tenantIDs: [String], _ transaction: inout PostgresTransaction
  ) async throws {
    for row in try await transaction.query(AuditStatements.logs(tenantIDs)) {
      var log = try StoredLog(row, baseDomain)
      // What comes late of an erased tenant begins no log anew.
      guard !log.isErased else { continue }
      do throws(AuditFault) {
        var notes: [SignedCheckpoint] = []
        if let note = known[log.origin] { notes.append(note) }
        if let note = holds[log.tenantID]?.note, keys.signed(note) { notes.append(note) }
        try log.expect(notes, keys)
        if refused.contains(log.tenantID) { throw AuditFault(.reordered, log.size) }
      } catch {
        faults[log.tenantID] = error
      }
      logs[log.tenantID] = log
    }
    // A hold ends with its tenant.
    let gone = holds.keys.filter { logs[$0] == nil }
    if !gone.isEmpty { try await transaction.execute(AuditStatements.release(gone)) }
    for tenantID in gone { holds[tenantID] = nil }

    let sound = logs.values.filter { faults[$0.tenantID] == nil }
    let wanted = sound.flatMap { log in log.nodes.map { (tenantID: log.tenantID, node: $0) } }
    var nodes: [String: [MerkleNode: [UInt8]]] = [:]
    if !wanted.isEmpty {
      for row in try await transaction.query(AuditStatements.nodes(wanted)) {
        let node = MerkleNode(level: try row.int(1), index: try row.int(2))
        nodes[try row.uuid(0), default: [:]][node] = try row.bytes(3)
      }
    }
    for log in sound {
      do throws(AuditFault) {
        frontiers[log.tenantID] = try log.frontier(nodes[log.tenantID] ?? [:])
      } catch {
        faults[log.tenantID] = error
      }
    }
  }

  /// What waits of a log that is sound again, a page of it at most.
  private mutating func waiting(
    _ tenantID: String, _ look: inout AuditSealer.Look, _ transaction: inout PostgresTransaction
  ) async throws -> [PostgresRow] {
    guard let hold = holds[tenantID] else { return [] }
    let rows = try await transaction.query(
      AuditStatements.unsealed(of: tenantID, after: hold.position))
    holds[tenantID]?.last =
      try rows.count < AuditStatements.page
      ? nil : rows.last.map(AuditPosition.init(row:))
    if holds[tenantID]?.last != nil { look.isFull = true }
    return rows
  }

  /// Ends the holds of logs that have caught up.
  private func endHolds(_ transaction: inout PostgresTransaction) async throws {
    for (tenantID, hold) in holds where frontiers[tenantID] != nil && faults[tenantID] == nil {
      if let last = hold.last {
        try await transaction.execute(AuditStatements.moveHold(tenantID, to: last))
      } else {
        try await transaction.execute(AuditStatements.release([tenantID]))
      }
    }
  }

  /// Adds to the logs, and signs what they have become.
  private func add(
    _ sealed: SealedEntries, _ transaction: inout PostgresTransaction
  ) async throws -> [SignedCheckpoint] {
    guard !sealed.leaves.isEmpty else { return [] }
    let checkpoints = try Set(sealed.leaves.map(\.entry.tenantID)).sorted().compactMap {
      tenantID -> (tenantID: String, checkpoint: SignedCheckpoint)? in
      guard let log = logs[tenantID], let frontier = frontiers[tenantID] else { return nil }
      return (
        tenantID,
        try SignedCheckpoint(
          origin: log.origin, size: frontier.size, root: frontier.root, key: key)
      )
    }
    for (statement, expected) in [
      (sealed.leafStatement, sealed.leavesByTenant), (sealed.nodeStatement, sealed.nodesByTenant),
      (SealedEntries.statement(checkpoints), checkpoints.reduce(into: [:]) { $0[$1.tenantID] = 1 }),
    ] {
      var added: [String: Int] = [:]
      for row in try await transaction.query(statement) { added[try row.uuid(0)] = try row.int(1) }
      let short = expected.filter { added[$0.key] != $0.value }
      if !short.isEmpty { throw Conflict(tenantIDs: short.keys.sorted()) }
    }
    return checkpoints.map(\.checkpoint)
  }
}
