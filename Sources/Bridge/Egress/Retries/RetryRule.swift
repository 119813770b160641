/// When and how soon an attempt is followed by another.
struct RetryRule: Sendable {
  static let base = Duration.milliseconds(100)
  static let longest = Duration.seconds(2)

  /// A number from 0 up to 1.
  let random: @Sendable () -> Double

  /// The pause before the next attempt; nil where another would be wrong or of no use.
  ///
  /// - Parameter attempt: The number of the attempt that ended so.
  func pause(
    after result: Result<EgressResponse, EgressError>, attempt: Int
  ) -> Duration? {
    let least: Duration?
    switch result {
    case .success(let response):
      switch response.status {
      case 502, 503, 504: least = response.retryAfter
      // Whoever says that we ask too often has to say when we may again.
      case 429:
        guard let pause = response.retryAfter else { return nil }
        least = pause
      default: return nil
      }
    case .failure(let error):
      switch error.reason {
      case .unreachable, .broken, .unresolved, .lookupFailed, .busy: least = nil
      // What was refused stays refused; what took too long has taken the time.
      default: return nil
      }
    }
    // Full jitter: callers that failed together do not come again together.
    let ceiling = min(Self.base * (1 << min(attempt - 1, 10)), Self.longest)
    return max(ceiling * random(), least ?? .zero)
  }
}
