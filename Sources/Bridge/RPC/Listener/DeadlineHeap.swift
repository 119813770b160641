/// Times at which handlers want to be called, the earliest first.
struct DeadlineHeap {
  struct Entry {
    let time: ContinuousClock.Instant
    let place: UInt64
    let generation: UInt64
  }

  private var entries: [Entry] = []

  /// The earliest time.
  var next: ContinuousClock.Instant? { entries.first?.time }

  mutating func insert(_ time: ContinuousClock.Instant, place: UInt64, generation: UInt64) {
    entries.append(Entry(time: time, place: place, generation: generation))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].time < entries[parent].time else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the earliest entry whose time has come.
  mutating func popDue(now: ContinuousClock.Instant) -> Entry? {
    guard let first = entries.first, first.time <= now else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return first }
    entries[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if entries[child].time < entries[least].time { least = child }
      }
      guard least != parent else { return first }
      entries.swapAt(least, parent)
      parent = least
    }
  }
}
