extension Breakers {
  /// A breaker that holds calls back.
  public struct Shut: Sendable, Hashable {
    /// Which breaker.
    public let key: BreakerKey
    /// `open`, or `halfOpen` where the next call, or one that is on its way, decides.
    public let state: BreakerState
  }

  /// The breakers that hold calls back now, those that refuse them first, and how many refuse.
  ///
  /// One whose pause is over refuses nobody any more, also while nobody calls: a partner that was
  /// deleted is not open for ever.
  ///
  /// - Parameters:
  ///   - limit: How many are named.
  ///   - limitOfTenant: How many of them one tenant's may be, whose partners are as many as it likes.
  public func shut(
    limit: Int, ofTenant limitOfTenant: Int
  ) -> (named: [Shut], open: Int) {
    let time = now()
    let all = state.withLock { state in
      state.breakers.compactMap { key, breaker -> Shut? in
        switch breaker.state {
        case .closed: nil
        case .halfOpen: Shut(key: key, state: .halfOpen)
        case .open(let until): Shut(key: key, state: until > time ? .open : .halfOpen)
        }
      }
    }
    let isOpen = { (shut: Shut) in shut.state == .open }
    var room: [String?: Int] = [:]
    let named = (all.filter(isOpen) + all.filter { !isOpen($0) }).filter { shut in
      room[shut.key.destination.tenantID, default: 0] += 1
      return room[shut.key.destination.tenantID, default: 0] <= limitOfTenant
    }
    return (Array(named.prefix(max(0, limit))), all.count(where: isOpen))
  }
}
