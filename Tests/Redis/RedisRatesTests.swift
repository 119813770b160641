import Foundation
import Logging
import TestSupport
import Testing

@testable import Pipeline
@testable import Platform
@testable import Redis

@Suite("Limits that processes share", .serialized)
struct RedisRatesTests {
  /// A limiter as a process has one, with what shares it.
  private struct Process {
    let limiter: RateLimiter
    let sharing: RateSharing
    let client: RedisClient

    init(_ socket: String, _ limits: RateLimits) {
      limiter = RateLimiter(limits: limits, share: 0.5)
      client = RedisClient(RedisConfiguration(host: socket))
      sharing = RateSharing(
        limiter, over: RedisRates(client),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func admits(_ caller: Caller) -> Bool { (try? limiter.admit(caller, .low)) != nil }
  }

  private func caller(_ tenant: String = "t", _ subject: String = "a") -> Caller {
    Caller(
      tenant: Tenant(
        id: tenant, name: tenant, displayName: "", kind: .residential, suspended: false,
        issuer: "", createTime: 0), principal: Principal(kind: .user, subject: subject))
  }

  // A call comes back after a quarter of an hour: none does while the test runs.
  private let slow = RateLimits.Rate(perSecond: 0.001, burst: 20)
  private var limits: RateLimits { RateLimits(low: slow, medium: slow, high: slow) }

  @Test("let through together what one alone would", .covers("S-F2", "S-D16"))
  func together() async throws {
    try await RedisServer.with { server in
      let processes = (0..<2).map { _ in Process(server.socket, limits) }
      for process in processes { _ = try await process.sharing.share() }
      var admitted = 0
      for round in 0..<30 {
        if processes[round % 2].admits(caller()) { admitted += 1 }
        for process in processes { _ = try await process.sharing.share() }
      }
      // The rate times 1.1; a process learns with its own next call what the other let in.
      #expect((20...22).contains(admitted))
      #expect(processes[0].admits(caller("other")))
      for process in processes { await process.client.close() }
    }
  }

  @Test(
    "are each process's share at once when Redis is gone, and shared again by themselves",
    .covers("S-F3"))
  func outage() async throws {
    try await RedisServer.with { server in
      let process = Process(server.socket, limits)
      // Nobody has said yet that there is anybody.
      #expect((0..<30).count { _ in process.admits(caller("t", "first")) } == 10)
      _ = try await process.sharing.share()
      #expect((0..<30).count { _ in process.admits(caller("t", "second")) } == 20)
      server.kill()
      await #expect(throws: RedisError.self) { _ = try await process.sharing.share() }
      #expect((0..<30).count { _ in process.admits(caller("t", "third")) } == 10)
      // Who has used up all of the shared limit has no share left.
      #expect(!process.admits(caller("t", "second")))
      try server.start()
      _ = try await process.sharing.share()
      #expect((0..<30).count { _ in process.admits(caller("t", "fourth")) } == 20)
      // Redis has forgotten: nobody gains by that.
      #expect(!process.admits(caller("t", "second")))
      await process.client.close()
    }
  }

  @Test(
    "shut nobody out for a clock that was set, or for what somebody else wrote", .covers("S-F3"),
    arguments: ["9e18", "inf", "nan", "-1e300", "x", "9000000000000000000"])
  func poisoned(value: String) async throws {
    try await RedisServer.with { server in
      let process = Process(server.socket, RateLimits())
      let key = RateLimiter.name(.init(tenant: "t", subject: "a", cost: 1))
      let all = RateLimiter.name(.init(tenant: "t", subject: "", cost: 1))
      _ = try await process.client.command(["SET", key, value].map { Array($0.utf8) })
      _ = try await process.client.command(["RPUSH", all, value].map { Array($0.utf8) })
      #expect(process.admits(caller()))
      _ = try await process.sharing.share()
      // A burst of two seconds is the most that can be missing.
      let known = RateLimiter.Key(tenant: "t", subject: "a", cost: 1)
      let now = process.limiter.now()
      #expect(process.limiter.callers.backlog(of: known, now: now) <= 2_010_000_000)
      let left = try await process.client.command(["PTTL", key].map { Array($0.utf8) })
      guard case .integer(let left) = left else { throw RedisError.protocolBroken }
      #expect(left <= 4_000)
      await process.client.close()
    }
  }
}
