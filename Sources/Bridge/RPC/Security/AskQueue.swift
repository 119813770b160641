/// Names that wait to be asked for. Strangers choose names, and cost nothing to invent: they have a
/// short queue of their own, and never all places.
struct AskQueue {
  /// Who wants to know.
  enum Rank {
    /// Connections stand under the name, or clients were trusted under it.
    case known
    case stranger
  }

  /// How many names are asked for at once.
  static let mostRunning = 32
  /// How many of them are strangers'.
  static let mostStrangersRunning = 16
  /// How many strangers' names wait.
  static let mostStrangersWaiting = 256

  private var known = FirstInFirstOut()
  private var strangers = FirstInFirstOut()
  private var running = 0
  private var strangersRunning = 0

  /// What to do with a name now.
  enum Verdict {
    case start
    case wait
    /// There are too many.
    case refuse
  }

  /// Adds a name.
  mutating func add(_ name: String, _ rank: Rank) -> Verdict {
    if mayRun(rank) {
      begin(rank)
      return .start
    }
    switch rank {
    case .known: known.append(name)
    case .stranger:
      guard strangers.count < Self.mostStrangersWaiting else { return .refuse }
      strangers.append(name)
    }
    return .wait
  }

  /// A name was asked for: the next ones, to be asked for now.
  mutating func finish(_ rank: Rank) -> [(name: String, rank: Rank)] {
    running -= 1
    if rank == .stranger { strangersRunning -= 1 }
    var next: [(String, Rank)] = []
    while mayRun(.known), let name = known.popFirst() {
      begin(.known)
      next.append((name, .known))
    }
    while mayRun(.stranger), let name = strangers.popFirst() {
      begin(.stranger)
      next.append((name, .stranger))
    }
    return next
  }

  private func mayRun(_ rank: Rank) -> Bool {
    running < Self.mostRunning
      && (rank == .known || strangersRunning < Self.mostStrangersRunning)
  }

  private mutating func begin(_ rank: Rank) {
    running += 1
    if rank == .stranger { strangersRunning += 1 }
  }

  private struct FirstInFirstOut {
    private var names: [String] = []
    private var head = 0

    var count: Int { names.count - head }

    mutating func append(_ name: String) { names.append(name) }

    mutating func popFirst() -> String? {
      guard head < names.count else { return nil }
      defer {
        head += 1
        // Now and then, so that each name is moved once on average.
        if head * 2 > names.count {
          names.removeFirst(head)
          head = 0
        }
      }
      return names[head]
    }
  }
}
