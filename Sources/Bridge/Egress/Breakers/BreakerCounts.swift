/// What came of the attempts of one operation since the process started.
public struct BreakerCounts: Sendable, Hashable {
  /// Answers that did what was asked, or redirected.
  public internal(set) var successes = 0
  /// Answers 4xx: the caller's fault, not the partner's.
  public internal(set) var refusals = 0
  /// Answers 5xx, broken connections and the like; timeouts too.
  public internal(set) var failures = 0
  /// The timeouts among the failures.
  public internal(set) var timeouts = 0
  /// Calls that the breaker ended before they went out.
  public internal(set) var rejections = 0
}

/// Calls and failures of the last seconds, in slices of a tenth of the window.
struct SlidingCounts: Sendable {
  private static let slices = 10

  private var calls = [Int](repeating: 0, count: slices)
  private var failed = [Int](repeating: 0, count: slices)
  private var newest: Int64 = 0

  private(set) var total = 0
  private(set) var failures = 0

  mutating func add(isFailure: Bool, at slice: Int64) {
    drop(until: slice)
    let index = Int(max(slice, newest) % Int64(Self.slices))
    calls[index] += 1
    total += 1
    guard isFailure else { return }
    failed[index] += 1
    failures += 1
  }

  /// Forgets what is older than the window.
  mutating func drop(until slice: Int64) {
    guard slice > newest else { return }
    for old in max(newest + 1, slice - Int64(Self.slices) + 1)...slice {
      let index = Int(old % Int64(Self.slices))
      total -= calls[index]
      failures -= failed[index]
      (calls[index], failed[index]) = (0, 0)
    }
    newest = slice
  }
}
