import Pipeline

/// Sums up refused calls of a tenant's: of a caller, a method and a reason the first few of a minute
/// stand for themselves, and one entry for the rest of that minute. A caller over its limit makes
/// refusals at no cost of its own, and must not fill a log with them that is kept as long as the tenant.
struct RefusalSums {
  private struct Key: Hashable {
    let tenantID: String
    /// The subject, or the network of whoever has none.
    let who: String
    let method: String
    let door: String
    let code: String
    let reason: String
  }

  private struct Window {
    var calls = 0
    var rest: Sum?
    let end: Int64
  }

  /// Calls that one entry stands for.
  struct Sum {
    /// The first of them.
    var record: CallRecord
    let tenantID: String
    var count: Int
  }

  /// How many of a window stand for themselves.
  static let singles = 5
  /// The length of a window, in microseconds.
  static let length: Int64 = 60_000_000
  /// The most windows, and the most of one tenant: of what is more, callers and methods are not told
  /// apart.
  static let capacity = 20_000
  static let tenantCapacity = 1_000

  private var windows: [Key: Window] = [:]
  private var counts: [String: Int] = [:]

  /// Whether a call is one of those that are summed up: it did nothing for a known caller, or failed
  /// one that nobody knows.
  static func takes(_ record: CallRecord) -> Bool {
    record.error != nil && (record.isRefused || record.caller == nil)
  }

  /// Counts a call.
  ///
  /// - Returns: whether it stands for itself.
  mutating func add(_ record: CallRecord, tenantID: String) -> Bool {
    var key = Self.key(of: record, tenantID)
    if windows[key] == nil {
      if windows.count >= Self.capacity || counts[tenantID, default: 0] >= Self.tenantCapacity {
        key = Key(
          tenantID: tenantID, who: "", method: "", door: key.door, code: key.code, reason: "")
      }
      if windows[key] == nil {
        windows[key] = Window(end: record.startTime + Self.length)
        counts[tenantID, default: 0] += 1
      }
    }
    windows[key]?.calls += 1
    guard let window = windows[key], window.calls > Self.singles else { return true }
    var sum = window.rest ?? Sum(record: record, tenantID: tenantID, count: 0)
    sum.count += 1
    if sum.record.address != record.address { sum.record.address = "" }
    if key.method.isEmpty { sum.record.method = "" }
    if key.who.isEmpty { sum.record.caller = nil }
    windows[key]?.rest = sum
    return false
  }

  /// What the windows that have ended come to.
  ///
  /// - Parameter now: in microseconds since 1970; nil ends all of them.
  mutating func ended(by now: Int64?) -> [Sum] {
    // One that ends later than it could was begun before the clock was set back.
    let over = windows.filter { _, window in
      now.map { window.end <= $0 || window.end > $0 + Self.length } ?? true
    }
    for key in over.keys {
      windows[key] = nil
      counts[key.tenantID, default: 0] -= 1
      if counts[key.tenantID] == 0 { counts[key.tenantID] = nil }
    }
    return over.values.compactMap(\.rest)
  }

  private static func key(of record: CallRecord, _ tenantID: String) -> Key {
    Key(
      tenantID: tenantID,
      who: record.caller?.principal.subject ?? NetworkName.of(record.address),
      method: record.method, door: record.door.rawValue, code: record.code.name,
      reason: record.reason)
  }
}
