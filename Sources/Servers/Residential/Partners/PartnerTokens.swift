import RPC
import Synchronization

/// The platform's tokens at partners: asked for once, kept until shortly before they end.
final class PartnerTokens: Sendable {
  /// A token and how long to use it.
  struct Token: Sendable, Hashable {
    let value: String
    let usableUntil: ContinuousClock.Instant
  }

  /// Why there is no token: nothing of the command was sent.
  enum Failure: Error, Hashable {
    case refused(code: String)
    case problem(PartnerProblem)
  }

  private struct State {
    var tokens: [PartnerEndpoint: Token] = [:]
    var fetches: [PartnerEndpoint: Promise<Result<Token, Failure>>] = [:]
  }

  private let state = Mutex(State())

  /// The kept token, or a new one. While one is asked for, everybody else waits for that one.
  ///
  /// - Parameter fetch: Asks the token endpoint; ends in time by itself.
  func token(
    for endpoint: PartnerEndpoint, until expiry: ContinuousClock.Instant,
    fetch: @escaping @Sendable () async -> Result<Token, Failure>
  ) async throws(Failure) -> Token {
    let (promise, isFirst) = state.withLock { state -> (Promise<Result<Token, Failure>>, Bool) in
      state.tokens = state.tokens.filter { $0.value.usableUntil > .now }
      let promise = Promise<Result<Token, Failure>>()
      if let token = state.tokens[endpoint] {
        promise.fulfil(.success(token))
        return (promise, false)
      }
      if let fetch = state.fetches[endpoint] { return (fetch, false) }
      state.fetches[endpoint] = promise
      return (promise, true)
    }
    if isFirst {
      // A task of its own: whoever asked first may stop waiting, and the others go on.
      Task {
        let result = await CallDeadline.none { await fetch() }
        state.withLock { state in
          state.fetches[endpoint] = nil
          if case .success(let token) = result { state.tokens[endpoint] = token }
        }
        promise.fulfil(result)
      }
    }
    guard let result = await promise.value(until: expiry) else { throw .problem(.timedOut) }
    return try result.get()
  }

  /// Forgets a token that the partner no longer takes.
  func forget(_ token: Token, for endpoint: PartnerEndpoint) {
    state.withLock { state in
      if state.tokens[endpoint] == token { state.tokens[endpoint] = nil }
    }
  }
}
