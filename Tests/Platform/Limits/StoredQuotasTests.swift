import LibCrypto
import Pipeline
import Postgres
import TestSupport
import Testing

@testable import Platform

@Suite("Quotas in the database")
struct StoredQuotasTests {
  @Test("add up what all meters tell, each batch once, of tenants that are there", .covers("B08"))
  func batches() async throws {
    try await PlatformFixture.with { fixture in
      let store = StoredQuotas(pool: fixture.dispatcherPool)
      let tenants = try await [fixture.tenant("alpha"), fixture.tenant("beta")]
      let (first, second) = (UUIDv7.make(), UUIDv7.make())
      func batch(_ meter: String, _ sequence: Int64, _ calls: Int64) -> QuotaBatch {
        QuotaBatch(
          meterID: meter, sequence: sequence,
          uses: (tenants.map(\.id) + [UUIDv7.make()]).map {
            QuotaUse(tenantID: $0, day: 20_000, calls: calls, expensiveCalls: 1, keyedCalls: 2)
          })
      }
      func told(_ batch: QuotaBatch) async throws -> [Int64] {
        let known = try await store.add(batch)
        #expect(Set(known.map(\.tenantID)) == Set(tenants.map(\.id)))
        #expect(known.allSatisfy { $0.day == 20_000 && $0.keyedCalls == 2 * $0.expensiveCalls })
        return known.map(\.calls)
      }
      #expect(try await told(batch(first, 1, 5)) == [5, 5])
      #expect(try await told(batch(second, 1, 10)) == [15, 15])
      // The answer was lost: it is told again.
      #expect(try await told(batch(first, 1, 5)) == [15, 15])
      #expect(try await told(batch(first, 2, 1)) == [16, 16])
      #expect(
        try await fixture.database.sql("SELECT sum(expensive_calls) FROM artel.quota_usage") == "6")
    }
  }

  @Test("are read by their tenant, which changes nothing of them", .covers("B08", "S-D6"))
  func rights() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      for statement in [
        Statement("UPDATE artel.quota_usage SET calls = 0"),
        Statement("DELETE FROM artel.quota_usage"),
        Statement(
          "INSERT INTO artel.quota_usage VALUES ($1, '2026-01-01', 0, 0)", .uuid(tenant.id)),
        Statement("SELECT 1 FROM artel.quota_meter"),
      ] {
        let error = await #expect(throws: PostgresError.self) {
          _ = try await fixture.app.query(statement, in: tenant.scope)
        }
        #expect(error?.sqlState == "42501")
      }
    }
  }
}
