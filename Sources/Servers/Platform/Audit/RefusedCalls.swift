import LibCrypto
import Pipeline

/// Calls of nobody's that one entry of the platform's journal stands for.
struct RefusedCalls: Sendable, Hashable {
  var id: String
  var action: String
  var door: String
  var network: String
  var code: String
  var reason: String
  var count: Int
  /// When the first of them came, in microseconds since 1970.
  var startTime: Int64
}

/// Sums up calls of nobody's: of a network and a reason the first few of a minute stand for
/// themselves, and one entry for the rest of that minute. Whoever floods the doors does not flood the
/// journal, from however many networks.
struct RefusalTally {
  private struct Key: Hashable {
    let network: String
    let door: String
    let code: String
    let reason: String
  }

  private struct Window {
    var calls: Int
    var rest: RefusedCalls?
    let end: Int64
  }

  /// How many of a window stand for themselves.
  static let singles = 5
  /// The length of a window, in microseconds.
  static let length: Int64 = 60_000_000
  /// The most networks that are told apart.
  static let capacity = 2000
  /// How many stand for themselves in a minute, of all networks together.
  static let allSingles = 600

  private var minute: Int64 = 0
  private var left = Self.allSingles
  private var windows: [Key: Window] = [:]

  /// Counts a call.
  ///
  /// - Returns: its entry where it has one of its own.
  mutating func add(_ record: CallRecord) -> RefusedCalls? {
    var network = NetworkName.of(record.address)
    if windows.count >= Self.capacity { network = "*" }
    let key = Key(
      network: network, door: record.door.rawValue, code: record.code.name, reason: record.reason)
    var window = windows[key] ?? Window(calls: 0, rest: nil, end: record.startTime + Self.length)
    window.calls += 1
    defer { windows[key] = window }
    let call = RefusedCalls(
      id: UUIDv7.make(), action: String(record.method.dropFirst()), door: key.door,
      network: JSONText.prefix(network, CallEntries.textLimit), code: key.code,
      reason: key.reason, count: 1, startTime: record.startTime)
    if window.calls <= Self.singles, takeSingle(at: record.startTime) { return call }
    if var rest = window.rest {
      rest.count += 1
      if rest.action != call.action { rest.action = "" }
      window.rest = rest
    } else {
      window.rest = call
    }
    return nil
  }

  private mutating func takeSingle(at time: Int64) -> Bool {
    if time / Self.length != minute { (minute, left) = (time / Self.length, Self.allSingles) }
    guard left > 0 else { return false }
    left -= 1
    return true
  }

  /// The entries of windows that have ended.
  ///
  /// - Parameter now: in microseconds since 1970; nil ends all of them.
  mutating func ended(by now: Int64?) -> [RefusedCalls] {
    let over = windows.filter { _, window in
      // One that ends later than one that begins now was begun by a clock that was set back.
      now.map { window.end <= $0 || window.end > $0 + Self.length } ?? true
    }
    for key in over.keys { windows[key] = nil }
    return over.values.compactMap(\.rest).sorted { $0.id < $1.id }
  }
}
