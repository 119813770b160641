public import LibCrypto
import Postgres
import Storage

extension AuditVerifier {
  /// A log that there is, or that there must have been.
  public struct Log: Sendable, Hashable {
    /// The tenant's UUID; nil where nobody knows the tenant any more.
    public let tenantID: String?
    /// The tenant's name.
    public let name: String
    /// Whether the tenant was erased, and its log with it.
    public let isErased: Bool
  }

  /// The logs of all tenants, by name; and those of which only checkpoints are left, since whoever
  /// deletes a whole log deletes what names it as well.
  public func logs(outside: [SignedCheckpoint] = []) async throws -> [Log] {
    let told = Set(outside.compactMap { baseDomain.tenantName(ofAudit: $0.origin) })
    let rows = try await pool.read(
      Statement("SELECT tenant_id, name, state = 'ERASED' FROM artel.tenant"), in: nil,
      deadline: .now + Self.patience)
    var logs = try rows.map {
      Log(tenantID: try $0.uuid(0), name: try $0.text(1), isErased: try $0.bool(2))
    }
    // Of an erased tenant there is nothing to say, but where somebody has kept what it had.
    logs.removeAll { $0.isErased && !told.contains($0.name) }
    let unknown = told.subtracting(logs.map(\.name))
    logs += unknown.map { Log(tenantID: nil, name: $0, isErased: false) }
    return logs.sorted { $0.name < $1.name }
  }

  /// Verifies a log.
  ///
  /// - Throws: `AuditFault` for the first fault; `PostgresError` where the database cannot be read.
  public func verify(
    _ log: Log, outside: [SignedCheckpoint] = [], acceptsRestores: Bool = false
  ) async throws -> Verified {
    guard let tenantID = log.tenantID else {
      let last =
        outside.filter { baseDomain.tenantName(ofAudit: $0.origin) == log.name }
        .map(\.size).max() ?? 0
      throw AuditFault(.truncated, 0, to: last - 1)
    }
    return try await verify(
      tenantID, name: log.name, outside: outside, acceptsRestores: acceptsRestores)
  }

  /// What a log must have been, by size; and what a restore has given up of it, where it did.
  ///
  /// A checkpoint under an older name holds as far as the log goes that it was restored from.
  func expected(
    of tenantID: String, _ name: String, _ outside: [SignedCheckpoint]
  ) async throws -> (expected: [Int: [SignedCheckpoint]], givenUp: AuditFault?) {
    var expected: [Int: [SignedCheckpoint]] = [:]
    var epochs: [(number: Int, size: Int)] = []
    for row in try await pool.read(
      AuditStatements.epochs(of: tenantID), in: nil, deadline: .now + Self.patience)
    {
      let (number, size) = (try row.int(0), try row.int(1))
      guard let begin = SignedCheckpoint(note: try row.text(2)), begin.size == size,
        begin.origin == baseDomain.auditOrigin(of: name, epoch: number), keys.signed(begin)
      else { throw AuditFault(.signature, size - 1) }
      epochs.append((number, size))
      expected[size, default: []].append(begin)
    }
    var givenUp: AuditFault?
    for checkpoint in outside where baseDomain.tenantName(ofAudit: checkpoint.origin) == name {
      let number = baseDomain.epoch(ofAudit: checkpoint.origin)
      let end = epochs.filter { $0.number > number }.map(\.size).min() ?? .max
      guard checkpoint.size > end else {
        expected[checkpoint.size, default: []].append(checkpoint)
        continue
      }
      guard keys.signed(checkpoint) else { throw AuditFault(.signature, checkpoint.size - 1) }
      let last = max(checkpoint.size - 1, givenUp?.lastIndex ?? 0)
      givenUp = AuditFault(.truncated, min(end, givenUp?.index ?? .max), to: last)
    }
    return (expected, givenUp)
  }
}

extension BaseDomain {
  /// What a tenant's log is called.
  ///
  /// - Parameter epoch: since when it has gone on from a copy; nil where it never did.
  public func auditOrigin(of tenantName: String, epoch: Int? = nil) -> String {
    "\(tenantName).\(name)/audit" + (epoch.map { "/\($0)" } ?? "")
  }

  /// Whose log is called so; nil where it is none of this platform's.
  func tenantName(ofAudit origin: String) -> String? {
    let parts = origin.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1] == "audit" || parts[1].hasPrefix("audit/"),
      parts[0].hasSuffix(".\(name)")
    else { return nil }
    let label = String(parts[0].dropLast(name.utf8.count + 1))
    return BaseDomain.isTenantName(label) ? label : nil
  }

  /// Since when a log has been called so; 0 where it never went on from a copy.
  func epoch(ofAudit origin: String) -> Int {
    origin.split(separator: "/").dropFirst(2).first.flatMap { Int($0) } ?? 0
  }
}
