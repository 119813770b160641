import LibCrypto
import Pipeline
import Postgres
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("Logs that the sealer does not go on with")
struct AuditHoldTests {
  /// A tampering, and what is wrong then.
  struct Tampering: Sendable, CustomTestStringConvertible {
    let name: String
    let sql: String
    let fault: AuditFault.Kind
    var testDescription: String { name }
  }

  private static let forgotten = """
    DELETE FROM artel.audit_leaf WHERE {alpha}; DELETE FROM artel.audit_node WHERE {alpha};
    DELETE FROM artel.audit_checkpoint WHERE {alpha}; DELETE FROM artel.audit_position
    """

  /// What only somebody finds who remembers what was signed.
  private static let rewritings = [
    Tampering(
      name: "another history",
      sql: forgotten + "; UPDATE artel.audit_entry SET change = 'never' WHERE {alpha}",
      fault: .truncated),
    Tampering(
      name: "no history", sql: forgotten + "; DELETE FROM artel.audit_entry WHERE {alpha}",
      fault: .truncated),
    Tampering(
      name: "an end that is cut off",
      sql: """
        DELETE FROM artel.audit_leaf WHERE {alpha} AND leaf_index > 2;
        DELETE FROM artel.audit_node WHERE {alpha} AND node_index > 0;
        DELETE FROM artel.audit_node WHERE {alpha} AND level > 1;
        DELETE FROM artel.audit_checkpoint WHERE {alpha} AND tree_size > 3
        """, fault: .truncated),
  ]

  /// What contradicts itself.
  private static let damages = [
    Tampering(
      name: "a lost subtree", sql: "DELETE FROM artel.audit_node WHERE {alpha}", fault: .missing),
    Tampering(
      name: "another subtree",
      sql: "UPDATE artel.audit_node SET node_digest = sha256('x') WHERE {alpha}", fault: .root),
    Tampering(
      name: "leaves cut off from their checkpoint",
      sql: "DELETE FROM artel.audit_leaf WHERE {alpha} AND leaf_index = 4", fault: .truncated),
    Tampering(
      name: "a checkpoint that is gone",
      sql: "DELETE FROM artel.audit_checkpoint WHERE {alpha}", fault: .signature),
    Tampering(
      name: "a checkpoint that nobody signed",
      sql: "UPDATE artel.audit_checkpoint SET note = reverse(note) WHERE {alpha}",
      fault: .signature),
  ]

  private func log(_ fixture: PlatformFixture, _ tenant: Tenant) async throws -> String {
    try await fixture.database.sql(
      "SELECT count(*) FROM artel.audit_leaf WHERE tenant_id = '\(tenant.id)'")
  }

  private func tamper(
    _ tampering: Tampering, with tenant: Tenant, _ fixture: PlatformFixture
  ) async throws {
    try await fixture.database.sql(
      tampering.sql.replacing("{alpha}", with: "tenant_id = '\(tenant.id)'"))
  }

  @Test(
    "signs no other history than the one it has signed, though the database has no other",
    .covers("S-H7"), arguments: rewritings, [true, false])
  func rewritten(_ rewriting: Tampering, bySameProcess: Bool) async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      try await fixture.write(3, in: alpha)
      let outside = Sealed()
      let before = try fixture.sealer([outside])
      _ = try await before.seal()
      try await fixture.write(1, in: alpha)
      _ = try await before.seal()
      try await tamper(rewriting, with: alpha, fixture)
      try await fixture.write(2, in: alpha)
      try await fixture.write(2, in: beta)
      // Another process has the checkpoints that were kept outside.
      let sealer = try bySameProcess ? before : fixture.sealer(known: outside.checkpoints)
      let left = try await log(fixture, alpha)
      let look = try #require(try await sealer.seal())
      #expect(look.held.map(\.tenant) == ["alpha"])
      #expect(look.held.map(\.fault.kind) == [rewriting.fault])
      #expect(look.leaves.allSatisfy { $0.tenant == "beta" })
      #expect(try await log(fixture, alpha) == left)
      // It stays so, and another one that remembers nothing has the checkpoint from the hold.
      #expect(try await sealer.seal()?.held.isEmpty == true)
      try await fixture.write(1, in: alpha)
      #expect(try await fixture.sealer().seal()?.leaves.isEmpty == true)
      #expect(try await log(fixture, alpha) == left)
      _ = try await fixture.verify(beta, outside: outside.checkpoints)
      // Who has no checkpoints outside is told of the hold.
      let fault = await #expect(throws: AuditFault.self) { try await fixture.verify(alpha) }
      #expect(fault?.kind == .held)
    }
  }

  @Test(
    "goes on with the others where one log is damaged, and with it when it is whole again",
    .covers("S-H7", "S-H8"), arguments: damages)
  func damaged(_ damage: Tampering) async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      try await fixture.write(4, in: alpha)
      _ = try await fixture.sealer().seal()
      try await fixture.database.sql(
        """
        CREATE TABLE kept_leaf AS TABLE artel.audit_leaf;
        CREATE TABLE kept_node AS TABLE artel.audit_node;
        CREATE TABLE kept_checkpoint AS TABLE artel.audit_checkpoint
        """)
      try await tamper(damage, with: alpha, fixture)
      try await fixture.write(2, in: alpha)
      try await fixture.write(2, in: beta)
      let sealer = try fixture.sealer()
      try await sealer.sealAll()
      #expect(sealer.heldLogs == 1)
      #expect(try await fixture.verify(beta).size == 3)
      try await fixture.write(1, in: alpha)
      try await fixture.write(1, in: beta)
      #expect(try await sealer.seal()?.leaves.map(\.tenant) == ["beta"])
      try await fixture.database.sql(
        """
        DELETE FROM artel.audit_leaf WHERE tenant_id = '\(alpha.id)';
        DELETE FROM artel.audit_node WHERE tenant_id = '\(alpha.id)';
        DELETE FROM artel.audit_checkpoint WHERE tenant_id = '\(alpha.id)';
        INSERT INTO artel.audit_leaf SELECT * FROM kept_leaf WHERE tenant_id = '\(alpha.id)';
        INSERT INTO artel.audit_node SELECT * FROM kept_node WHERE tenant_id = '\(alpha.id)';
        INSERT INTO artel.audit_checkpoint SELECT * FROM kept_checkpoint
          WHERE tenant_id = '\(alpha.id)'
        """)
      try await sealer.sealAll()
      #expect(sealer.heldLogs == 0)
      let log = try await fixture.verify(alpha)
      #expect(log.size == 8 && log.waiting == 0)
    }
  }

  @Test("holds a log back whose next places are taken, and one with an entry nobody can read")
  func taken() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      _ = try await fixture.sealer().seal()
      try await fixture.database.sql(
        """
        INSERT INTO artel.audit_node (tenant_id, level, node_index, node_digest)
        VALUES ('\(alpha.id)', 1, 0, sha256('x'))
        """)
      try await fixture.write(2, in: alpha)
      try await fixture.write(2, in: beta)
      let look = try #require(try await fixture.sealer().seal())
      #expect(look.held.map(\.tenant) == ["alpha"])
      #expect(look.leaves.map(\.tenant) == ["beta", "beta"])
      try await fixture.database.sql(
        """
        DELETE FROM artel.audit_node WHERE tenant_id = '\(alpha.id)';
        ALTER TABLE artel.audit_entry DROP CONSTRAINT audit_entry_kind_check
        """)
      try await fixture.write(1, in: beta)
      try await fixture.database.sql(
        "UPDATE artel.audit_entry SET kind = 'x' WHERE tenant_id = '\(beta.id)' AND xid >="
          + " (SELECT max(xid::text::bigint)::text::xid8 FROM artel.audit_entry)")
      let next = try #require(try await fixture.sealer().seal())
      #expect(next.held.map(\.tenant) == ["beta"])
      #expect(next.leaves.map(\.tenant) == ["alpha", "alpha"])
    }
  }

  @Test("says since when the oldest entry waits, whoever keeps it waiting", .covers("S-H7"))
  func lag() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let sealer = try fixture.sealer()
      try await sealer.sealAll()
      #expect(sealer.lag < .seconds(60))
      let old = """
        UPDATE artel.audit_entry SET create_time = now() - interval '1 hour'
        WHERE resource LIKE 'writer/%'
        """
      // A transaction that does not end.
      try await fixture.tenants.change(
        as: Actor(tenantID: alpha.id, service: "slow"), action: "test", deadline: nil
      ) { change in
        try await change.record(resource: "slow", change: "made")
        try await fixture.write(1, in: alpha)
        try await fixture.database.sql(old)
        try await sealer.sealAll()
        #expect(sealer.lag > .seconds(3500))
      }
      try await sealer.sealAll()
      #expect(sealer.lag < .seconds(60))
      // Another process, which has the lock.
      try await fixture.write(1, in: alpha, as: "writer")
      try await fixture.database.sql(old)
      try await fixture.pool("sealer").transaction(in: nil) { transaction in
        _ = try await transaction.query(AuditStatements.lock)
        try await sealer.sealAll()
        #expect(sealer.lag > .seconds(3500))
      }
      try await sealer.sealAll()
      #expect(sealer.lag < .seconds(60))
    }
  }
}
