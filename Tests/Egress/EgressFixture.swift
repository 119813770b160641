import Synchronization

@testable import Egress

/// Answers with what a test wrote down, one list for each question; the last one repeats.
final class TableResolver: EgressResolver {
  private let state: Mutex<(answers: [[String]], asked: [String])>

  init(_ answers: [[String]]) { state = Mutex((answers, [])) }

  var asked: [String] { state.withLock { $0.asked } }

  func addresses(of host: String) async throws -> [IPAddress] {
    state.withLock { state in
      state.asked.append(host)
      let answer = state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
      return (answer ?? []).compactMap { IPAddress($0) }
    }
  }
}

/// Keeps what it sees.
final class EgressLog: EgressObserver {
  private let state = Mutex<(attempts: [EgressAttempt], moves: [BreakerTransition])>(([], []))

  var attempts: [EgressAttempt] { state.withLock { $0.attempts } }
  var moves: [BreakerTransition] { state.withLock { $0.moves } }

  func attempted(_ attempt: EgressAttempt) { state.withLock { $0.attempts.append(attempt) } }
  func moved(_ transition: BreakerTransition) { state.withLock { $0.moves.append(transition) } }
}

/// A clock that a test moves.
final class EgressClock: Sendable {
  private let time = Mutex(ContinuousClock.now)

  var now: @Sendable () -> ContinuousClock.Instant {
    return { self.time.withLock { $0 } }
  }

  func move(_ duration: Duration) { time.withLock { $0 += duration } }
}

extension EgressClient {
  /// Runs `body` with a client, and shuts it down.
  static func with<Value: Sendable>(
    loopback: Set<EgressAuthority> = [], roots: [String] = [],
    resolver: any EgressResolver = SystemResolver(),
    observer: any EgressObserver = NoEgressObserver(), clock: EgressClock? = nil,
    _ body: (EgressClient) async throws -> Value
  ) async throws -> Value {
    let system: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    let client = try EgressClient(
      policy: EgressPolicy(loopback: loopback, trustRootsPEM: roots), resolver: resolver,
      observer: observer, now: clock?.now ?? system, random: { 0 })
    do {
      let value = try await body(client)
      try await client.shutdown()
      return value
    } catch {
      try await client.shutdown()
      throw error
    }
  }

  /// Calls a URL as a partner's.
  func get(
    _ url: String, operation: String = "get", tenant: String = "t", partner: String = "p",
    method: EgressRequest.Method = .get, key: String? = nil, limits: EgressLimits = .init(),
    within time: Duration = .seconds(20)
  ) async -> Result<EgressResponse, EgressError> {
    let destination = EgressDestination(
      .init(purpose: .partner, tenantID: tenant, name: partner),
      authorities: EgressURL(url).map { [$0.authority] } ?? [], limits: limits)
    do throws(EgressError) {
      return .success(
        try await call(
          EgressRequest(operation: operation, method: method, url: url, idempotencyKey: key),
          to: destination, until: .now + time))
    } catch {
      return .failure(error)
    }
  }
}

extension Result<EgressResponse, EgressError> {
  var status: Int? { if case .success(let response) = self { response.status } else { nil } }
  var error: EgressError? { if case .failure(let error) = self { error } else { nil } }
}
