import RPC
import Synchronization

/// What limits have done since the start, and where they stand.
public struct LimitCounts: Sendable, Hashable {
  /// Calls that a rate refused: of their caller, of its tenant, of their network.
  public var rateLimited = 0
  /// Calls whose tenant's quota was used up.
  public var quotaExceeded = 0
  /// Calls and streams whose tenant had too many running.
  public var tenantBusy = 0
  /// Calls that the process had too much to do for.
  public var shed = 0
  /// Calls of networks that may not call.
  public var networkDenied = 0
  /// Repeated calls that were given the first one's answer.
  public var replayed = 0
  /// Repeated calls whose key came with another request, or whose first one still ran.
  public var keyRefused = 0
  /// Calls that run now.
  public var running = 0
  /// How many may.
  public var runningLimit = 0
  /// Whether this process keeps to its share, because nobody says what others let in.
  public var isAlone = false
}

/// Counts from several threads.
final class LimitCounters: Sendable {
  private let counts = Mutex(LimitCounts())

  var snapshot: LimitCounts { counts.withLock { $0 } }

  func add(_ counter: any WritableKeyPath<LimitCounts, Int> & Sendable) {
    counts.withLock { $0[keyPath: counter] += 1 }
  }
}

extension Pipeline {
  /// What limits have done and where they stand, for metrics.
  public var limitCounts: LimitCounts {
    var counts = limitCounters.snapshot
    counts.running = shedder.runningCalls
    counts.runningLimit = shedder.currentLimit
    counts.isAlone = limiter.isAloneNow
    return counts
  }

  /// Asks a limit, and counts where it refuses.
  func counted(
    _ counter: any WritableKeyPath<LimitCounts, Int> & Sendable, _ ask: () throws(RPCError) -> Void
  ) throws(RPCError) {
    do throws(RPCError) {
      try ask()
    } catch {
      limitCounters.add(counter)
      throw error
    }
  }
}
