import Egress
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

  private struct Running {
    let promise = Promise<Result>()
    let holder: CommandPlaces.Holder
  }

  private struct State {
    var running: [String: Running] = [:]
    var places: CommandPlaces
    var isClosed = false
    var idle: [CheckedContinuation<Void, Never>] = []
  }

  /// Names this process in leases.
  let owner = UUIDv7.make()
  let timing: CommandTiming
  private let database: TenantDatabase
  private let client: any PartnerClient
  private let telemetry: ResidentialTelemetry?
  private let logger: Logger
  private let state: Mutex<State>

  init(
    database: TenantDatabase, client: any PartnerClient, timing: CommandTiming,
    places: CommandPlaceLimits,
    telemetry: ResidentialTelemetry? = nil, logger: Logger
  ) {
    self.database = database
    self.client = client
    self.timing = timing
    state = Mutex(State(places: CommandPlaces(places)))
    self.telemetry = telemetry
    self.logger = logger
  }

  /// Takes a place for a command before it is committed, so that whoever sees it committed finds
  /// it here.
  ///
  /// - Throws: UNAVAILABLE where no place is left for the tenant or its partner, or the process is
  ///   shutting down.
  func reserve(_ commandID: String, for route: PartnerRoute) throws(RPCError) {
    let endpoint = route.endpoint
    guard take(commandID, .fresh(tenantID: endpoint.tenantID, partnerID: endpoint.partnerID))
    else {
      throw RPCError(
        code: .unavailable, reason: "DISPATCH_BUSY",
        message: "too many commands are on their way to partners", retryAfter: .seconds(1))
    }
  }

  /// Takes a place for a command that the recovery takes care of; false where none is left.
  func reserve(recovered commandID: String, tenantID: String) -> Bool {
    take(commandID, .recovered(tenantID: tenantID))
  }

  private func take(_ commandID: String, _ holder: CommandPlaces.Holder) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      // The transaction of a decision may run again; the command carried here may be recovered.
      if let running = state.running[commandID] { return running.holder == holder }
      guard state.places.take(holder) else { return false }
      state.running[commandID] = Running(holder: holder)
      return true
    }
  }

  /// Gives a place back that is not needed, or no longer.
  func release(_ commandID: String, _ result: Result = nil) {
    let (promise, idle) = state.withLock { state in
      let running = state.running.removeValue(forKey: commandID)
      if let running { state.places.give(running.holder) }
      defer { if state.running.isEmpty { state.idle = [] } }
      return (running?.promise, state.running.isEmpty ? state.idle : [])
    }
    promise?.fulfil(result)
    for waiter in idle { waiter.resume() }
  }

  /// Refuses a command for a partner that is broken, before it is anybody's: nothing was sent, and
  /// the same request may come again.
  ///
  /// - Throws: UNAVAILABLE where the partner's breaker is open.
  func check(_ route: PartnerRoute) throws(RPCError) {
    guard let pause = client.pause(before: route) else { return }
    throw RPCError(
      code: .unavailable, reason: "PARTNER_UNAVAILABLE",
      message: "the partner does not answer; it is left alone for a while",
      metadata: ["partner": ResourceName.partner(route.endpoint.partnerID)], retryAfter: pause)
  }

  /// Whether this process carries the command now.
  func isRunning(_ commandID: String) -> Bool {
    state.withLock { $0.running[commandID] != nil }
  }

  /// How many commands are on their way.
  var runningCount: Int { state.withLock { $0.running.count } }

  /// How many commands of a tenant the recovery may start.
  func vacancies(ofRecoveryIn tenantID: String) -> Int {
    state.withLock { $0.isClosed ? 0 : $0.places.vacancies(ofRecoveryIn: tenantID) }
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
    guard let promise = state.withLock({ $0.running[commandID]?.promise }) else { return nil }
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
    telemetry?.ended(outcome.state)
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
