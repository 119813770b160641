import Mutation

/// How much each tenant has of something bounded: as much as is free at most. One alone takes half of
/// it, two take a third each; for whoever has nothing yet there is always some.
struct FairShare {
  let limit: Int
  /// How much is taken, by whomever.
  var total = 0
  private var taken: [String: Int] = [:]

  init(limit: Int) { self.limit = limit }

  private var free: Int { limit - total }

  /// Whether somebody can take some more.
  func fits(_ amount: Int, of key: String) -> Bool {
    if Mutation.isOn(.sharesAuditRoom) { return amount <= free }
    return taken[key, default: 0] + amount <= free - amount
  }

  /// Whether somebody has so much less than the most that a while passes before that is reached again.
  func hasRoom(for key: String) -> Bool {
    taken[key, default: 0] + limit / 20 <= free / 10 * 9
  }

  mutating func take(_ amount: Int, of key: String) {
    taken[key, default: 0] += amount
    total += amount
  }

  mutating func giveBack(_ amount: Int, of key: String) {
    total -= amount
    forget(amount, of: key)
  }

  /// Gives back what `total`, which somebody else counts, does not have any more.
  mutating func forget(_ amount: Int, of key: String) {
    let left = taken[key, default: 0] - amount
    taken[key] = left > 0 ? left : nil
  }
}
