import Synchronization

/// How many exchanges with one destination run at once. Whoever comes on top is refused at once:
/// a queue would only hide from callers that the other system is slow, and let them wait for it.
final class EgressPlaces: Sendable {
  private let most: Int
  private let taken = Mutex<[EgressDestination.ID: Int]>([:])

  init(most: Int) { self.most = most }

  func take(_ destination: EgressDestination.ID) -> Bool {
    taken.withLock { taken in
      let count = taken[destination, default: 0]
      guard count < most else { return false }
      taken[destination] = count + 1
      return true
    }
  }

  func give(_ destination: EgressDestination.ID) {
    taken.withLock { taken in
      let left = taken[destination, default: 1] - 1
      taken[destination] = left == 0 ? nil : left
    }
  }
}
