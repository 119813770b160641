import CPostgres
import Logging
import Mutation

/// One pooled connection. Lives on the reactor's thread.
///
/// Connecting → (ready ⇄ working)* → closed. While it works it has an `ActiveTrip`; a transaction
/// keeps it leased between trips.
final class Connection {
  /// What the pool has to know after something happened.
  enum Event {
    case none
    case connected
    case connectFailed(reason: String)
    /// The trip is over; the connection waits for the pool or for the next trip of its transaction.
    case finished(Trip, Result<[StatementResult], PostgresError>)
    /// The connection is gone, and with it the trip.
    case lost(Trip?, PostgresError)
  }

  private enum Phase { case connecting, ready, closed }

  let id: ConnectionID
  let configuration: PostgresConfiguration
  /// Sends a cancel request from another thread and reports its return.
  let canceller: (CancelToken) -> Void
  private(set) var link: Link?
  private var phase = Phase.connecting
  var active: ActiveTrip?
  private var watched: (socket: Int32, interest: Poller.Interest)?
  /// Names of the prepared statements by number.
  private var prepared: [Int: String] = [:]
  /// Part of the names: grows when all of them became stale.
  private var generation = 0
  /// The statement timeout that the open transaction has.
  private var transactionTimeout = Duration.zero
  /// When `fire` has something to do.
  var alarm: ContinuousClock.Instant?

  init(
    id: ConnectionID, configuration: PostgresConfiguration,
    canceller: @escaping (CancelToken) -> Void
  ) {
    self.id = id
    self.configuration = configuration
    self.canceller = canceller
    alarm = .now + configuration.connectTimeout
  }

  /// Whether nothing is open on the server: only then may another tenant have the connection.
  var isClean: Bool { phase == .ready && active == nil && link?.isOutsideTransaction == true }

  /// Begins to connect.
  func start(addresses: [String], poller: borrowing Poller, logger: Logger) -> Event {
    guard phase == .connecting, link == nil else { return .none }
    link = Link(
      keywords: configuration.keywords(addresses: addresses), notices: NoticeSink(logger: logger))
    return connect(poller)
  }

  /// The socket is readable or writable.
  func handle(_ poller: borrowing Poller, registry: inout StatementRegistry) -> Event {
    switch phase {
    case .connecting: connect(poller)
    case .ready: active == nil ? watchIdle() : proceed(poller, registry: &registry)
    case .closed: .none
    }
  }

  /// The alarm went off.
  func fire(now: ContinuousClock.Instant) -> Event {
    switch phase {
    case .connecting:
      return .connectFailed(reason: "no connection within \(configuration.connectTimeout)")
    case .closed:
      return .none
    case .ready:
      guard active != nil else {
        alarm = nil
        return .none
      }
      if active?.interruption == nil, active?.trip.role.isInterruptible == true {
        return interrupt(.deadline, now: now)
      }
      guard let lastCall = active?.lastCall, now < lastCall else { return lose() }
      // The request before came between two statements, where the server ignores it.
      guard active?.isCancelPending == true else { return requestCancel(now: now) }
      alarm = lastCall
      return .none
    }
  }

  /// Gives the trip up, if there is one: the caller answers it.
  func abandon() -> ActiveTrip? {
    defer { active = nil }
    return active
  }

  /// Ends the connection. Idempotent.
  func close(_ poller: borrowing Poller) {
    if let watched { poller.forget(watched.socket) }
    watched = nil
    link = nil
    phase = .closed
    alarm = nil
  }

  // MARK: Connecting

  private func connect(_ poller: borrowing Poller) -> Event {
    guard let link else { return .connectFailed(reason: "out of memory") }
    let progress = watched == nil && link.socket >= 0 ? .writing : link.progress()
    switch progress {
    case .reading, .writing:
      // libpq may have opened another socket under the same number: forget, then watch.
      if let watched { poller.forget(watched.socket) }
      watched = nil
      guard watch(poller, progress == .reading ? .readable : .writable) else {
        return .connectFailed(reason: "the socket cannot be watched")
      }
      return .none
    case .ready:
      guard link.enterPipeline(), watch(poller, .readable) else {
        return .connectFailed(reason: link.failureText)
      }
      phase = .ready
      alarm = nil
      return .connected
    case .failed:
      return .connectFailed(reason: link.failureText)
    }
  }

  private func watch(_ poller: borrowing Poller, _ interest: Poller.Interest) -> Bool {
    guard let socket = link?.socket, socket >= 0 else { return false }
    if let watched, watched.socket == socket, watched.interest == interest { return true }
    guard poller.watch(socket, interest, tag: id) else { return false }
    watched = (socket, interest)
    return true
  }

  // MARK: Working

  /// Sends a trip on a connection that has none.
  func run(_ trip: Trip, _ poller: borrowing Poller, registry: inout StatementRegistry) -> Event {
    let now = ContinuousClock.now
    let remaining: Duration
    if trip.role.isInterruptible, let deadline = trip.deadline {
      remaining = now.duration(to: deadline)
    } else {
      remaining = configuration.statementTimeout
    }
    active = ActiveTrip(trip, limit: now + remaining)
    guard phase == .ready else { return lose() }
    if trip.ticket.isCancelled, trip.role.isInterruptible {
      return refuse(PostgresError(code: .cancelled))
    }
    guard remaining > .zero else { return refuse(PostgresError(code: .deadlineExceeded)) }
    return send(remaining, poller, registry: &registry)
  }

  /// Ends a trip of which nothing was sent.
  private func refuse(_ error: PostgresError) -> Event {
    guard let trip = active?.trip else { return .none }
    active = nil
    return .finished(trip, .failure(error))
  }

  private func send(
    _ remaining: Duration, _ poller: borrowing Poller, registry: inout StatementRegistry
  ) -> Event {
    guard let link, let trip = active?.trip else { return .none }
    do throws(PostgresError) {
      var prologue = try trip.prologue(
        remaining, isRetry: (active?.attempt ?? 0) > 0, limit: &transactionTimeout)
      var fresh: [Int: String] = [:]
      if Mutation.isOn(.keepsTenantOfConnection), !prepared.isEmpty, trip.role.isRestartable {
        prologue.removeLast()
      }
      if configuration.hasTransactionPooler, trip.role.isRestartable {
        prologue.append(
          try TransactionContext.session(idleTimeout: configuration.idleInTransactionTimeout))
      }
      for (index, statement) in (prologue + trip.statements).enumerated() {
        let isPrologue = index < prologue.count
        if configuration.hasTransactionPooler {
          guard link.execute(statement) else { return lose() }
          active?.expectations.append(
            isPrologue ? .prologue(reused: false) : .statement(reused: false))
          continue
        }
        let number = registry.number(of: statement)
        let known = prepared[number]
        let name = known ?? fresh[number] ?? "s\(number)g\(generation)"
        if known == nil, fresh.updateValue(name, forKey: number) == nil {
          guard link.prepare(name, statement) else { return lose() }
          active?.expectations.append(.preparation(number: number, name: name))
        }
        guard link.execute(name, statement) else { return lose() }
        let reused = known != nil
        active?.expectations.append(
          isPrologue ? .prologue(reused: reused) : .statement(reused: reused))
      }
    } catch {
      // Only the prologue throws, before anything was sent.
      return refuse(error)
    }
    guard link.sync() else { return lose() }
    if case .statement? = active?.current { link.deliverRowByRow() }
    alarm = active.map { $0.limit + Self.serverHeadStart }
    return flush(poller) ? .none : lose()
  }

  /// What the server does for itself at the limit, it does more cheaply than a cancel request.
  private static let serverHeadStart = Duration.milliseconds(500)

  /// False when the connection is lost.
  private func flush(_ poller: borrowing Poller) -> Bool {
    guard let link else { return false }
    switch link.flush() {
    case .done:
      active?.isSent = true
      return watch(poller, .readable)
    case .pending:
      // Reading goes on: with both buffers full, client and server would wait for each other.
      return watch(poller, [.readable, .writable])
    case .failed:
      return false
    }
  }

  private func proceed(_ poller: borrowing Poller, registry: inout StatementRegistry) -> Event {
    guard let link else { return .none }
    let alive = link.consume()
    var understood = drain(link)
    while alive, understood, active?.isSynced == false, link.hasBufferedInput {
      guard link.consume() else { return lose() }
      understood = drain(link)
    }
    if active?.isSynced == true { return settle(poller, registry: &registry) }
    guard alive, understood else { return lose() }
    if active?.isSent == false, !flush(poller) { return lose() }
    if active?.interruption == .size, active?.lastCall == nil {
      return interrupt(.size, now: .now)
    }
    return .none
  }

  /// Reads the results that are complete. False when the connection is out of step.
  private func drain(_ link: Link) -> Bool {
    while active?.isSynced == false, !link.isBusy {
      guard let result = link.nextResult() else {
        active?.advance()
        if active?.isOutOfStep == true { return false }
        if case .statement? = active?.current { link.deliverRowByRow() }
        continue
      }
      if result.status == .sync {
        active?.isSynced = true
      } else if let done = active?.take(result, byteLimit: configuration.resultByteLimit) {
        prepared[done.number] = done.name
      } else if active?.isOutOfStep == true {
        return false
      }
    }
    return true
  }

  /// The Sync was answered: the trip is over, unless a cancel request is still on its way.
  private func settle(_ poller: borrowing Poller, registry: inout StatementRegistry) -> Event {
    guard let done = active, !done.isCancelPending else { return .none }
    if done.isStale {
      prepared = [:]
      generation += 1
      if done.attempt == 0, done.interruption == nil, done.trip.role.isRestartable {
        let remaining = ContinuousClock.now.duration(to: done.limit)
        active = ActiveTrip(done.trip, attempt: 1, limit: done.limit)
        return remaining > .zero ? send(remaining, poller, registry: &registry) : lose()
      }
    }
    active = nil
    alarm = nil
    return .finished(done.trip, done.outcome(now: .now))
  }

  /// An idle connection has something to say: a notice, or its end.
  private func watchIdle() -> Event {
    guard let link, link.consume() else { return lose() }
    _ = link.isBusy  // Takes in what came, as a notice.
    return .none
  }

  /// The connection is given up, and the trip with it.
  func lose() -> Event {
    defer { active = nil }
    return .lost(active?.trip, active?.outcomeOfLoss() ?? PostgresError(code: .unavailable))
  }

  /// The cancel request reached the server, or failed.
  func cancelReturned(_ poller: borrowing Poller, registry: inout StatementRegistry) -> Event {
    active?.isCancelPending = false
    return active?.isSynced == true ? settle(poller, registry: &registry) : .none
  }
}
