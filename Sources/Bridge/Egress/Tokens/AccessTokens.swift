import RPC
import Synchronization

/// The platform's tokens at other systems: asked for once, kept until shortly before they end.
public final class AccessTokens: Sendable {
  typealias Fetch = @Sendable (ClientCredentials) async -> Result<AccessToken, AccessTokenError>

  private struct Refusal {
    let error: AccessTokenError
    let until: ContinuousClock.Instant
  }

  private struct State {
    var tokens: [ClientCredentials.ID: AccessToken] = [:]
    /// What was refused is not asked for again at once: whoever has a wrong secret would be locked
    /// out by asking as often as there are calls.
    var refusals: [ClientCredentials.ID: Refusal] = [:]
    var fetches: [ClientCredentials.ID: Promise<Result<AccessToken, AccessTokenError>>] = [:]
  }

  private static let capacity = 10_000
  /// For how long a refusal counts.
  private static let refusalLife = Duration.seconds(10)
  private static let longestPause = Duration.seconds(60)

  private let fetch: Fetch
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  /// Tokens that are asked for by a client.
  public convenience init(client: EgressClient) {
    self.init { await client.fetchToken($0) }
  }

  /// - Parameter fetch: Asks the token endpoint; ends in time by itself.
  init(
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, fetch: @escaping Fetch
  ) {
    self.now = now
    self.fetch = fetch
  }

  /// The kept token, or a new one. While one is asked for, everybody else waits for that one.
  public func token(
    for credentials: ClientCredentials, until expiry: ContinuousClock.Instant
  ) async throws(AccessTokenError) -> AccessToken {
    let id = credentials.id
    let (promise, isFirst) = state.withLock {
      state -> (Promise<Result<AccessToken, AccessTokenError>>, Bool) in
      let promise = Promise<Result<AccessToken, AccessTokenError>>()
      if let token = state.tokens[id], token.usableUntil > now() {
        promise.fulfil(.success(token))
        return (promise, false)
      }
      if let refusal = state.refusals[id], refusal.until > now() {
        promise.fulfil(.failure(refusal.error))
        return (promise, false)
      }
      if let fetch = state.fetches[id] { return (fetch, false) }
      state.fetches[id] = promise
      return (promise, true)
    }
    if isFirst {
      // A task of its own: whoever asked first may stop waiting, and the others go on.
      Task {
        let result = await CallDeadline.none { await fetch(credentials) }
        keep(result, id)
        promise.fulfil(result)
      }
    }
    guard let result = await promise.value(until: expiry) else {
      throw .unavailable(EgressError(.timedOut))
    }
    return try result.get()
  }

  /// Forgets a token that the other system no longer takes.
  public func forget(_ token: AccessToken, of credentials: ClientCredentials) {
    state.withLock { state in
      if state.tokens[credentials.id] == token { state.tokens[credentials.id] = nil }
    }
  }

  /// Nil for everything that may be otherwise at the next try.
  private func refusal(_ result: Result<AccessToken, AccessTokenError>) -> Refusal? {
    guard case .failure(let error) = result else { return nil }
    switch error {
    case .refused: return Refusal(error: error, until: now() + Self.refusalLife)
    case .throttled(_, let pause?):
      return Refusal(error: error, until: now() + min(pause, Self.longestPause))
    default: return nil
    }
  }

  private func keep(_ result: Result<AccessToken, AccessTokenError>, _ id: ClientCredentials.ID) {
    state.withLock { state in
      state.fetches[id] = nil
      state.refusals[id] = refusal(result)
      if state.refusals.count > Self.capacity {
        state.refusals = state.refusals.filter { $0.value.until > now() }
        if state.refusals.count > Self.capacity { state.refusals.removeAll() }
      }
      guard case .success(let token) = result else { return }
      if state.tokens.count >= Self.capacity {
        state.tokens = state.tokens.filter { $0.value.usableUntil > now() }
        if state.tokens.count >= Self.capacity { state.tokens.removeAll(keepingCapacity: true) }
      }
      state.tokens[id] = token
    }
  }
}
