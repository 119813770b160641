import LibCrypto
import Pipeline
import Postgres
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("Logs that go on from a copy")
struct AuditEpochTests {
  private func epochs(_ fixture: PlatformFixture) throws -> AuditEpochs {
    AuditEpochs(
      pool: fixture.pool("sealer"), baseDomain: fixture.baseDomain,
      key: try PlatformFixture.auditKey)
  }

  /// Puts the database back to where it was with three leaves.
  private func restore(_ fixture: PlatformFixture) async throws {
    try await fixture.database.sql(
      """
      DELETE FROM artel.audit_entry AS e WHERE audit_entry_id IN (
        SELECT audit_entry_id FROM artel.audit_leaf WHERE leaf_index > 2);
      DELETE FROM artel.audit_leaf WHERE leaf_index > 2;
      DELETE FROM artel.audit_node WHERE (node_index + 1) << level > 3;
      DELETE FROM artel.audit_checkpoint WHERE tree_size > 3;
      DELETE FROM artel.audit_position
      """)
  }

  @Test("are held back until their new name is signed, and proved under both", .covers("S-H7"))
  func restored() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.write(2, in: alpha)
      let outside = Sealed()
      let sealer = try fixture.sealer([outside])
      _ = try await sealer.seal()
      try await fixture.write(4, in: alpha)
      _ = try await sealer.seal()
      try await restore(fixture)
      try await fixture.write(1, in: alpha, as: "behind")
      try await sealer.sealAll()
      #expect(sealer.heldLogs == 1)

      let begin = try await epochs(fixture).begin(of: alpha.id, at: 1_800_000_000)
      #expect(begin.origin == "alpha.artel.localhost/audit/1800000000" && begin.size == 3)
      try await sealer.sealAll()
      try await fixture.write(5, in: alpha, as: "behind")
      try await sealer.sealAll()
      #expect(sealer.heldLogs == 0)
      #expect(outside.checkpoints.last?.origin == begin.origin)

      let verifier = AuditVerifier(
        pool: fixture.pool("sealer"), baseDomain: fixture.baseDomain,
        publicKey: try PlatformFixture.auditKey.publicKey)
      // That leaves were given up is a fault, unless the restore was meant.
      let fault = await #expect(throws: AuditFault.self) {
        try await fixture.verify(alpha, outside: outside.checkpoints)
      }
      #expect(fault == AuditFault(.truncated, 3, to: 6))
      let log = try await verifier.verify(
        alpha.id, name: "alpha", outside: outside.checkpoints, acceptsRestores: true)
      #expect(log.size == 9 && log.givenUp == 4 && log.waiting == 0)
      // What both names have must be the same all the same.
      let forged = try SignedCheckpoint(
        origin: "alpha.artel.localhost/audit", size: 2, root: MerkleHash.empty,
        key: try PlatformFixture.auditKey)
      await #expect(throws: AuditFault.self) {
        try await verifier.verify(
          alpha.id, name: "alpha", outside: [forged], acceptsRestores: true)
      }
      // A second one, in the same second.
      let next = try await epochs(fixture).begin(of: alpha.id, at: 1_800_000_000)
      #expect(next.origin == "alpha.artel.localhost/audit/1800000001" && next.size == 9)
      try await fixture.write(1, in: alpha)
      #expect(try await sealer.seal()?.leaves.count == 1)
      #expect(try await fixture.verify(alpha).size == 10)
    }
  }

  @Test("get no name from whoever has the database without the key", .covers("S-H7"))
  func forged() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.write(4, in: alpha)
      let sealer = try fixture.sealer()
      _ = try await sealer.seal()
      let stranger = try SignedCheckpoint(
        origin: "alpha.artel.localhost/audit/9", size: 0, root: MerkleHash.empty,
        key: try Ed25519Key(seed: [UInt8](repeating: 8, count: 32)))
      try await fixture.database.sql(
        """
        DELETE FROM artel.audit_leaf; DELETE FROM artel.audit_node;
        DELETE FROM artel.audit_checkpoint; DELETE FROM artel.audit_position;
        INSERT INTO artel.audit_epoch (tenant_id, epoch, tree_size, note)
        VALUES ('\(alpha.id)', 9, 0, '\(stranger.note)')
        """)
      let look = try await sealer.seal()
      #expect(look?.held.map(\.fault.kind) == [.signature] && look?.leaves.isEmpty == true)
      let fault = await #expect(throws: AuditFault.self) { try await fixture.verify(alpha) }
      #expect(fault?.kind == .signature)
      await #expect(throws: AuditFault.self) {
        try await epochs(fixture).begin(of: alpha.id, at: 10)
      }
    }
  }

  @Test("are good under the key of before, where that is named", .covers("S-H7"))
  func formerKeys() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let outside = Sealed()
      _ = try await fixture.sealer([outside]).seal()
      let former = try PlatformFixture.auditKey.publicKey
      let key = try Ed25519Key(seed: [UInt8](repeating: 9, count: 32))
      try await fixture.write(1, in: alpha)
      func sealer(_ formerKeys: [[UInt8]]) -> AuditSealer {
        AuditSealer(
          pool: fixture.pool("sealer"), baseDomain: fixture.baseDomain, key: key,
          formerKeys: formerKeys, outlets: [outside], logger: .silent)
      }
      #expect(try await sealer([]).seal()?.held.map(\.fault.kind) == [.signature])
      #expect(try await sealer([former]).seal()?.leaves.count == 1)
      func verifier(_ formerKeys: [[UInt8]]) -> AuditVerifier {
        AuditVerifier(
          pool: fixture.pool("sealer"), baseDomain: fixture.baseDomain, publicKey: key.publicKey,
          formerKeys: formerKeys)
      }
      let log = try await verifier([former]).verify(
        alpha.id, name: "alpha", outside: outside.checkpoints)
      #expect(log.size == 2 && log.checkpoints == 4)
      await #expect(throws: AuditFault.self) {
        try await verifier([]).verify(alpha.id, name: "alpha")
      }
      let text = SignedCheckpoint.verifierKey(origin: "a.b/audit", publicKey: former)
      #expect(SignedCheckpoint.publicKey(ofVerifierKey: text) == former)
      #expect(SignedCheckpoint.publicKey(ofVerifierKey: "b" + text) == nil)
      #expect(SignedCheckpoint.publicKey(ofVerifierKey: "") == nil)
    }
  }
}
