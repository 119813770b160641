import GeneratedAudit
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("Checkpoints that have grown old")
struct AuditThinningTests {
  private typealias Methods = Artel_Audit_V1_AuditService.Method

  /// The sizes of which checkpoints are stored.
  private func sizes(_ fixture: PlatformFixture) async throws -> String {
    try await fixture.database.sql(
      "SELECT string_agg(tree_size::text, ' ' ORDER BY tree_size) FROM artel.audit_checkpoint")
  }

  /// A log of twelve entries with as many checkpoints: three hours of ten days ago with four, three and
  /// two, an hour of six days ago with two, and the newest.
  private func log(_ fixture: PlatformFixture) async throws -> (Tenant, Sealed) {
    let alpha = try await fixture.tenant("alpha")
    let sealed = Sealed()
    let sealer = try fixture.sealer([sealed])
    _ = try await sealer.seal()
    for _ in 0..<11 {
      try await fixture.write(1, in: alpha)
      _ = try await sealer.seal()
    }
    #expect(try await sizes(fixture) == "1 2 3 4 5 6 7 8 9 10 11 12")
    try await fixture.database.sql(
      """
      UPDATE artel.audit_checkpoint SET create_time = date_bin('1 hour', now(), 'epoch')
        - interval '10 days' + (CASE WHEN tree_size <= 4 THEN 0 WHEN tree_size <= 7 THEN 1 ELSE 2 END)
          * interval '1 hour' + tree_size * interval '1 minute'
      WHERE tree_size <= 9;
      UPDATE artel.audit_checkpoint SET create_time = date_bin('1 hour', now(), 'epoch')
        - interval '6 days' + tree_size * interval '1 minute'
      WHERE tree_size IN (10, 11)
      """)
    return (alpha, sealed)
  }

  /// Why the role that thins them may not do something; nil where it may.
  private func refusal(_ statement: Statement, _ fixture: PlatformFixture) async -> String? {
    do {
      _ = try await fixture.dispatcherPool.query(statement, in: nil)
      return nil
    } catch {
      return error.sqlState
    }
  }

  @Test(
    "leave one an hour after a week, and all that was signed is proved as before",
    .covers("S-H8", "A09"))
  func thinned() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, sealed) = try await log(fixture)
      let rows = EndedRows(pool: fixture.dispatcherPool, logger: .silent)
      // They have not become so of late.
      _ = try await rows.delete()
      #expect(try await sizes(fixture) == "1 2 3 4 5 6 7 8 9 10 11 12")
      #expect(try await rows.delete([EndedRows.allCheckpoints]) == 6)
      #expect(try await sizes(fixture) == "4 7 9 10 11 12")
      #expect(try await rows.delete([EndedRows.allCheckpoints]) == 0)

      // Of the log itself nothing is gone, and whoever has kept what was signed still proves it.
      let log = try await fixture.verify(alpha, outside: sealed.checkpoints)
      #expect(log.size == 12)
      let service = AuditService(
        database: fixture.tenants, directoryPool: fixture.directoryPool,
        baseDomain: fixture.baseDomain, publicKey: nil)
      let proof = try await service.getConsistencyProof(
        request: .with {
          $0.fromSize = 2
          $0.toSize = 12
        }, context: .of(alpha, Methods.GetConsistencyProof.descriptor))
      #expect([UInt8](proof.fromRootHash) == sealed.checkpoints[1].root)
      #expect([UInt8](proof.toRootHash) == sealed.checkpoints[11].root)
      let checkpoint = try await service.getCheckpoint(
        request: .with { $0.minSize = 2 }, context: .of(alpha, Methods.GetCheckpoint.descriptor))
      #expect(checkpoint.treeSize == 4)

      try await fixture.write(1, in: alpha)
      #expect(
        try await fixture.sealer([sealed], known: sealed.checkpoints).seal()?.leaves.count == 1)
    }
  }

  @Test("go as they become a week old", .covers("S-H8"))
  func late() async throws {
    try await PlatformFixture.with { fixture in
      _ = try await log(fixture)
      try await fixture.database.sql(
        """
        UPDATE artel.audit_checkpoint SET create_time = date_bin('1 hour', now(), 'epoch')
          - interval '7 days 2 hours' + tree_size * interval '1 minute'
        WHERE tree_size BETWEEN 5 AND 9
        """)
      let rows = EndedRows(pool: fixture.dispatcherPool, logger: .silent)
      #expect(try await rows.delete() == 4)
      #expect(try await sizes(fixture) == "1 2 3 4 9 10 11 12")
    }
  }

  @Test("cannot be deleted otherwise by whoever thins them", .covers("S-H8"))
  func guarded() async throws {
    try await PlatformFixture.with { fixture in
      _ = try await log(fixture)
      // The last of its hour, and all of an hour at once.
      #expect(
        await refusal(Statement("DELETE FROM artel.audit_checkpoint WHERE tree_size = 4"), fixture)
          == "42501")
      #expect(
        await refusal(Statement("DELETE FROM artel.audit_checkpoint WHERE tree_size < 9"), fixture)
          == "42501")
      // Younger ones are not even seen.
      #expect(
        await refusal(Statement("DELETE FROM artel.audit_checkpoint WHERE tree_size > 9"), fixture)
          == nil)
      #expect(
        await refusal(Statement("SELECT note FROM artel.audit_checkpoint"), fixture) == "42501")
      #expect(try await sizes(fixture) == "1 2 3 4 5 6 7 8 9 10 11 12")
    }
  }
}
