import LibCrypto
import Pipeline
import Postgres
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Platform

extension PlatformFixture {
  /// The key that signs in tests.
  static var auditKey: Ed25519Key {
    get throws { try Ed25519Key(seed: [UInt8](repeating: 7, count: 32)) }
  }

  func sealer(
    _ outlets: [any AuditOutlet] = [], known: [SignedCheckpoint] = []
  ) throws -> AuditSealer {
    AuditSealer(
      pool: pool("sealer"), baseDomain: baseDomain, key: try Self.auditKey, known: known,
      outlets: outlets, logger: .silent)
  }

  func verify(
    _ tenant: Tenant, outside: [SignedCheckpoint] = []
  ) async throws -> AuditVerifier.Verified {
    try await AuditVerifier(
      pool: pool("sealer"), baseDomain: baseDomain, publicKey: try Self.auditKey.publicKey
    ).verify(tenant.id, name: tenant.name, outside: outside)
  }

  /// Writes entries, a transaction each.
  func write(_ count: Int, in tenant: Tenant, as name: String = "writer") async throws {
    for number in 0..<count {
      try await tenants.record(
        as: Actor(tenantID: tenant.id, service: name), action: "test",
        resource: "\(name)/\(number)", change: "made", deadline: nil)
    }
  }
}

/// Remembers what was sealed.
final class Sealed: AuditOutlet {
  private let state = Mutex((leaves: [SealedEntries.Leaf](), checkpoints: [SignedCheckpoint]()))
  var leaves: [SealedEntries.Leaf] { state.withLock { $0.leaves } }
  var checkpoints: [SignedCheckpoint] { state.withLock { $0.checkpoints } }

  func take(_ leaves: [SealedEntries.Leaf], _ checkpoints: [SignedCheckpoint]) async {
    state.withLock {
      $0.leaves += leaves
      $0.checkpoints += checkpoints
    }
  }
}

/// Whether something is over.
private final class Flag: Sendable {
  let isOver = Mutex(false)
}

@Suite("The sealer of the audit")
struct AuditSealerTests {
  @Test("seals each tenant's entries in their order, and goes on from there", .covers("S-H7"))
  func seals() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      try await fixture.write(5, in: alpha)
      let sealed = Sealed()
      let sealer = try fixture.sealer([sealed])
      #expect(try await sealer.seal()?.leaves.count == 7)
      #expect(try await sealer.seal()?.leaves.isEmpty == true)
      try await fixture.write(3, in: beta)
      // Another process goes on.
      #expect(try await fixture.sealer([sealed]).seal()?.leaves.count == 3)
      let ofAlpha = sealed.leaves.filter { $0.tenant == "alpha" }
      #expect(ofAlpha.map(\.index) == Array(0..<6))
      #expect(
        ofAlpha.map(\.entry.resource) == ["tenants/alpha"] + (0..<5).map { "writer/\($0)" })
      #expect(try await fixture.verify(alpha).size == 6)
      let log = try await fixture.verify(beta, outside: sealed.checkpoints)
      #expect(log.size == 4 && log.waiting == 0 && log.checkpoints == 4)
      let publicKey = try PlatformFixture.auditKey.publicKey
      #expect(sealed.checkpoints.allSatisfy { $0.isSigned(by: publicKey) })
      #expect(sealed.checkpoints.last?.origin == "beta.artel.localhost/audit")
    }
  }

  @Test("waits for a transaction that began first and ends last", .covers("S-G9", "S-H7"))
  func horizon() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let sealed = Sealed()
      let sealer = try fixture.sealer([sealed])
      _ = try await sealer.seal()
      try await fixture.tenants.change(
        as: Actor(tenantID: alpha.id, service: "slow"), action: "test", deadline: nil
      ) { change in
        try await change.record(resource: "slow", change: "made")
        try await fixture.write(3, in: alpha, as: "fast")
        #expect(try await sealer.seal()?.leaves.isEmpty == true)
      }
      #expect(try await sealer.seal()?.leaves.count == 4)
      #expect(
        sealed.leaves.map(\.entry.resource)
          == ["tenants/alpha", "slow", "fast/0", "fast/1", "fast/2"])
      _ = try await fixture.verify(alpha)
    }
  }

  @Test(
    "seals every entry of sixteen writers once, while two of it are at work",
    .covers("S-H8", "S-G9"))
  func manyWriters() async throws {
    let (writers, each) = (16, 12)
    try await PlatformFixture.with { fixture in
      let tenants = [try await fixture.tenant("alpha"), try await fixture.tenant("beta")]
      let sealed = Sealed()
      let writing = Flag()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          let sealer = try fixture.sealer([sealed])
          group.addTask {
            while !writing.isOver.withLock({ $0 }) {
              _ = try await sealer.seal()
              try await Task.sleep(for: .milliseconds(2))
            }
          }
        }
        group.addTask {
          try await withThrowingTaskGroup(of: Void.self) { inner in
            for writer in 0..<writers {
              inner.addTask {
                try await fixture.write(each, in: tenants[writer % 2], as: "writers-\(writer)")
              }
            }
            try await inner.waitForAll()
          }
          writing.isOver.withLock { $0 = true }
        }
        try await group.waitForAll()
      }
      let sealer = try fixture.sealer([sealed])
      while try await sealer.seal()?.leaves.isEmpty != true {}
      let seen = sealed.leaves.map(\.entry.id)
      #expect(seen.count == writers * each + 2 && Set(seen).count == seen.count)
      for tenant in tenants {
        let log = try await fixture.verify(tenant, outside: sealed.checkpoints)
        #expect(log.size == writers / 2 * each + 1 && log.waiting == 0)
      }
    }
  }

  @Test("keeps a restored tenant's log, and goes on with it")
  func restored() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.write(4, in: alpha)
      let sealer = try fixture.sealer()
      _ = try await sealer.seal()
      // As a restored row has it: another transaction's.
      try await fixture.database.sql(
        "UPDATE artel.audit_entry SET xid = pg_current_xact_id() WHERE tenant_id = '\(alpha.id)'")
      try await fixture.write(1, in: alpha, as: "later")
      #expect(try await sealer.seal()?.leaves.count == 1)
      #expect(try await fixture.verify(alpha).size == 6)
    }
  }
}
