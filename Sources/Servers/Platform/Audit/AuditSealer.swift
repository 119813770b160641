import LibCrypto
import Logging
import Postgres
public import ServiceLifecycle
import Synchronization

/// Puts committed entries into the Merkle logs of their tenants, and signs what each has become: once
/// a second, where there is something new.
///
/// Every process has one, and one of them works at a time: the others find the lock taken. What two of
/// them would do at once, the keys of the tables refuse: a log cannot fork.
public final class AuditSealer: Service {
  /// How often things happen.
  struct Pace: Sendable {
    var poll: Duration = .seconds(1)
    var afterFailure: Duration = .seconds(2)
  }

  /// What one look did.
  struct Look: Sendable {
    var leaves: [SealedEntries.Leaf] = []
    var checkpoints: [SignedCheckpoint] = []
    /// Logs to which nothing is added from now on, and why.
    var held: [(tenant: String, fault: AuditFault)] = []
    /// Whether more may wait.
    var isFull = false
  }

  private static let patience: Duration = .seconds(25)

  private let pool: PostgresPool
  private let baseDomain: BaseDomain
  private let key: Ed25519Key
  private let keys: CheckpointKeys
  /// The newest checkpoint of each log that is known to have been signed, by origin. A log must lead to
  /// it, or nothing is added: the database's word is not enough.
  private let signed: Mutex<[String: SignedCheckpoint]>
  private let outlets: [any AuditOutlet]
  private let pace: Pace
  private let logger: Logger
  /// What is behind, as the database said last.
  private let behind = Mutex(Behind())

  private struct Behind {
    /// Since when something waits; now, where nothing did.
    var since = ContinuousClock.now
    var heldLogs = 0
  }

  /// How long the oldest committed entry has been waiting for its place in its log, whoever it is that
  /// seals; where the database does not say, how long ago it did.
  public var lag: Duration { behind.withLock { $0.since }.duration(to: .now) }

  /// How many logs are held back, because they are not what was signed of them.
  public var heldLogs: Int { behind.withLock { $0.heldLogs } }

  /// - Parameters:
  ///   - pool: of the role `artel_sealer`.
  ///   - formerKeys: the public keys of those that signed before `key`.
  ///   - known: checkpoints that were kept outside of the database.
  ///   - outlets: who is told of what was sealed.
  init(
    pool: PostgresPool, baseDomain: BaseDomain, key: Ed25519Key, formerKeys: [[UInt8]] = [],
    known: [SignedCheckpoint] = [], outlets: [any AuditOutlet] = [], pace: Pace = Pace(),
    logger: Logger
  ) {
    self.pool = pool
    self.baseDomain = baseDomain
    self.key = key
    keys = CheckpointKeys(key.publicKey, former: formerKeys)
    signed = Mutex([:])
    self.outlets = outlets
    self.pace = pace
    self.logger = logger
    expect(known)
  }

  /// Takes checkpoints that were kept outside of the database: the logs must contain them.
  func expect(_ checkpoints: [SignedCheckpoint]) {
    let signed = checkpoints.filter(keys.signed)
    self.signed.withLock { known in
      for checkpoint in signed where known[checkpoint.origin]?.size ?? 0 < checkpoint.size {
        known[checkpoint.origin] = checkpoint
      }
    }
  }

  /// Runs until the service group shuts down, and looks once more then.
  public func run() async throws {
    await readOutlets()
    await cancelWhenGracefulShutdown { await self.work() }
    do {
      // In a task of its own: this one may be cancelled.
      let last = Task { try await self.sealAll() }
      try await last.value
    } catch {
      logger.warning("the audit was not sealed to its end", metadata: ["error": "\(error)"])
    }
  }

  /// Takes what outlets have kept: the logs must contain it.
  func readOutlets() async {
    for outlet in outlets {
      do {
        expect(try await outlet.newest())
      } catch {
        logger.error(
          "checkpoints that were kept cannot be read: logs are not compared with them",
          metadata: ["error": "\(error)"])
      }
    }
  }

  /// Says what was signed, but not kept: by a process that was killed in between.
  func tellMissing() async throws {
    let rows = try await pool.read(
      AuditStatements.newestCheckpoints, in: nil, deadline: .now + Self.patience)
    let known = signed.withLock { $0 }
    let missing = try rows.compactMap { SignedCheckpoint(note: try $0.text(0)) }
      .filter { known[$0.origin]?.size ?? 0 < $0.size && keys.signed($0) }
    expect(missing)
    if !missing.isEmpty { for outlet in outlets { await outlet.take([], missing) } }
  }

  private func work() async {
    var isFirst = true
    while !Task.isCancelled {
      do {
        if isFirst { try await tellMissing() }
        isFirst = false
        try await sealAll()
        try await Task.sleep(for: pace.poll)
      } catch {
        if Task.isCancelled { return }
        logger.warning("the audit cannot be sealed", metadata: ["error": "\(error)"])
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: pace.afterFailure)
      }
    }
  }

  /// Seals until nothing is left that may be, and asks what is left all the same.
  func sealAll() async throws {
    while let look = try await seal(), look.isFull {}
    // What waits there goes on, though there is nothing new.
    for outlet in outlets { await outlet.take([], []) }
    try await measure()
  }

  /// Asks the database itself: an entry may wait for a transaction that does not end, or for another
  /// process, which has the lock and does nothing.
  private func measure() async throws {
    let now = ContinuousClock.now
    let position = try AuditPosition(
      try await pool.read(AuditStatements.position, in: nil, deadline: now + Self.patience))
    let rows = try await pool.read(
      AuditStatements.waiting(behind: position), in: nil, deadline: now + Self.patience)
    guard let row = rows.first else { return }
    let (age, heldLogs) = (try row.optionalDouble(0) ?? 0, try row.int(1))
    behind.withLock { $0 = Behind(since: now - .seconds(max(0, age)), heldLogs: heldLogs) }
  }

  /// Seals what may be sealed, a page of it at most, in one transaction.
  ///
  /// - Returns: nil where another sealer is at work.
  @discardableResult
  func seal() async throws -> Look? {
    let (baseDomain, key, keys, known) = (baseDomain, key, keys, signed.withLock { $0 })
    var refused: Set<String> = []
    while true {
      let passedOver = refused
      do {
        let look = try await pool.transaction(in: nil, deadline: .now + Self.patience) {
          transaction -> Look? in
          var look = SealingLook(
            baseDomain: baseDomain, key: key, keys: keys, known: known, refused: passedOver)
          return try await look.run(&transaction)
        }
        if let look { await tell(look) }
        return look
      } catch let conflict as SealingLook.Conflict
        where !refused.isSuperset(of: conflict.tenantIDs)
      {
        // Those go on that can.
        refused.formUnion(conflict.tenantIDs)
      }
    }
  }

  private func tell(_ look: Look) async {
    signed.withLock { signed in
      for checkpoint in look.checkpoints { signed[checkpoint.origin] = checkpoint }
    }
    for (tenant, fault) in look.held {
      logger.error(
        "a log of the audit is not what was signed: it is held back",
        metadata: ["tenant": "\(tenant)", "fault": "\(fault)"])
    }
    guard !look.leaves.isEmpty else { return }
    for outlet in outlets { await outlet.take(look.leaves, look.checkpoints) }
  }
}

/// Who is told of what was sealed.
protocol AuditOutlet: Sendable {
  /// Takes what one look sealed, in order.
  func take(_ leaves: [SealedEntries.Leaf], _ checkpoints: [SignedCheckpoint]) async

  /// The newest checkpoints that it has kept of logs; none where it keeps none.
  func newest() async throws -> [SignedCheckpoint]
}

extension AuditOutlet {
  func newest() async throws -> [SignedCheckpoint] { [] }
}
