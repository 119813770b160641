import GeneratedOptions
import Mutation
import RPC
import Synchronization

/// Refuses calls at once where they would only wait: more run than the process gets through.
///
/// What tells is the time that work waits for a thread, as CoDel has it of queues (RFC 8289): the
/// least delay of an interval is no burst. While it lies above the target the number of calls that
/// may run at once falls by a tenth with each look, from what runs now; below it, it grows again
/// (additive increase, multiplicative decrease). Costly calls find the door closed first.
final class LoadShedder: Sendable {
  /// The delay that work may have.
  static let target: Duration = .milliseconds(25)
  /// So many calls may always run: far more than there are processors, and little memory.
  static let floor = 64
  static let ceiling = 10_000
  /// So many calls of the operator's methods may run besides: whoever operates the platform has to get
  /// in just then, and whoever only says so is gone as soon as it is known who calls.
  static let reserve = 32

  /// What a call has entered by.
  enum Place: Sendable { case shared, reserved }

  private let running = Atomic<Int>(0)
  private let limit = Atomic<Int>(LoadShedder.ceiling)
  private let shedCount = Atomic<Int>(0)
  private let reserved = Atomic<Int>(0)

  /// A call begins; it has to end by `leave`.
  ///
  /// - Parameter hasReserve: whether it may take one of the reserved places where there is no other.
  /// - Throws: `RPCError` with `.unavailable` where it must not.
  @discardableResult
  func enter(
    _ cost: Artel_Options_V1_CostClass, hasReserve: Bool = false
  ) throws(RPCError) -> Place {
    let running = self.running.add(1, ordering: .relaxed).newValue
    let limit = self.limit.load(ordering: .relaxed)
    if running <= Self.part(of: limit, cost) || Mutation.isOn(.shedsNothing) { return .shared }
    self.running.subtract(1, ordering: .relaxed)
    if hasReserve {
      let reserved = self.reserved.add(1, ordering: .relaxed).newValue
      if reserved <= Self.reserve || Mutation.isOn(.shedsNoOperators) { return .reserved }
      self.reserved.subtract(1, ordering: .relaxed)
    }
    shedCount.add(1, ordering: .relaxed)
    throw Self.overloaded
  }

  /// A call ends.
  func leave(_ place: Place = .shared) {
    switch place {
    case .shared: running.subtract(1, ordering: .relaxed)
    case .reserved: reserved.subtract(1, ordering: .relaxed)
    }
  }

  /// Takes the least delay that work had in an interval.
  func observe(delay: Duration) {
    let limit = self.limit.load(ordering: .relaxed)
    if delay > Self.target {
      let running = self.running.load(ordering: .relaxed)
      self.limit.store(max(Self.floor, min(limit, running) * 9 / 10), ordering: .relaxed)
    } else {
      self.limit.store(min(Self.ceiling, limit + max(8, limit / 10)), ordering: .relaxed)
    }
  }

  /// How many calls run.
  var runningCalls: Int {
    running.load(ordering: .relaxed) + reserved.load(ordering: .relaxed)
  }

  /// How many calls may run.
  var currentLimit: Int { limit.load(ordering: .relaxed) }

  /// How many calls were refused since the last time that this was asked.
  func takeShedCount() -> Int { shedCount.exchange(0, ordering: .relaxed) }

  private static func part(of limit: Int, _ cost: Artel_Options_V1_CostClass) -> Int {
    switch cost {
    case .telemetry: limit * 4 / 10
    case .high: limit * 6 / 10
    case .medium: limit * 8 / 10
    default: limit
    }
  }

  /// Made once: a refusal must cost little just when there is little.
  private static let overloaded = RPCError(
    code: .unavailable, reason: "OVERLOADED", message: "there are too many calls at the moment",
    retryAfter: .seconds(1))
}
