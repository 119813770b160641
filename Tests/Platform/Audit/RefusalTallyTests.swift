import LibCrypto
import Pipeline
import Postgres
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The tally of nobody's calls")
struct RefusalTallyTests {
  private func record(_ network: Int, at time: Int64) -> CallRecord {
    var record = CallRecord(
      method: "/a.B/C", door: .rest, caller: nil, code: .unauthenticated, message: "no",
      duration: .zero)
    record.error = RPCError(code: .unauthenticated, reason: "TOKEN_INVALID", message: "no")
    record.address = "ipv4:10.\(network >> 16 & 255).\(network >> 8 & 255).\(network & 255):1"
    record.startTime = time
    return record
  }

  @Test("has few entries a minute, however many networks there are", .covers("S-H6"))
  func bounded() {
    var tally = RefusalTally()
    let start: Int64 = 1_700_000_040_000_000
    var singles = 0
    for number in 0..<20_000 where tally.add(record(number, at: start)) != nil { singles += 1 }
    #expect(singles == RefusalTally.allSingles)
    let rest = tally.ended(by: nil)
    #expect(rest.count <= RefusalTally.capacity + 1)
    #expect(singles + rest.map(\.count).reduce(0, +) == 20_000, "every call is counted")
    // The next minute has its own.
    #expect(tally.add(record(0, at: start + RefusalTally.length)) != nil)
  }

  @Test("is deleted after 90 days, and not before, whoever deletes", .covers("S-H6"))
  func retention() async throws {
    try await PlatformFixture.with { fixture in
      for days in [89, 91] {
        try await fixture.database.sql(
          """
          INSERT INTO artel.platform_audit_entry (platform_audit_entry_id, action, door, network,
            code, reason, count, start_time, create_time)
          VALUES (gen_random_uuid(), '\(days)', 'rest', '', '', '', 1, now(),
            now() - interval '\(days) days')
          """)
      }
      #expect(
        try await EndedRows(pool: fixture.dispatcherPool, logger: .silent).delete() == 1)
      #expect(
        try await fixture.dispatcherPool.execute(
          Statement("DELETE FROM artel.platform_audit_entry"), in: nil) == 0)
      #expect(
        try await fixture.database.sql("SELECT action FROM artel.platform_audit_entry") == "89")
    }
  }

  @Test("asks for no identifiers of other times")
  func bounds() throws {
    #expect(AuditFilter.bound(0, plus: -1) == "00000000-0000-0000-0000-000000000000")
    #expect(AuditFilter.bound(.max, plus: 1).hasPrefix("ffffffff-"))
    #expect(AuditFilter.bound(1_700_000_000, plus: 0) == "018bcfe5-6800-0000-0000-000000000000")
    let now = Timestamp.now()
    #expect(UUIDv7.make() >= AuditFilter.bound(now.seconds, plus: -1))
    #expect(UUIDv7.make() < AuditFilter.bound(now.seconds, plus: 3600))
  }

  @Test("ends a window that a clock began which was ahead")
  func clock() {
    var tally = RefusalTally()
    let start: Int64 = 1_700_000_040_000_000
    for _ in 0..<7 { _ = tally.add(record(1, at: start)) }
    #expect(tally.ended(by: start + 1).isEmpty)
    #expect(tally.ended(by: start - 3_600_000_000).map(\.count) == [2])
    #expect(tally.ended(by: nil).isEmpty)
  }
}
