import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite("Many tenants over few connections", .serialized)
struct InterleaveTests {
  private enum Deliberate: Error { case thrown }

  private final class Tally: Sendable {
    private let numbers = Mutex((foreign: 0, finished: 0))
    var foreign: Int { numbers.withLock { $0.foreign } }
    var finished: Int { numbers.withLock { $0.finished } }
    func countForeign() { numbers.withLock { $0.foreign += 1 } }
    func countFinished() { numbers.withLock { $0.finished += 1 } }
  }

  /// A generator that gives the same numbers for the same seed.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  @Test(
    "with cancellations, errors and timeouts at random, nobody sees a foreign row",
    .covers("S-D9"))
  func interleave() async throws {
    let long = ProcessInfo.processInfo.environment["ARTEL_LONG"] == "1"
    let transactions = long ? 10_000 : 2_000
    let tenants = (0..<50).map { number in
      let digits = String(number)
      let tail = String(repeating: "0", count: 12 - digits.count) + digits
      return TenantScope(tenantID: "aaaaaaaa-0000-4000-8000-\(tail)", actor: "tenant \(number)")
    }
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 4
      $0.maxWaiters = 1000
      $0.acquireTimeout = .seconds(60)
    } _: { pool in
      for scope in tenants {
        // Each row carries its tenant as a canary.
        _ = try await pool.execute(.insert(scope, 0, scope.tenantID), in: scope)
      }
      let tally = Tally()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<200 {
          group.addTask {
            var random = Seeded(state: UInt64(worker))
            for _ in 0..<transactions / 200 {
              let scope = tenants[Int.random(in: 0..<tenants.count, using: &random)]
              let seed = random.next()
              let task = Task { try await Self.work(pool, scope, seed, tally) }
              if seed % 4 == 0 {
                try await Task.sleep(for: .microseconds(Int.random(in: 0...3000, using: &random)))
                task.cancel()
              }
              if case .success = await task.result { tally.countFinished() }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(tally.foreign == 0)
      #expect(tally.finished > transactions / 3)
      for scope in tenants {
        let bodies = try await pool.read(.bodies, in: scope).map { try $0.text(0) }
        #expect(!bodies.isEmpty)
        #expect(bodies.allSatisfy { $0 == scope.tenantID })
      }
      #expect(pool.statistics.inUse == 0)
    }
  }

  /// One transaction or unit; every third fails, in one way or another.
  private static func work(
    _ pool: PostgresPool, _ scope: TenantScope, _ seed: UInt64, _ tally: Tally
  ) async throws {
    func inspect(_ rows: [PostgresRow]) throws {
      for row in rows where try row.uuid(0) != scope.tenantID || row.text(1) != scope.tenantID {
        tally.countForeign()
      }
      // A tenant that does not see itself would hide a foreign context.
      if rows.isEmpty { tally.countForeign() }
    }
    let all = Statement("SELECT tenant_id, body FROM note")
    let write = Statement.insert(scope, Int(seed >> 1), scope.tenantID)
    let sleep = Statement("SELECT pg_sleep(0.002)")
    if seed % 2 == 0 {
      try inspect(try await pool.read([sleep, all], in: scope)[1])
      return
    }
    let deadline: ContinuousClock.Instant? =
      seed % 7 == 0 ? .now + .milliseconds(Int(seed % 5) + 1) : nil
    try await pool.transaction(in: scope, deadline: deadline) { transaction in
      try inspect(try await transaction.query(all))
      try await transaction.pipeline([write, sleep])
      if seed % 3 == 0 { throw Deliberate.thrown }
      if seed % 11 == 0 { _ = try await transaction.query(Statement("SELECT 1 / 0")) }
      try inspect(try await transaction.query(all))
    }
  }
}
