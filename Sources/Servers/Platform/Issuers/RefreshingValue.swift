import Egress
import Mutation
import RPC
import Synchronization

/// A value that somebody else may change at any time: fetched when it is first wanted, again when
/// it is old, and sooner when a caller has reason to think that there is a newer one, but never
/// more often than a limit says, however many callers ask (S-A5).
///
/// One fetch runs at a time. While it runs, callers are given the value before it; those who have
/// none, or who asked for a newer one, wait.
final class RefreshingValue<Value: Sendable>: Sendable {
  /// When to fetch.
  struct Schedule: Sendable {
    /// The age from which the value is fetched anew.
    var life: Duration
    /// The age up to which the value still counts when it cannot be fetched.
    var keep: Duration
    /// The least time between fetches.
    var pause: Duration
    /// The least time between fetches as long as none succeeded.
    var pauseWithoutValue: Duration
    /// How long a caller waits for a fetch; nil for as long as it takes.
    var patience: Duration?
  }

  private typealias Fetch = Promise<Result<Value, any Error>>

  private struct State {
    var value: (value: Value, since: ContinuousClock.Instant)?
    var lastAttempt: ContinuousClock.Instant?
    var failure: (any Error)?
    var fetch: Fetch?
  }

  private enum Answer {
    case value(Value)
    case pending(Fetch)
    case failure(any Error)
  }

  private let schedule: Schedule
  private let now: @Sendable () -> ContinuousClock.Instant
  private let fetch: @Sendable () async throws -> Value
  private let state = Mutex(State())

  /// - Parameter fetch: gets the value; has to end by itself.
  init(
    schedule: Schedule, now: @escaping @Sendable () -> ContinuousClock.Instant,
    fetch: @escaping @Sendable () async throws -> Value
  ) {
    self.schedule = schedule
    self.now = now
    self.fetch = fetch
  }

  /// The value.
  ///
  /// - Parameter refresh: whether the caller has reason to think that there is a newer one.
  /// - Throws: what the last fetch threw, or UNAVAILABLE where it takes too long, where no value is
  ///   left that still counts.
  func value(refresh: Bool) async throws -> Value {
    switch answer(refresh: refresh) {
    case .value(let value): return value
    case .failure(let error): throw error
    case .pending(let fetch):
      // The fetch goes on without whoever stops waiting.
      let patience = schedule.patience.map { ContinuousClock.now + $0 }
      let end = [CallDeadline.current, patience].compactMap { $0 }.min()
      let result = await fetch.value(until: end) ?? .failure(Self.late)
      switch result {
      case .success(let value): return value
      case .failure(let error):
        guard let kept = state.withLock({ kept($0) }) else { throw error }
        return kept
      }
    }
  }

  private static var late: RPCError {
    RPCError(
      code: .unavailable, reason: "ISSUER_UNAVAILABLE", message: "the keys take too long",
      retryAfter: .seconds(1))
  }

  private func answer(refresh: Bool) -> Answer {
    state.withLock { state in
      let time = now()
      let kept = kept(state)
      if !refresh, let value = state.value, time - value.since < schedule.life {
        return .value(value.value)
      }
      if let running = state.fetch {
        return kept.flatMap { refresh ? nil : .value($0) } ?? .pending(running)
      }
      let pause = kept == nil ? schedule.pauseWithoutValue : schedule.pause
      if let last = state.lastAttempt, time - last < pause,
        !Mutation.isOn(.asksForKeysEachTime)
      {
        if let kept { return .value(kept) }
        if let failure = state.failure { return .failure(failure) }
      }
      state.lastAttempt = time
      // A task of its own: it serves every waiter, so it must not end with the first one's call.
      let fetch = Fetch()
      state.fetch = fetch
      Task { fetch.fulfil(await CallDeadline.none { await self.run() }) }
      return kept.flatMap { refresh ? nil : .value($0) } ?? .pending(fetch)
    }
  }

  private func run() async -> Result<Value, any Error> {
    do {
      let value = try await fetch()
      state.withLock { state in
        state.value = (value, now())
        state.failure = nil
        state.fetch = nil
      }
      return .success(value)
    } catch {
      state.withLock { state in
        state.failure = error
        state.fetch = nil
      }
      return .failure(error)
    }
  }

  private func kept(_ state: State) -> Value? {
    guard let value = state.value, now() - value.since < schedule.keep else { return nil }
    return value.value
  }
}
