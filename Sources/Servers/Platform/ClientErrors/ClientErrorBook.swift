import Synchronization

/// What a process remembers of reported errors: which events it has, how many each tenant may still
/// report, and what is not written down yet. All of it is bounded, whatever is reported.
///
/// A report changes memory alone: a crash loop of a million phones writes as many rows as there are
/// groups, every few seconds, and not as many as there are phones.
final class ClientErrorBook: Sendable {
  /// What becomes of an event.
  enum Verdict: Sendable { case taken, duplicate, dropped }

  /// How many events a tenant's apps may report to this process.
  struct Allowance: Sendable {
    var burst: Double
    var perSecond: Double

    /// Of signed-in apps.
    static let known = Allowance(burst: 5000, perSecond: 200)
    /// Of those in which nobody has signed in.
    static let anonymous = Allowance(burst: 300, perSecond: 10)
  }

  /// What is not written down yet, in groups: of one tenant, and of all.
  static let waitingOfTenant = 200
  static let waitingOfStrangers = 40
  static let waitingOfAll = 10_000
  private static let rememberedEvents = 100_000
  private static let rememberedTenants = 20_000

  private struct Source: Hashable {
    let tenantID: String
    let isAnonymous: Bool
  }

  private struct Bucket {
    var spent: Double
    var since: ContinuousClock.Instant
  }

  /// The events of late, in two halves: the older one is forgotten when the newer one is full.
  private struct Events {
    var newer: Set<String> = []
    var older: Set<String> = []

    mutating func insert(_ event: String, most: Int) {
      if newer.count >= most / 2 { (older, newer) = (newer, []) }
      newer.insert(event)
    }

    func contains(_ event: String) -> Bool { newer.contains(event) || older.contains(event) }
  }

  private struct Contents {
    // Strangers push out strangers alone.
    var events: [Bool: Events] = [:]
    var buckets: [Source: Bucket] = [:]
    var waiting: [ClientErrorTally.Key: ClientErrorTally] = [:]
    var groups: [Source: Int] = [:]
  }

  private let known: Allowance
  private let anonymous: Allowance
  private let remembered: Int
  private let now: @Sendable () -> ContinuousClock.Instant
  private let contents = Mutex(Contents())

  /// Creates an empty one.
  init(
    known: Allowance = .known, anonymous: Allowance = .anonymous,
    remembered: Int = ClientErrorBook.rememberedEvents,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.known = known
    self.anonymous = anonymous
    self.remembered = remembered
    self.now = now
  }

  /// Decides on an event, before anything is done for it. One that is dropped is not remembered.
  func admit(_ eventID: String, of reporter: ClientErrorReporter) -> Verdict {
    let isAnonymous = reporter.isAnonymous
    let event = "\(reporter.tenant.id) \(eventID.lowercased())"
    let source = Source(tenantID: reporter.tenant.id, isAnonymous: isAnonymous)
    let allowance = isAnonymous ? anonymous : known
    let now = now()
    return contents.withLock { contents in
      if contents.events[isAnonymous]?.contains(event) == true { return .duplicate }
      var bucket = contents.buckets[source] ?? Bucket(spent: 0, since: now)
      let earned = (now - bucket.since) / .seconds(1) * allowance.perSecond
      bucket = Bucket(spent: max(0, bucket.spent - earned), since: now)
      guard bucket.spent + 1 <= allowance.burst else {
        contents.buckets[source] = bucket
        return .dropped
      }
      bucket.spent += 1
      if contents.buckets.count >= Self.rememberedTenants, contents.buckets[source] == nil {
        contents.buckets.removeAll()
      }
      contents.buckets[source] = bucket
      contents.events[isAnonymous, default: Events()].insert(event, most: remembered)
      return .taken
    }
  }

  /// Counts an event in its group.
  ///
  /// - Returns: whether there was room for its group.
  func count(_ report: ClientErrorReport) -> Bool {
    let source = Source(
      tenantID: report.reporter.tenant.id, isAnonymous: report.reporter.isAnonymous)
    let key = ClientErrorTally.Key(
      tenantID: report.reporter.tenant.id, fingerprint: report.fingerprint)
    let most = source.isAnonymous ? Self.waitingOfStrangers : Self.waitingOfTenant
    return contents.withLock { contents in
      if contents.waiting[key] != nil {
        contents.waiting[key]?.add(report)
        return true
      }
      guard contents.groups[source, default: 0] < most, contents.waiting.count < Self.waitingOfAll
      else { return false }
      contents.waiting[key] = ClientErrorTally(report)
      contents.groups[source, default: 0] += 1
      return true
    }
  }

  /// Hands over what is not written down yet.
  func take() -> [ClientErrorTally.Key: ClientErrorTally] {
    contents.withLock { contents in
      defer {
        contents.waiting = [:]
        contents.groups = [:]
      }
      return contents.waiting
    }
  }

  /// Takes back what could not be written, as far as there is room.
  func giveBack(_ tallies: [ClientErrorTally.Key: ClientErrorTally]) {
    contents.withLock { contents in
      for (key, tally) in tallies {
        if contents.waiting[key] != nil {
          contents.waiting[key]?.add(earlier: tally)
        } else if contents.waiting.count < Self.waitingOfAll {
          contents.waiting[key] = tally
          let source = Source(tenantID: key.tenantID, isAnonymous: tally.isAnonymous)
          contents.groups[source, default: 0] += 1
        }
      }
    }
  }
}
