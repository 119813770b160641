import Logging
import Postgres
import Storage
import Synchronization

extension AuditWriter {
  /// Writes to the database what waits on the disk.
  func ship() async throws { try await ship(from: self) }

  /// Writes what processes of this machine left behind that are no more: their spools are nobody's,
  /// until a process happens to take one of them.
  func shipAbandoned() async throws {
    let folder = spools
    for folder in try await onDisk({ _ in Spool.folders(in: folder) }) {
      guard let spool = try await onDisk({ _ in try AbandonedSpool(folder) }) else { continue }
      logger.notice("a spool that a process has left behind is written")
      try await ship(from: spool)
      try await shipHeld(from: spool, within: pace.sealingHeld)
    }
  }

  private func ship(from spool: some DrainedSpool) async throws {
    let segments = try await spool.onDisk { $0.segments() }
    spool.heldSegments.keep(segments)
    for segment in segments where !spool.heldSegments.contains(segment) {
      let (records, isWhole) = try await spool.onDisk { try $0.records(of: segment) }
      if !isWhole {
        logger.warning("the spool has a file that was cut off; its whole records are written")
      }
      var pass = ShippingPass()
      // Whoever goes on after a failure finds those that are there, and leaves them.
      for rows in SpooledRows.all(of: records) { try await insert(rows, &pass) }
      if pass.failure == nil, records.contains(where: HeldEntry.isHeld) {
        // There was no key a moment ago: nothing else waits for it here.
        spool.heldSegments.add(segment)
        continue
      }
      try await end(segment, records, pass, of: spool)
    }
  }

  /// Everything of a segment is written that may be.
  func end(
    _ segment: Spool.Segment, _ records: [[UInt8]], _ pass: ShippingPass,
    of spool: some DrainedSpool
  ) async throws {
    guard let failure = pass.failure else {
      try await spool.onDisk { try $0.remove(segment) }
      (spool as? AuditWriter)?.left(records)
      return
    }
    // Where the database takes no row at all, it is not the rows that are to blame.
    guard pass.written > 0 else { throw failure }
    logger.error(
      "audit entries that the database does not take are set aside, in a file of the spool",
      metadata: ["entries": "\(pass.setAside)", "error": "\(failure)"])
    try await setAside(segment, records, pass.setAside, of: spool)
  }

  func setAside(
    _ segment: Spool.Segment, _ records: [[UInt8]], _ count: Int, of spool: some DrainedSpool
  ) async throws {
    state.withLock { $0.statistics.setAside += count }
    try await spool.onDisk { try $0.setAside(segment) }
    (spool as? AuditWriter)?.left(records)
  }

  func insert(_ rows: SpooledRows, _ pass: inout ShippingPass) async throws {
    let scope =
      rows.tenantID == SpooledEntry.platform
      ? nil : TenantScope(tenantID: rows.tenantID, actor: "services/audit", rows: .tenant)
    let refusal = await refusal(
      of: SpooledEntry.insertion(rows.rows, of: rows.tenantID), in: scope)
    guard let refusal else {
      pass.written += rows.rows.count
      return state.withLock { $0.statistics.written += rows.rows.count }
    }
    guard refusal.isOfRows || refusal.isOfStatement else { throw refusal }
    if refusal.code == .foreignKeyViolation {
      // Of a tenant that this database does not know, such as one that it was restored without. To
      // count it as lost would write another such row.
      logger.error(
        "audit entries of a tenant that nobody knows are dropped",
        metadata: ["tenant": "\(rows.tenantID)", "entries": "\(rows.rows.count)"])
      return state.withLock { $0.statistics.lost += rows.rows.count }
    }
    if rows.rows.count > 1 {
      // One of them is to blame, or they are too many at once.
      for half in rows.halves { try await insert(half, &pass) }
      return
    }
    guard refusal.isOfRows else {
      pass.setAside += 1
      pass.failure = refusal
      return
    }
    logger.error("an audit entry cannot be written", metadata: ["error": "\(refusal)"])
    state.withLock { state in
      if rows.tenantID == SpooledEntry.platform || rows.rows.allSatisfy(SpooledRows.isLoss) {
        state.statistics.lost += 1
      } else {
        state.lose(1, of: rows.tenantID)
      }
    }
  }

  /// Why the database takes no rows; nil where it has them.
  private func refusal(of insertion: Statement, in scope: TenantScope?) async -> PostgresError? {
    do {
      try await pool.execute(insertion, in: scope, deadline: .now + shippingPatience)
      return nil
    } catch {
      return error
    }
  }
}

/// What has become of a segment's rows.
struct ShippingPass {
  var written = 0
  /// Rows that are refused, though neither the rows nor the connection are at fault.
  var setAside = 0
  var failure: PostgresError?
}

extension PostgresError {
  /// Whether the rows themselves were refused: trying again would be of no use.
  fileprivate var isOfRows: Bool {
    [
      .invalidValue, .checkViolation, .notNullViolation, .foreignKeyViolation, .uniqueViolation,
      .insufficientPrivilege, .invalidParameter,
    ].contains(code)
  }

  /// Whether fewer rows at once may go where these did not: they took too long, or are too many
  /// (class 54, a limit of the program).
  fileprivate var isOfStatement: Bool {
    code == .deadlineExceeded || sqlState?.hasPrefix("54") == true
  }
}
