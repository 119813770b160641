import LibCrypto
import Logging
import Postgres
import RPC
import Storage
import Synchronization

/// Carries commands to partners, each in a task of its own, so that no outcome is lost when the
/// caller goes away. How many run at once is bounded, and a shutdown waits for all of them.
final class CommandDispatcher: Sendable {
  /// What waiting callers get: the command as it was left, or nil where its outcome could not be
  /// written down.
  typealias Result = CommandRecord?

  private struct State {
    var running: [String: Promise<Result>] = [:]
    var isClosed = false
    var idle: [CheckedContinuation<Void, Never>] = []
  }

  /// Names this process in leases.
  let owner = UUIDv7.make()
  let timing: CommandTiming
  private let database: TenantDatabase
  private let client: any PartnerClient
  private let limit: Int
  private let logger: Logger
  private let state = Mutex(State())

  init(
    database: TenantDatabase, client: any PartnerClient, timing: CommandTiming, limit: Int,
    logger: Logger
  ) {
    self.database = database
    self.client = client
    self.timing = timing
    self.limit = limit
    self.logger = logger
  }

  /// Takes a place for a command before it is committed, so that whoever sees it committed finds
  /// it here.
  ///
  /// - Throws: UNAVAILABLE where no place is left, or the process is shutting down.
  func reserve(_ commandID: String) throws(RPCError) {
    let reserved = state.withLock { state in
      guard !state.isClosed, state.running.count < limit else { return false }
      state.running[commandID] = Promise()
      return true
    }
    guard reserved else {
      throw RPCError(
        code: .unavailable, reason: "DISPATCH_BUSY",
        message: "too many commands are on their way to partners", retryAfter: .seconds(1))
    }
  }

  /// Gives a place back that is not needed, or no longer.
  func release(_ commandID: String, _ result: Result = nil) {
    let (promise, idle) = state.withLock { state in
      let promise = state.running.removeValue(forKey: commandID)
      defer { if state.running.isEmpty { state.idle = [] } }
      return (promise, state.running.isEmpty ? state.idle : [])
    }
    promise?.fulfil(result)
    for waiter in idle { waiter.resume() }
  }

  /// Whether this process carries the command now.
  func isRunning(_ commandID: String) -> Bool {
    state.withLock { $0.running[commandID] != nil }
  }

  /// How many more commands may be started.
  var vacancies: Int {
    state.withLock { $0.isClosed ? 0 : max(0, limit - $0.running.count) }
  }

  /// Starts the exchange of a command that has a place here.
  ///
  /// - Parameters:
  ///   - actor: In whose name the outcome is written down.
  ///   - action: What audit entries call the change.
  func start(
    _ order: PartnerOrder, from begin: CommandExchange.Start, expiry: ContinuousClock.Instant,
    as actor: Storage.Actor, action: String
  ) {
    // A task of its own: the caller's cancellation must not reach it.
    Task {
      let result = await run(order, from: begin, expiry: expiry, as: actor, action: action)
      release(order.commandID, result)
    }
  }

  /// Waits for a command's outcome.
  ///
  /// - Returns: Nil where the command is not carried here, or the time was over first, or the
  ///   waiting task was cancelled; `.some(nil)` where the outcome is not known.
  func result(of commandID: String, until expiry: ContinuousClock.Instant?) async -> Result? {
    guard let promise = state.withLock({ $0.running[commandID] }) else { return nil }
    return await promise.value(until: expiry)
  }

  /// Waits until no command is on its way.
  func idle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.running.isEmpty { return true }
        state.idle.append(continuation)
        return false
      }
      if isIdle { continuation.resume() }
    }
  }

  /// Takes no more commands, and waits for those on their way.
  func close() async {
    state.withLock { $0.isClosed = true }
    await idle()
  }

  private func run(
    _ order: PartnerOrder, from begin: CommandExchange.Start, expiry: ContinuousClock.Instant,
    as actor: Storage.Actor, action: String
  ) async -> Result {
    let exchange = CommandExchange(client: client, timing: timing)
    let outcome = await withTaskGroup(of: CommandOutcome?.self) { group in
      group.addTask { await exchange.outcome(of: order, from: begin, expiry: expiry) }
      let renewal = CommandLease(
        database: database, actor: actor, commandID: order.commandID, owner: owner,
        duration: begin == .fresh ? timing.lease : timing.recoveryLease, logger: logger)
      group.addTask {
        await renewal.keep()
        return nil
      }
      defer { group.cancelAll() }
      // The lease ends only with the group; where it is lost early, the exchange goes on: what it
      // learns is still compared with the row's state.
      for await outcome in group {
        if let outcome { return Optional(outcome) }
        if group.isEmpty { break }
      }
      return nil
    }
    guard let outcome else { return nil }
    return await store(outcome, of: order, as: actor, action: action)
  }

  /// Writes the outcome down, trying again while the database is away. What cannot be written is
  /// left to the recovery, which asks the partner again.
  private func store(
    _ outcome: CommandOutcome, of order: PartnerOrder, as actor: Storage.Actor, action: String
  ) async -> Result {
    let ledger = CommandLedger(timing: timing)
    var pause = timing.firstPause
    for attempt in 1...4 {
      do {
        let settlement = try await database.change(as: actor, action: action, deadline: nil) {
          try await ledger.settle(order.commandID, outcome, in: $0)
        }
        switch settlement {
        case .moved(let record): return record
        // A report came first and says more.
        case .refused(let record): return record
        case nil: return nil
        }
      } catch {
        logger.error(
          "outcome of a command not stored",
          metadata: [
            "command": "\(order.commandID)", "tenant": "\(actor.tenantID)",
            "outcome": "\(outcome.state.rawValue)", "attempt": "\(attempt)", "error": "\(error)",
          ])
        guard attempt < 4 else { break }
        // Nobody cancels this task; if somebody did, the next attempt would just come at once.
        try? await Task.sleep(for: pause)
        pause *= 4
      }
    }
    return nil
  }
}
