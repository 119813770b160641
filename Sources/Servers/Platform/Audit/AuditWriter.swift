import Dispatch
import LibCrypto
import Logging
public import Pipeline
import Postgres
public import ServiceLifecycle
import Storage
import Synchronization

/// Keeps how calls ended: in the log of their tenants, and what is nobody's in the platform's journal.
///
/// A call leaves its record in memory and goes on. A tenth of a second later at most, the records
/// become entries on the local disk, and from there they go to the database; a killed process's are
/// written when the next one has its spool. Each tenant has its share of memory and disk. Where that is
/// full, or the disk takes nothing any more, calls that may change something are refused, and of the
/// others one entry says how many nobody kept.
public final class AuditWriter: CallJournal, Service {
  /// How often things happen, and how much may wait.
  struct Pace: Sendable {
    var batch: Duration = .milliseconds(100)
    var afterFailure: Duration = .seconds(1)
    /// How often it looks for what other processes have left behind.
    var abandoned: Duration = .seconds(60)
    /// How long one statement may take.
    var shipping: Duration = .seconds(15)
    /// The most records that wait in memory.
    var capacity = 20_000
    /// The most bytes of their messages.
    var bytes = 64 << 20
    /// How long the key store may take with what a batch tells of people.
    var sealing: Duration = .milliseconds(500)
    /// How long it may take with entries that it did not answer for in that time.
    var sealingHeld: Duration = .seconds(15)
    /// Called before an entry is sealed, so that tests can hold it up.
    var beforeSealing: @Sendable () async -> Void = {}
  }

  /// What has become of calls since the process began, for who watches over it.
  public struct Statistics: Sendable, Hashable {
    /// How many entries the database took.
    public var written = 0
    /// How many calls nobody kept.
    public var lost = 0
    /// How many entries lie beside the spool, because the database does not take them.
    public var setAside = 0
    /// How many records wait in memory.
    public var waiting = 0
    /// How many bytes of entries wait on the disk, and how many may.
    public var spooled = 0
    public var spoolLimit = 0
    /// Whether changes are refused, of one tenant at least, because the spool takes nothing.
    public var isBroken = false
  }

  struct State {
    var statistics = Statistics()
    var waiting: WaitingRecords
    /// What each tenant has in the spool.
    var spooled: FairShare
    /// How many bytes of the spool a process before this one left there.
    var inherited = 0
    /// Tenants whose share of the spool is full.
    var overfull: Set<String> = []
    /// How many calls of a tenant nobody kept.
    var lost: [String: Int] = [:]
    /// Whether the disk refuses.
    var isBroken = false

    mutating func lose(_ count: Int, of tenantID: String) {
      lost[tenantID, default: 0] += count
      statistics.lost += count
    }

    func keepsChanges(of tenantID: String?) -> Bool {
      !isBroken && waiting.hasRoom(for: tenantID)
        && tenantID.map { !overfull.contains($0) } ?? true
    }
  }

  let entries: CallEntries
  private let spool: Mutex<Spool>
  /// The folder in which the processes of this machine have their spools.
  let spools: String
  let pool: PostgresPool
  let vault: TenantVault
  let pace: Pace
  let holding: HeldEntry
  let heldSegments = HeldSegments()
  /// Whether entries wait for keys, as was last seen.
  let waitsForKeys = Mutex(false)
  private let next: (any CallJournal)?
  let logger: Logger
  let state: Mutex<State>
  let strangers = Mutex(RefusalTally())
  let refusals = Mutex(RefusalSums())
  let sealings = Mutex(0)
  /// Where the disk is waited for: nowhere that calls run.
  private let disk = DispatchQueue(label: "artel.audit")
  /// Where messages are looked into: beside calls and the disk.
  let redaction = DispatchQueue(label: "artel.audit.redaction", attributes: .concurrent)

  /// - Parameters:
  ///   - spools: the folder in which the processes of this machine have their spools.
  ///   - limit: the most bytes of one.
  ///   - pool: of the role `artel_app`.
  ///   - holding: seals entries in the spool whose persons' keys cannot be had yet.
  ///   - next: who is told of every call as well.
  /// - Throws: `SpoolError` where there is no place for the spool.
  init(
    contracts: AuditContracts, spools: String, limit: Int, pool: PostgresPool,
    vault: TenantVault, holding: HeldEntry, pace: Pace = Pace(), next: (any CallJournal)? = nil,
    logger: Logger
  ) throws {
    entries = CallEntries(contracts: contracts)
    let spool = try Spool(claimedIn: spools, limit: limit)
    var state = State(
      waiting: WaitingRecords(capacity: pace.capacity, bytes: pace.bytes),
      spooled: FairShare(limit: limit))
    state.statistics.spooled = spool.size
    state.statistics.spoolLimit = limit
    state.spooled.total = spool.size
    state.inherited = spool.size
    self.state = Mutex(state)
    self.spool = Mutex(spool)
    self.spools = spools
    self.pool = pool
    self.vault = vault
    self.holding = holding
    self.pace = pace
    self.next = next
    self.logger = logger
  }

  public func record(_ record: CallRecord) {
    next?.record(record)
    state.withLock { state in
      guard state.isBroken || !state.waiting.add(record) else { return }
      // How a stream began is lost, too, where its end is.
      if !record.isBeginning { state.lose(1, of: record.tenantID ?? SpooledEntry.platform) }
    }
  }

  /// What has become of calls.
  public var statistics: Statistics {
    state.withLock { state in
      var statistics = state.statistics
      statistics.waiting = state.waiting.count
      statistics.isBroken = state.isBroken || !state.overfull.isEmpty
      return statistics
    }
  }

  public func keepsChanges(of tenantID: String?) -> Bool {
    state.withLock { $0.keepsChanges(of: tenantID) }
  }

  /// Runs until the service group shuts down; what waits then is on the disk when it returns.
  public func run() async throws {
    await cancelWhenGracefulShutdown { await self.work() }
    // In a task of its own: this one may be cancelled.
    let last = Task {
      repeat { await self.flush(isLast: true) } while !self.state.withLock { $0.waiting.isEmpty }
      try await self.ship()
      try await self.shipHeld(within: self.pace.sealing)
    }
    do {
      try await last.value
    } catch {
      logger.warning("audit entries stay in the spool", metadata: ["error": "\(error)"])
    }
  }

  private func work() async {
    await withDiscardingTaskGroup { group in
      // Beside each other: a slow database keeps nothing from the disk.
      group.addTask { await self.shipAll() }
      group.addTask { await self.shipRest() }
      while !Task.isCancelled {
        await flush()
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: pace.batch)
      }
      group.cancelAll()
    }
  }

  var shippingPatience: Duration { pace.shipping }

  private func shipAll() async {
    while !Task.isCancelled {
      var pause = pace.batch
      do {
        try await ship()
      } catch {
        if Task.isCancelled { return }
        logger.warning("audit entries wait in the spool", metadata: ["error": "\(error)"])
        pause = pace.afterFailure
      }
      // Ends early only when cancelled, and then so does the loop.
      try? await Task.sleep(for: pause)
    }
  }

  /// What may wait for the key store: entries that are held, and what other processes have left behind.
  private func shipRest() async {
    var nextLook = ContinuousClock.now
    while !Task.isCancelled {
      do {
        try await shipHeld(within: pace.sealingHeld)
        if .now >= nextLook {
          nextLook = .now + pace.abandoned
          try await shipAbandoned()
        }
      } catch {
        if Task.isCancelled { return }
        logger.warning("audit entries wait in the spool", metadata: ["error": "\(error)"])
      }
      // Ends early only when cancelled, and then so does the loop.
      try? await Task.sleep(for: pace.afterFailure)
    }
  }

  func onDisk<R: Sendable>(
    _ body: @escaping @Sendable (Spool) throws -> R
  ) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      disk.async { [self] in
        continuation.resume(
          with: Result {
            try spool.withLock { spool in
              defer {
                state.withLock { state in
                  state.statistics.spooled = spool.size
                  state.spooled.total = spool.size
                }
              }
              return try body(spool)
            }
          })
      }
    }
  }
}
