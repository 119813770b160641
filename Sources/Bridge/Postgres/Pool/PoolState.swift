/// Names of things on the reactor. Numbers are never used twice.
typealias ConnectionID = UInt64
typealias RequestID = UInt64

/// Which connections a pool has and who waits for one. Pure: no clock, no socket; the reactor tells
/// it what happened and does what it answers.
///
/// The circuit is closed in normal times. It opens when attempts to connect fail and no connection
/// is left: then callers are refused at once, and one attempt after another, further and further
/// apart, looks whether the server is back. The first success closes it.
struct PoolState {
  typealias Instant = ContinuousClock.Instant

  /// Why a caller gets no connection.
  enum Refusal: Equatable {
    case exhausted, deadlineExceeded, unavailable, shutDown
  }

  enum Submission: Equatable {
    case assign(ConnectionID), wait, refuse(Refusal)
  }

  /// What becomes of a connection that is free again.
  enum Placement: Equatable {
    case assign(RequestID), park, close
  }

  struct Waiter: Equatable {
    let request: RequestID
    let expiry: Instant
    /// What the caller is told at `expiry`.
    let refusal: Refusal
  }

  let limit: Int
  let maxWaiters: Int
  /// Waits between attempts: the first, doubled up to the last.
  var firstBackoff: Duration = .milliseconds(50)
  var lastBackoff: Duration = .seconds(2)
  /// Failures in a row that open the circuit.
  var failuresToOpen = 2

  private(set) var idle: [ConnectionID] = []
  private(set) var leased: Set<ConnectionID> = []
  private(set) var connecting: Set<ConnectionID> = []
  private(set) var waiters: [Waiter] = []
  private(set) var failures = 0
  private(set) var isCircuitOpen = false
  private(set) var isShutDown = false
  private var retryAt: Instant?
  /// No waiter expires before this; kept low rather than exact.
  private var nextExpiry: Instant?

  init(limit: Int, maxWaiters: Int) {
    self.limit = max(1, limit)
    self.maxWaiters = max(0, maxWaiters)
  }

  var connections: Int { idle.count + leased.count + connecting.count }

  /// Somebody wants a connection.
  mutating func submit(_ request: RequestID, expiry: Instant, refusal: Refusal) -> Submission {
    if isShutDown { return .refuse(.shutDown) }
    if let connection = idle.popLast() {
      leased.insert(connection)
      return .assign(connection)
    }
    if isCircuitOpen { return .refuse(.unavailable) }
    if waiters.count >= maxWaiters { return .refuse(.exhausted) }
    waiters.append(Waiter(request: request, expiry: expiry, refusal: refusal))
    nextExpiry = min(nextExpiry ?? expiry, expiry)
    return .wait
  }

  /// Whether a connection is to be opened now, under this number. Ask until the answer is false.
  mutating func open(_ connection: ConnectionID, now: Instant) -> Bool {
    guard !isShutDown, connections < limit else { return false }
    if failures > 0 {
      guard wantsProbe, retryAt.map({ now >= $0 }) ?? true else { return false }
    } else if connecting.count >= waiters.count {
      return false
    }
    connecting.insert(connection)
    return true
  }

  mutating func connected(_ connection: ConnectionID) -> Placement {
    connecting.remove(connection)
    failures = 0
    retryAt = nil
    isCircuitOpen = false
    return place(connection)
  }

  /// An attempt failed. Gives who has to be told that the database is unavailable.
  mutating func connectFailed(_ connection: ConnectionID, now: Instant) -> [RequestID] {
    connecting.remove(connection)
    failures += 1
    var backoff = firstBackoff
    for _ in 1..<min(failures, 16) where backoff < lastBackoff { backoff = backoff * 2 }
    retryAt = now + min(backoff, lastBackoff)
    guard failures >= failuresToOpen, leased.isEmpty, idle.isEmpty, connecting.isEmpty else {
      return []
    }
    isCircuitOpen = true
    return takeWaiters()
  }

  /// A leased connection has no work any more.
  mutating func released(_ connection: ConnectionID) -> Placement {
    leased.remove(connection)
    return place(connection)
  }

  /// A connection, idle or leased, is gone.
  mutating func lost(_ connection: ConnectionID) {
    leased.remove(connection)
    idle.removeAll { $0 == connection }
  }

  /// A caller gave up. False when it does not wait (any more).
  mutating func withdraw(_ request: RequestID) -> Bool {
    guard let index = waiters.firstIndex(where: { $0.request == request }) else { return false }
    waiters.remove(at: index)
    return true
  }

  /// Takes out whoever has waited long enough.
  mutating func expire(now: Instant) -> [Waiter] {
    guard let nextExpiry, nextExpiry <= now else { return [] }
    let expired = waiters.filter { $0.expiry <= now }
    waiters.removeAll { $0.expiry <= now }
    self.nextExpiry = waiters.map(\.expiry).min()
    return expired
  }

  /// When to call `expire` and `open` again without any other cause.
  var wakeUp: Instant? {
    let attempt = !isShutDown && connections < limit && wantsProbe ? retryAt : nil
    return [nextExpiry, attempt].compactMap { $0 }.min()
  }

  /// Nobody new is served. Gives the waiting requests and the idle connections, both to be ended;
  /// leased connections are closed as they come back.
  mutating func shutDown() -> (requests: [RequestID], connections: [ConnectionID]) {
    isShutDown = true
    defer { idle = [] }
    return (takeWaiters(), idle)
  }

  /// After a failure there is one attempt at a time. Without any connection it is made whether or
  /// not somebody waits: it is what closes the circuit.
  private var wantsProbe: Bool {
    connecting.isEmpty && (leased.isEmpty && idle.isEmpty || !waiters.isEmpty)
  }

  private mutating func place(_ connection: ConnectionID) -> Placement {
    if isShutDown { return .close }
    guard !waiters.isEmpty else {
      idle.append(connection)
      return .park
    }
    leased.insert(connection)
    return .assign(waiters.removeFirst().request)
  }

  private mutating func takeWaiters() -> [RequestID] {
    defer { waiters = [] }
    nextExpiry = nil
    return waiters.map(\.request)
  }
}
