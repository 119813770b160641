import LibCrypto
import Pipeline
import Postgres
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The verifier of the audit")
struct AuditVerifierTests {
  /// A tampering by whoever owns the database, and what the verifier says of it.
  struct Tampering: Sendable, CustomTestStringConvertible {
    let name: String
    let sql: String
    let kind: AuditFault.Kind
    let index: Int
    var testDescription: String { name }
  }

  private static let tamperings = [
    Tampering(
      name: "a changed text", sql: "UPDATE artel.audit_entry SET change = 'made!' WHERE {3}",
      kind: .changed, index: 3),
    Tampering(
      name: "another time",
      sql: "UPDATE artel.audit_entry SET create_time = create_time + interval '1 us' WHERE {3}",
      kind: .changed, index: 3),
    Tampering(
      name: "one bit of a hash",
      sql: "UPDATE artel.audit_entry SET request_digest = '\\x01' WHERE {5}",
      kind: .changed, index: 5),
    Tampering(
      name: "a deleted entry", sql: "DELETE FROM artel.audit_entry WHERE {2}", kind: .deleted,
      index: 2),
    Tampering(
      name: "an entry deleted with its leaf",
      sql: """
        DELETE FROM artel.audit_entry WHERE {2};
        DELETE FROM artel.audit_leaf WHERE leaf_index = 2 AND tenant_id = '{tenant}'
        """, kind: .missing, index: 2),
    Tampering(
      name: "two leaves in the other order",
      sql: """
        UPDATE artel.audit_leaf SET leaf_index = leaf_index + 100
        WHERE leaf_index IN (4, 5) AND tenant_id = '{tenant}';
        UPDATE artel.audit_leaf SET leaf_index = 109 - leaf_index
        WHERE leaf_index IN (104, 105) AND tenant_id = '{tenant}'
        """, kind: .reordered, index: 4),
    Tampering(
      name: "an end that was cut off",
      sql: """
        DELETE FROM artel.audit_entry WHERE {9};
        DELETE FROM artel.audit_leaf WHERE leaf_index = 9 AND tenant_id = '{tenant}'
        """, kind: .truncated, index: 9),
    Tampering(
      name: "an entry that was put before others",
      sql: """
        INSERT INTO artel.audit_entry
          (tenant_id, audit_entry_id, actor, action, resource, change, xid)
        VALUES ('{tenant}', '{tenant}', 'x', 'x', 'x', 'x', '3')
        """, kind: .inserted, index: 10),
    Tampering(
      name: "another root in a checkpoint",
      sql:
        "UPDATE artel.audit_checkpoint SET root_digest = sha256('x') WHERE tenant_id = '{tenant}'",
      kind: .signature, index: 9),
    Tampering(
      name: "another signature",
      sql: """
        UPDATE artel.audit_checkpoint SET note = overlay(note PLACING
          CASE substring(note FROM length(note) - 20 FOR 1) WHEN 'A' THEN 'B' ELSE 'A' END
          FROM length(note) - 20) WHERE tenant_id = '{tenant}'
        """, kind: .signature, index: 9),
  ]

  @Test("names the first bad entry", .covers("S-H7"), arguments: tamperings)
  func tampered(_ tampering: Tampering) async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.write(9, in: alpha)
      let sealed = Sealed()
      _ = try await fixture.sealer([sealed]).seal()
      #expect(try await fixture.verify(alpha, outside: sealed.checkpoints).size == 10)
      var sql = tampering.sql.replacing("{tenant}", with: alpha.id)
      for index in 0..<10 {
        sql = sql.replacing(
          "{\(index)}", with: "audit_entry_id = '\(sealed.leaves[index].entry.id)'")
      }
      try await fixture.database.sql(sql)
      let fault = await #expect(throws: AuditFault.self) {
        try await fixture.verify(alpha, outside: sealed.checkpoints)
      }
      #expect(fault?.kind == tampering.kind)
      #expect(fault?.index == tampering.index)
    }
  }

  @Test("finds what was recomputed to its root by the checkpoints kept outside", .covers("S-H7"))
  func recomputed() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.write(9, in: alpha)
      let outside = Sealed()
      _ = try await fixture.sealer([outside]).seal()
      // Whoever has the database and the key seals another history; or has a process that knows of
      // none before.
      try await fixture.database.sql(
        """
        DELETE FROM artel.audit_leaf; DELETE FROM artel.audit_node;
        DELETE FROM artel.audit_checkpoint; DELETE FROM artel.audit_position;
        UPDATE artel.audit_entry SET change = 'never' WHERE resource = 'writer/3'
        """)
      _ = try await fixture.sealer().seal()
      #expect(try await fixture.verify(alpha).size == 10)
      let fault = await #expect(throws: AuditFault.self) {
        try await fixture.verify(alpha, outside: outside.checkpoints)
      }
      #expect(fault?.kind == .root && fault?.index == 9)
    }
  }

  @Test("misses a log that was deleted as a whole, and its tenant as well", .covers("S-H7"))
  func wholeLog() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      try await fixture.write(3, in: alpha)
      let outside = Sealed()
      _ = try await fixture.sealer([outside]).seal()
      let verifier = AuditVerifier(
        pool: fixture.pool("sealer"), baseDomain: fixture.baseDomain,
        publicKey: try PlatformFixture.auditKey.publicKey)
      try await fixture.database.sql(
        """
        DELETE FROM artel.audit_entry WHERE tenant_id = '\(alpha.id)';
        DELETE FROM artel.audit_leaf WHERE tenant_id = '\(alpha.id)';
        DELETE FROM artel.audit_node WHERE tenant_id = '\(alpha.id)';
        DELETE FROM artel.audit_checkpoint WHERE tenant_id = '\(alpha.id)'
        """)
      // That there must be one is known without its rows.
      var logs = try await verifier.logs(outside: outside.checkpoints)
      #expect(logs.map(\.tenantID) == [alpha.id, beta.id])
      for id in [alpha.id, nil] {
        if id == nil {
          try await fixture.database.sql(
            "SET session_replication_role = replica;"
              + "DELETE FROM artel.tenant WHERE tenant_id = '\(alpha.id)'")
          logs = try await verifier.logs(outside: outside.checkpoints)
        }
        #expect(logs.map(\.name) == ["alpha", "beta"] && logs[0].tenantID == id)
        let log = logs[0]
        let fault = await #expect(throws: AuditFault.self) {
          try await verifier.verify(log, outside: outside.checkpoints)
        }
        #expect(fault == AuditFault(.truncated, 0, to: 3))
        _ = try await verifier.verify(logs[1], outside: outside.checkpoints)
      }
    }
  }

  @Test("passes over a tenant that was erased, and says so where checkpoints of it are kept")
  func erased() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let outside = Sealed()
      _ = try await fixture.sealer([outside]).seal()
      try await fixture.administration.suspend(alpha, reason: "gone")
      try await fixture.database.sql("UPDATE artel.tenant SET suspend_time = NULL")
      _ = try await fixture.administration.erase(alpha, owner: fixture.pool("owner"))
      let verifier = AuditVerifier(
        pool: fixture.pool("sealer"), baseDomain: fixture.baseDomain,
        publicKey: try PlatformFixture.auditKey.publicKey)
      #expect(try await verifier.logs().isEmpty)
      #expect(try await verifier.logs(outside: outside.checkpoints).map(\.isErased) == [true])
    }
  }
}
