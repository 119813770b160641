import GeneratedOptions
import Logging
import RPC
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite("What processes tell each other of limits")
struct RateSharingTests {
  /// Adds up as a server does whose clock stands still, or says what it was given.
  private final class Exchange: RateExchange {
    let sums = Mutex<[String: Int64]>([:])
    let says = Mutex<Int64?>(nil)

    func add(_ reports: [RateReport]) async throws -> [Int64] {
      sums.withLock { sums in
        reports.map { report in
          sums[report.key, default: 0] += report.cost
          return says.withLock { $0 } ?? sums[report.key, default: 0]
        }
      }
    }
  }

  private let slow = RateLimits.Rate(perSecond: 1, burst: 10)
  private var limits: RateLimits {
    RateLimits(low: slow, medium: slow, high: slow, refused: slow, tenantFactor: 2)
  }

  private func process(_ exchange: Exchange) -> (RateLimiter, RateSharing) {
    let limiter = RateLimiter(limits: limits, share: 0.5, now: { 0 })
    let sharing = RateSharing(
      limiter, over: exchange, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return (limiter, sharing)
  }

  @Test("counts strangers and refusals together, too", .covers("S-F2"))
  func strangers() async throws {
    let exchange = Exchange()
    let (first, second) = (process(exchange), process(exchange))
    for process in [first, second] { _ = try await process.1.share() }
    let address = "ipv4:203.0.113.7:4000"
    func uses(_ limiter: RateLimiter) -> [Int] {
      func count(_ use: () throws(RPCError) -> Void) -> Int {
        (0..<20).count { _ in (try? use()) != nil }
      }
      return [
        count { () throws(RPCError) in try limiter.admit(address: address, .low) },
        count { () throws(RPCError) in try limiter.admitRefusal(from: address) },
        count { () throws(RPCError) in
          try limiter.admitUnknownCredential(from: address)
          limiter.refused(from: address)
        },
      ]
    }
    #expect(uses(first.0) == [10, 10, 10])
    for process in [first, second, first, second] {
      // The second learns of whom it has something to tell.
      _ = try? second.0.admit(address: address, .low)
      _ = try? second.0.admitRefusal(from: address)
      second.0.refused(from: address)
      _ = try await process.1.share()
    }
    #expect(uses(second.0) == [0, 0, 0])
  }

  @Test("keeps strangers to the process's share while it is alone", .covers("S-F3"))
  func alone() {
    let (limiter, _) = process(Exchange())
    #expect((0..<20).count { _ in (try? limiter.admit(address: "192.0.2.1", .low)) != nil } == 5)
    #expect((0..<20).count { _ in (try? limiter.admitRefusal(from: "192.0.2.1")) != nil } == 5)
  }

  @Test(
    "shuts nobody out for longer than bursts explain, whatever a server says", .covers("S-F3"),
    arguments: [3600 * 1_000_000, 9_000_000_000_000_000_000, .max, -1, .min] as [Int64])
  func lies(backlog: Int64) async throws {
    let exchange = Exchange()
    exchange.says.withLock { $0 = backlog }
    let (limiter, sharing) = process(exchange)
    try limiter.admit(.of("t"), .low)
    try limiter.admit(address: "192.0.2.1", .low)
    _ = try await sharing.share()
    let key = RateLimiter.Key(tenant: "t", subject: "a", cost: 1)
    let all = RateLimiter.Key(tenant: "t", subject: "", cost: 1)
    // A burst at most: ten seconds of the caller's, and of the tenant's twenty calls.
    #expect(limiter.callers.backlog(of: key, now: 0) <= 10_000_000_000)
    #expect(limiter.callers.backlog(of: all, now: 0) <= 10_000_000_000)
    // What several processes let in at once is true, and is waited for.
    exchange.says.withLock { $0 = 60_000_000 }
    try limiter.admit(.of("u"), .low)
    _ = try await sharing.share()
    let other = RateLimiter.Key(tenant: "u", subject: "a", cost: 1)
    #expect(limiter.callers.backlog(of: other, now: 0) == 60_000_000_000)
  }

  @Test("takes any rate and any answer", arguments: [0, 1, 1e9, .infinity] as [Double])
  func extremes(perSecond: Double) async throws {
    let rate = RateLimits.Rate(perSecond: perSecond, burst: 1e12)
    let exchange = Exchange()
    let limiter = RateLimiter(
      limits: RateLimits(low: rate, medium: rate, high: rate), share: 1, now: { .max / 4 })
    let sharing = RateSharing(
      limiter, over: exchange, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    for answer in [0, 1, .max / 1000, .max] as [Int64] {
      exchange.says.withLock { $0 = answer }
      _ = try? limiter.admit(.of("t"), .low)
      _ = try await sharing.share()
    }
  }

  @Test("names nobody: a key has the tenant, and hashes", .covers("S-D16", "S-H4"))
  func names() async throws {
    let exchange = Exchange()
    let (limiter, sharing) = process(exchange)
    try limiter.admit(.of("t", "keycloak:ann@example.org"), .low)
    try limiter.admit(address: "203.0.113.7", .low)
    _ = try await sharing.share()
    let keys = exchange.sums.withLock { Array($0.keys) }
    #expect(keys.count == 3)
    #expect(keys.allSatisfy { !$0.contains("ann") && !$0.contains("203") })
    #expect(keys.contains("artel:t:rate:1:"))
    #expect(keys.count { $0.hasPrefix("artel:t:rate:1:") } == 2)
    #expect(keys.count { $0.hasPrefix("artel::rate:1:") } == 1)
  }
}
