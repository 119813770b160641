import Logging

/// The reactor's half of a pool: does what `PoolState` decides, with real connections.
final class PoolCore {
  let configuration: PostgresConfiguration
  let logger: Logger
  private let meter: PoolMeter
  private var state: PoolState
  private var connections: [ConnectionID: Connection] = [:]
  /// Trips that wait for a connection.
  private var waiting: [RequestID: (trip: Trip, since: ContinuousClock.Instant)] = [:]
  /// Trips on their way, for cancellation.
  private var running: [RequestID: ConnectionID] = [:]
  private var closing: (by: ContinuousClock.Instant, done: [CheckedContinuation<Void, Never>])?

  init(configuration: PostgresConfiguration, meter: PoolMeter, logger: Logger) {
    self.configuration = configuration
    self.meter = meter
    self.logger = logger
    state = PoolState(limit: configuration.poolSize, maxWaiters: configuration.maxWaiters)
  }

  /// When `tick` has something to do.
  var alarm: ContinuousClock.Instant? {
    var next = state.wakeUp
    if let closing { next = min(next ?? closing.by, closing.by) }
    for connection in connections.values {
      if let alarm = connection.alarm { next = min(next ?? alarm, alarm) }
    }
    return next
  }

  func submit(_ trip: Trip, _ loop: ReactorLoop) {
    if let lease = trip.lease {
      guard let connection = connections[lease] else {
        return refuse(trip, PostgresError(code: .unavailable))
      }
      return run(trip, connection, loop)
    }
    guard !trip.ticket.isCancelled else {
      return refuse(trip, PostgresError(code: .cancelled))
    }
    let patience = ContinuousClock.now + configuration.acquireTimeout
    let expiry = min(patience, trip.deadline ?? patience)
    let submission = state.submit(
      trip.ticket.id, expiry: expiry,
      refusal: expiry < patience ? .deadlineExceeded : .exhausted)
    switch submission {
    case .assign(let id):
      guard let connection = connections[id] else {
        return refuse(trip, PostgresError(code: .unavailable))
      }
      run(trip, connection, loop)
    case .wait:
      waiting[trip.ticket.id] = (trip, .now)
      openConnections(loop)
    case .refuse(let reason):
      meter.update { $0.refused += 1 }
      refuse(trip, PostgresError(reason))
    }
    publish()
  }

  func cancel(_ request: RequestID, _ loop: ReactorLoop) {
    if state.withdraw(request), let trip = waiting.removeValue(forKey: request)?.trip {
      refuse(trip, PostgresError(code: .cancelled))
      publish()
    } else if let connection = running[request].flatMap({ connections[$0] }) {
      digest(connection.cancel(request, now: .now), connection, loop)
    }
  }

  func handle(_ id: ConnectionID, _ loop: ReactorLoop) {
    guard let connection = connections[id] else { return }
    digest(loop.handle(connection), connection, loop)
  }

  func start(_ id: ConnectionID, addresses: [String], _ loop: ReactorLoop) {
    guard let connection = connections[id] else { return }
    let event: Connection.Event =
      configuration.needsResolution && addresses.isEmpty
      ? .connectFailed(reason: "the host's name is not known")
      : loop.start(connection, addresses: addresses, self)
    digest(event, connection, loop)
  }

  func cancelReturned(_ id: ConnectionID, _ loop: ReactorLoop) {
    guard let connection = connections[id] else { return }
    digest(loop.cancelReturned(connection), connection, loop)
  }

  func tick(_ now: ContinuousClock.Instant, _ loop: ReactorLoop) {
    for connection in connections.values where connection.alarm.map({ $0 <= now }) ?? false {
      digest(connection.fire(now: now), connection, loop)
    }
    for waiter in state.expire(now: now) {
      if let trip = waiting.removeValue(forKey: waiter.request)?.trip {
        meter.update { $0.refused += 1 }
        refuse(trip, PostgresError(waiter.refusal))
      }
    }
    openConnections(loop)
    if let closing, closing.by <= now { abort(loop) }
    publish()
  }

  /// Serves nobody new; ends when the last connection came back, at the latest at `end`.
  func shutDown(
    by end: ContinuousClock.Instant, _ continuation: CheckedContinuation<Void, Never>?,
    _ loop: ReactorLoop
  ) {
    let done = (closing?.done ?? []) + [continuation].compactMap { $0 }
    closing = (by: min(closing?.by ?? end, end), done: done)
    let rest = state.shutDown()
    refuse(rest.requests, PostgresError(code: .shutDown))
    for id in rest.connections { remove(id, loop) }
    finishIfEmpty(loop)
  }

  /// Ends everything now.
  func abort(_ loop: ReactorLoop) {
    refuse(state.shutDown().requests, PostgresError(code: .shutDown))
    for connection in connections.values {
      if let trip = connection.abandon() {
        running[trip.trip.ticket.id] = nil
        let error = trip.outcomeOfLoss()
        refuse(
          trip.trip, error.code == .commitUnknown ? error : PostgresError(code: .shutDown))
      }
      remove(connection.id, loop)
    }
    if closing == nil { closing = (by: .now, done: []) }
    finishIfEmpty(loop)
  }

  // MARK: Inside

  private func run(_ trip: Trip, _ connection: Connection, _ loop: ReactorLoop) {
    running[trip.ticket.id] = connection.id
    digest(loop.run(trip, on: connection), connection, loop)
  }

  private func digest(_ event: Connection.Event, _ connection: Connection, _ loop: ReactorLoop) {
    switch event {
    case .none:
      return
    case .connected:
      meter.update { $0.created += 1 }
      place(state.connected(connection.id), connection, loop)
    case .connectFailed(let reason):
      logger.warning(
        "no connection to the database",
        metadata: ["database": "\(configuration)", "reason": "\(reason)"])
      meter.update { $0.failed += 1 }
      loop.close(connection)
      connections[connection.id] = nil
      let refused = state.connectFailed(connection.id, now: .now)
      refuse(refused, PostgresError(code: .unavailable))
    case .finished(let trip, let outcome):
      running[trip.ticket.id] = nil
      if trip.role.releases { release(connection, loop) }
      let lease = trip.role.releases ? nil : connection.id
      publish()  // Before the caller goes on: its next look finds these numbers.
      trip.reply.resume(returning: TripReply(outcome: outcome, lease: lease))
    case .lost(let trip, let error):
      meter.update { $0.lost += 1 }
      state.lost(connection.id)
      remove(connection.id, loop)
      publish()
      if let trip {
        running[trip.ticket.id] = nil
        refuse(trip, error)
      }
    }
    openConnections(loop)
    finishIfEmpty(loop)
    publish()
  }

  private func release(_ connection: Connection, _ loop: ReactorLoop) {
    guard connection.isClean else {
      // A transaction is still open: whoever came next would be in it.
      state.lost(connection.id)
      return remove(connection.id, loop)
    }
    place(state.released(connection.id), connection, loop)
  }

  private func place(
    _ placement: PoolState.Placement, _ connection: Connection, _ loop: ReactorLoop
  ) {
    switch placement {
    case .park: break
    case .close: remove(connection.id, loop)
    case .assign(let request):
      guard let (trip, since) = waiting.removeValue(forKey: request) else { return }
      meter.update { numbers in
        numbers.waited += 1
        numbers.waitingTime += since.duration(to: .now)
      }
      run(trip, connection, loop)
    }
  }

  private func openConnections(_ loop: ReactorLoop) {
    while true {
      let id = loop.newConnectionID()
      guard state.open(id, now: .now) else { return }
      connections[id] = loop.open(id, for: self)
      if configuration.needsResolution {
        loop.resolve(configuration.host, for: id)
      } else {
        start(id, addresses: [], loop)
      }
    }
  }

  private func remove(_ id: ConnectionID, _ loop: ReactorLoop) {
    guard let connection = connections.removeValue(forKey: id) else { return }
    loop.close(connection)
  }

  private func finishIfEmpty(_ loop: ReactorLoop) {
    guard let closing, connections.isEmpty else { return }
    self.closing = nil
    loop.forget(self)
    for continuation in closing.done { continuation.resume() }
  }

  private func refuse(_ trip: Trip, _ error: PostgresError) {
    trip.reply.resume(returning: TripReply(outcome: .failure(error), lease: nil))
  }

  private func refuse(_ requests: [RequestID], _ error: PostgresError) {
    for trip in requests.compactMap({ waiting.removeValue(forKey: $0)?.trip }) {
      refuse(trip, error)
    }
  }

  private func publish() {
    meter.update { numbers in
      numbers.inUse = state.leased.count
      numbers.idle = state.idle.count
      numbers.connecting = state.connecting.count
      numbers.waiting = state.waiters.count
      numbers.isUnavailable = state.isCircuitOpen
    }
  }
}

extension PostgresError {
  fileprivate init(_ refusal: PoolState.Refusal) {
    let code: Code =
      switch refusal {
      case .exhausted: .poolExhausted
      case .deadlineExceeded: .deadlineExceeded
      case .unavailable: .unavailable
      case .shutDown: .shutDown
      }
    self.init(code: code)
  }
}
