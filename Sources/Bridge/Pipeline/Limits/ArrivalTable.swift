import Synchronization

/// Arrival times by caller, in this process: many small locks, each held for a look-up, and a bound.
///
/// Who comes when a part of the table is full takes the place of the one among a few whose calls are
/// furthest in the past. So no flood of new callers frees those that have used up their limit, as
/// long as there is anybody who has not; and nothing is ever searched or cleared under a lock.
final class ArrivalTable<Key: Hashable & Sendable>: Sendable {
  /// What a caller has spent since it was last told to others, in nanoseconds.
  struct Report: Sendable {
    let key: Key
    let spent: Int64
  }

  private struct Slot {
    var key: Key
    /// When the next call is due.
    var due: Int64
    var unreported: Int64
    var isListed: Bool
  }

  private struct Contents {
    var slots: [Slot] = []
    var places: [Key: Int] = [:]
    /// Where the search for a place goes on.
    var hand = 0
    /// The places of callers with something to report.
    var listed: [Int] = []
  }

  private final class Part: Sendable {
    let contents = Mutex(Contents())
  }

  /// How many are looked at for a place.
  private static var candidates: Int { 8 }

  private let parts: [Part]
  private let placesOfPart: Int
  private let keepsReports: Bool
  /// Where the next reports begin, so that no part waits behind those before it.
  private let next = Atomic<Int>(0)

  /// - Parameters:
  ///   - capacity: how many callers are remembered.
  ///   - keepsReports: whether somebody takes reports; else none are kept.
  init(capacity: Int, parts: Int = 64, keepsReports: Bool = false) {
    self.parts = (0..<parts).map { _ in Part() }
    placesOfPart = max(1, capacity / parts)
    self.keepsReports = keepsReports
  }

  /// Takes one call of a caller where its rate has one left.
  func take(_ key: Key, _ rate: ArrivalRate, now: Int64) -> ArrivalVerdict {
    part(of: key).contents.withLock { contents in
      let place = place(of: key, in: &contents, now: now)
      let backlog = max(0, contents.slots[place].due - now)
      guard backlog + rate.interval <= rate.depth else {
        return ArrivalVerdict(isAdmitted: false, backlog: backlog)
      }
      contents.slots[place].due = now + backlog + rate.interval
      report(rate.interval, place, &contents)
      return ArrivalVerdict(isAdmitted: true, backlog: backlog + rate.interval)
    }
  }

  /// Gives a call back that was taken and not made.
  func giveBack(_ key: Key, _ rate: ArrivalRate) {
    part(of: key).contents.withLock { contents in
      guard let place = contents.places[key] else { return }
      contents.slots[place].due -= rate.interval
      report(-rate.interval, place, &contents)
    }
  }

  /// How far ahead of the clock a caller is, in nanoseconds; nothing is remembered of the look.
  func backlog(of key: Key, now: Int64) -> Int64 {
    part(of: key).contents.withLock { contents in
      contents.places[key].map { max(0, contents.slots[$0].due - now) } ?? 0
    }
  }

  /// What others learn of: some of it, the rest next time.
  func reports(atMost most: Int) -> [Report] {
    var reports: [Report] = []
    let first = next.wrappingAdd(1, ordering: .relaxed).oldValue
    for offset in parts.indices where reports.count < most {
      let part = parts[Int(UInt(bitPattern: first &+ offset) % UInt(parts.count))]
      part.contents.withLock { contents in
        while reports.count < most, let place = contents.listed.popLast() {
          let spent = contents.slots[place].unreported
          contents.slots[place].isListed = false
          // What was given back after it was told lowers what is told next.
          guard spent > 0 else { continue }
          contents.slots[place].unreported = 0
          reports.append(Report(key: contents.slots[place].key, spent: spent))
        }
      }
    }
    return reports
  }

  /// Learns how far ahead a caller is by the sum of all processes. It only ever moves on: whoever
  /// keeps the sum may lose it, and nobody may gain by that.
  ///
  /// - Parameter backlog: no more than what a few bursts cost.
  func learn(_ key: Key, backlog: Int64, now: Int64) {
    part(of: key).contents.withLock { contents in
      guard let place = contents.places[key] else { return }
      let due = now + backlog + contents.slots[place].unreported
      contents.slots[place].due = max(contents.slots[place].due, due)
    }
  }

  /// How many are remembered.
  var count: Int { parts.reduce(0) { $0 + $1.contents.withLock(\.slots.count) } }

  private func part(of key: Key) -> Part {
    parts[Int(UInt(bitPattern: key.hashValue) % UInt(parts.count))]
  }

  private func report(_ spent: Int64, _ place: Int, _ contents: inout Contents) {
    guard keepsReports else { return }
    contents.slots[place].unreported += spent
    guard !contents.slots[place].isListed else { return }
    contents.slots[place].isListed = true
    contents.listed.append(place)
  }

  private func place(of key: Key, in contents: inout Contents, now: Int64) -> Int {
    if let place = contents.places[key] { return place }
    let place: Int
    if contents.slots.count < placesOfPart {
      place = contents.slots.count
      contents.slots.append(Slot(key: key, due: now, unreported: 0, isListed: false))
    } else {
      place = leastRecent(&contents)
      contents.places[contents.slots[place].key] = nil
      contents.slots[place].key = key
      contents.slots[place].due = now
      contents.slots[place].unreported = 0
    }
    contents.places[key] = place
    return place
  }

  private func leastRecent(_ contents: inout Contents) -> Int {
    var found = contents.hand
    for _ in 0..<min(Self.candidates, contents.slots.count) {
      if contents.slots[contents.hand].due < contents.slots[found].due { found = contents.hand }
      contents.hand = (contents.hand + 1) % contents.slots.count
    }
    return found
  }
}
