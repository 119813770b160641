import Mutation
import Synchronization

/// How many calls may be repeated: at each destination at most one of five, so that whoever is
/// overloaded is not overloaded more (S-F7). Each call saves a fifth of a repetition.
final class RetryBudget: Sendable {
  /// The most repetitions that can be saved.
  static let most = 10
  private static let price = 5
  static let capacity = 20_000

  /// In fifths of a repetition.
  private let saved = Mutex<[EgressDestination.ID: Int]>([:])

  /// Notes a call.
  func deposit(_ destination: EgressDestination.ID) {
    saved.withLock { saved in
      // Those that come back begin anew, with nothing saved: never with too much.
      if saved.count >= Self.capacity, saved[destination] == nil {
        for old in saved.keys.prefix(Self.capacity / 2) { saved[old] = nil }
      }
      saved[destination] = min(saved[destination, default: 0] + 1, Self.most * Self.price)
    }
  }

  /// Takes a repetition, where one is left.
  func withdraw(_ destination: EgressDestination.ID) -> Bool {
    if Mutation.isOn(.retriesWithoutBudget) { return true }
    return saved.withLock { saved in
      guard let balance = saved[destination], balance >= Self.price else { return false }
      saved[destination] = balance - Self.price
      return true
    }
  }
}
