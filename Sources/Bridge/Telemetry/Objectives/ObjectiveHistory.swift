/// The counts of an objective as they were, so that it is known what came since: by the minute for
/// hours, by the hour for the window. Takes as much room as it takes after a month, some 17 KiB.
struct ObjectiveHistory {
  struct Counts: Equatable {
    var good = 0
    var total = 0

    static func - (one: Counts, other: Counts) -> Counts {
      Counts(good: one.good - other.good, total: one.total - other.total)
    }
  }

  private struct Mark {
    var time: Int64
    var counts: Counts
  }

  private static let minutes = 6 * 60 + 2
  private static let hours = 31 * 24
  private var recent: [Mark] = []
  private var old: [Mark] = []

  /// Keeps the counts of a moment. Times that do not grow are passed over: the clock was set back.
  mutating func mark(_ counts: Counts, at time: Int64) {
    guard recent.last.map({ $0.time < time }) ?? true else { return }
    recent.append(Mark(time: time, counts: counts))
    if recent.count > Self.minutes { recent.removeFirst(recent.count - Self.minutes) }
    if old.last.map({ time - $0.time >= 3_600 }) ?? true {
      old.append(Mark(time: time, counts: counts))
      if old.count > Self.hours { old.removeFirst(old.count - Self.hours) }
    }
  }

  /// What came since a time, or since the beginning where that is later.
  func since(_ time: Int64, now counts: Counts) -> Counts {
    let mark =
      recent.last { $0.time <= time } ?? old.last { $0.time <= time }
    return counts - (mark?.counts ?? Counts())
  }
}
