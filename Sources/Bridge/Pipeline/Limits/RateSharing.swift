public import Logging

/// What calls of a caller have cost at this process since it was last said.
public struct RateReport: Sendable, Hashable {
  /// Whose calls: the tenant first, so that no key is two tenants'.
  public var key: String
  /// What they have cost in time at the caller's rate, in microseconds.
  public var cost: Int64
  /// What a whole burst costs: how far ahead of the clock one process lets the caller go.
  public var depth: Int64

  /// Creates a report.
  public init(key: String, cost: Int64, depth: Int64) {
    self.key = key
    self.cost = cost
    self.depth = depth
  }
}

/// Adds up what callers have spent at all processes.
public protocol RateExchange: Sendable {
  /// Adds reports; returns how far ahead of the clock each of their callers is now, in microseconds.
  func add(_ reports: [RateReport]) async throws -> [Int64]
}

/// Shares the limits of callers, of tenants and of those that nobody knows between processes.
///
/// A call asks nobody: it is admitted by what this process knows. What it cost is told a moment
/// later, together with that of others, and what comes back is what all processes have let in. Two
/// processes can let through too much for as long as that takes; but it is counted all the same, and
/// what was too much is missing afterwards, so that over time the sum keeps to the rate.
///
/// Where nobody adds up, each process keeps to its own share of the limits: at once, as soon as one
/// exchange has failed, and until one succeeds.
public struct RateSharing: Sendable {
  static let interval: Duration = .milliseconds(25)
  private static let atOnce = 1000
  private static let longestPause: Duration = .seconds(2)

  private let limiter: RateLimiter
  private let exchange: any RateExchange
  private let logger: Logger

  /// - Parameter pipeline: whose limits are shared; its configuration says the share.
  public init(_ pipeline: Pipeline, over exchange: any RateExchange, logger: Logger) {
    self.init(pipeline.limiter, over: exchange, logger: logger)
  }

  init(_ limiter: RateLimiter, over exchange: any RateExchange, logger: Logger) {
    self.limiter = limiter
    self.exchange = exchange
    self.logger = logger
  }

  /// Shares until the task is cancelled.
  public func run() async {
    var pause = Self.interval
    var wasAlone: Bool?
    while !Task.isCancelled {
      do {
        if try await share() { continue }
        if wasAlone != false { logger.info("limits are shared with other processes") }
        wasAlone = false
        pause = Self.interval
      } catch {
        if wasAlone != true {
          logger.warning(
            "limits are not shared: this process keeps to its share",
            metadata: ["error": "\(error)"]
          )
        }
        wasAlone = true
        pause = min(pause * 2, Self.longestPause)
      }
      // Ends early only when cancelled, and then so does the loop.
      try? await Task.sleep(for: pause)
    }
    limiter.setAlone(true)
  }

  /// Tells once and learns; returns whether there is more to tell. What could not be told is not told
  /// again: after an outage nobody pays for all of it at once.
  func share() async throws -> Bool {
    let spent = limiter.spent(atMost: Self.atOnce)
    do {
      let backlogs = try await exchange.add(spent.map(\.report))
      for (spent, backlog) in zip(spent, backlogs) { limiter.learn(spent, backlog: backlog) }
      limiter.setAlone(false)
      // Of those that nobody knows there may be any number: they wait for their turn.
      return spent.count { $0.isKnown } == Self.atOnce
    } catch {
      limiter.setAlone(true)
      throw error
    }
  }
}
