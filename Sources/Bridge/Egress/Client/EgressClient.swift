import Synchronization

/// The one way out: every call of the platform to another system over HTTP.
///
/// It calls only the hosts that a destination has, dials only addresses that it has judged, follows
/// no redirect, verifies certificates, ends in time, reads no more than it may, repeats within a
/// budget, and leaves a broken operation alone.
public final class EgressClient: Sendable {
  /// No answer is longer than this, whatever a destination's limits say.
  public static let mostAnswerBytes = 1 << 20

  /// A timeout counts from so long a wait on, or from the destination's own limits where those are
  /// shorter.
  private static let leastPatience = Duration.seconds(1)

  /// The breakers of what is called.
  public let breakers: Breakers
  /// What the operator says.
  public let policy: EgressPolicy

  let guards: EgressGuard
  let connections: EgressConnections
  let places: EgressPlaces
  private let budget = RetryBudget()
  private let rule: RetryRule
  private let observer: any EgressObserver
  private let isClosed = Atomic(false)

  /// Creates a client; shut it down in the end.
  ///
  /// - Throws: `EgressConfigurationError` where the additional roots are not certificates.
  public init(
    policy: EgressPolicy = EgressPolicy(), breakers rules: BreakerRules = BreakerRules(),
    resolver: any EgressResolver = SystemResolver(),
    observer: any EgressObserver = NoEgressObserver(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) throws {
    self.policy = policy
    self.observer = observer
    breakers = Breakers(rules: rules, observer: observer, now: now)
    guards = EgressGuard(policy: policy, resolver: resolver, now: now)
    connections = try EgressConnections(
      trustRootsPEM: policy.trustRootsPEM, callsAtOnce: policy.callsAtOnce, now: now)
    places = EgressPlaces(most: policy.callsAtOnce)
    rule = RetryRule(random: random)
  }

  /// Calls another system.
  ///
  /// - Parameter expiry: When the caller stops waiting: nothing takes longer.
  /// - Returns: An answer, whatever its status.
  /// - Throws: `EgressError`.
  public func call(
    _ request: EgressRequest, to destination: EgressDestination,
    until expiry: ContinuousClock.Instant
  ) async throws(EgressError) -> EgressResponse {
    let url = try guards.checked(request.url, of: destination)
    var number = 1
    while true {
      let result = await attempt(request, url, destination, number, until: expiry)
      guard number < destination.limits.attempts, request.mayBeRepeated,
        let pause = rule.pause(after: result, attempt: number), .now + pause < expiry,
        budget.withdraw(destination.id)
      else { return try result.get() }
      // Cancelled: the next attempt says so at once.
      try? await Task.sleep(for: pause)
      number += 1
    }
  }

  /// Refuses a call whose breaker is open, before anything is done for it.
  func refuseWhereOpen(
    _ request: EgressRequest, _ destination: EgressDestination
  ) throws(EgressError) {
    let key = BreakerKey(destination: destination.id, operation: request.operation)
    guard let pause = breakers.rejection(of: key) else { return }
    let error = EgressError(.breakerOpen, retryAfter: pause)
    observer.attempted(
      EgressAttempt(
        destination: destination.id, operation: request.operation, number: 1,
        result: .failed(error), duration: .zero))
    throw error
  }

  /// Closes every connection; calls on their way fail.
  public func shutdown() async throws {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    try await connections.close()
  }

  /// One attempt, with its breaker.
  private func attempt(
    _ request: EgressRequest, _ url: EgressURL, _ destination: EgressDestination, _ number: Int,
    until expiry: ContinuousClock.Instant
  ) async -> Result<EgressResponse, EgressError> {
    let key = BreakerKey(destination: destination.id, operation: request.operation)
    let begin = ContinuousClock.now
    let result: Result<EgressResponse, EgressError>
    switch breakers.admit(key) {
    case .refuse(let pause):
      result = .failure(EgressError(.breakerOpen, retryAfter: pause))
    case .pass(let permit):
      // Calls that went out save repetitions: those that a breaker ended do not.
      if number == 1 { budget.deposit(destination.id) }
      result = await exchange(request, url, destination, number, until: expiry)
      breakers.record(
        Self.outcome(of: result, in: destination.limits, after: .now - begin), of: permit, key)
    }
    observer.attempted(
      EgressAttempt(
        destination: destination.id, operation: request.operation, number: number,
        result: result.observed, duration: .now - begin))
    return result
  }

  /// What an attempt says of the other system's health.
  private static func outcome(
    of result: Result<EgressResponse, EgressError>, in limits: EgressLimits,
    after duration: Duration
  ) -> Breaker.Outcome {
    switch result {
    case .success(let response):
      switch response.status {
      case 400..<500: .refusal
      case 500...: .failure(isTimeout: false)
      default: .success
      }
    case .failure(let error):
      switch error.reason {
      // Who left it no time says nothing of it.
      case .timedOut:
        duration >= min(leastPatience, limits.firstByte, limits.attempt)
          ? .failure(isTimeout: true) : .unknown
      // A name that leads inside looks like one that leads nowhere, here too.
      case .unreachable, .untrusted, .broken, .unresolved, .addressForbidden, .answerTooLarge,
        .badAnswer:
        .failure(isTimeout: false)
      case .invalidURL, .insecure, .hostNotAllowed, .portNotAllowed, .lookupFailed, .breakerOpen,
        .busy, .cancelled, .closed:
        .unknown
      }
    }
  }
}

extension Result<EgressResponse, EgressError> {
  fileprivate var observed: EgressAttempt.Result {
    switch self {
    case .success(let response): .answered(response.status)
    case .failure(let error): .failed(error)
    }
  }
}
