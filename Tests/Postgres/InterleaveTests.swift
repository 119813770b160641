import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Many tenants over few connections", .serialized)
struct InterleaveTests {
  private let transactions =
    ProcessInfo.processInfo.environment["ARTEL_LONG"] == "1" ? 10_000 : 2_000

  @Test(
    "with cancellations, errors, timeouts and kills at random, nobody sees a foreign row",
    .covers("S-D9"))
  func direct() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 4
      $0.maxWaiters = 1000
      $0.acquireTimeout = .seconds(60)
    } _: { pool in
      try await interleave(pool, of: database)
    }
  }

  @Test(
    "nobody sees a foreign row through a pooler either, which gives each transaction another one",
    .covers("S-D9"))
  func pooled() async throws {
    let database = try await TenantDatabase()
    let pooler = try await TransactionPooler(
      before: database.fixture.cluster, user: database.user, password: database.password,
      connections: 4)
    try await database.withPool {
      $0.port = pooler.port
      $0.hasTransactionPooler = true
      $0.poolSize = 16
      $0.maxWaiters = 1000
      $0.acquireTimeout = .seconds(60)
    } _: { pool in
      try await interleave(pool, of: database)
    }
    withExtendedLifetime(pooler) {}
  }

  private func interleave(_ pool: PostgresPool, of database: TenantDatabase) async throws {
    let interleaving = Interleaving()
    try await interleaving.run(transactions, over: pool, of: database)
    #expect(interleaving.tally.foreign == 0)
    #expect(interleaving.tally.finished > transactions / 4)
    #expect(interleaving.tally.killed > 0)
    // What they left behind, seen by nobody in particular: with the superuser's eyes.
    let wrong = try await database.fixture.sql(
      "SELECT count(*) FROM note WHERE body <> tenant_id::text")
    #expect(wrong == "0")
    await pool.becomesAvailable()
    for scope in interleaving.tenants {
      let bodies = try await pool.read(.bodies, in: scope).map { try $0.text(0) }
      #expect(!bodies.isEmpty)
      #expect(bodies.allSatisfy { $0 == scope.tenantID })
    }
    #expect(pool.statistics.inUse == 0)
  }
}
