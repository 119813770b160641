import GeneratedAudit
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The audit service")
struct AuditServiceTests {
  private typealias Methods = Artel_Audit_V1_AuditService.Method

  private func service(_ fixture: PlatformFixture) throws -> AuditService {
    AuditService(
      database: fixture.tenants, directoryPool: fixture.directoryPool,
      baseDomain: fixture.baseDomain, publicKey: try PlatformFixture.auditKey.publicKey)
  }

  private func context(_ tenant: Tenant) -> ServerContext {
    .of(tenant, Methods.ListAuditEntries.descriptor)
  }

  @Test("lists entries, the newest first, page by page, as the filter asks")
  func lists() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      try await fixture.write(5, in: alpha)
      let service = try service(fixture)
      var seen: [String] = []
      var token = ""
      repeat {
        let page = try await service.listAuditEntries(
          request: .with {
            $0.pageSize = 2
            $0.pageToken = token
          }, context: context(alpha))
        #expect(page.auditEntries.count <= 2)
        seen += page.auditEntries.map(\.resource)
        token = page.nextPageToken
      } while !token.isEmpty
      #expect(seen == (0..<5).reversed().map { "writer/\($0)" } + ["tenants/alpha"])
      for (change, count) in [
        ({ (r: inout Artel_Audit_V1_ListAuditEntriesRequest) in r.resource = "writer/3" }, 1),
        ({ $0.actor = "services/writer" }, 5), ({ $0.action = "test" }, 5), ({ $0.code = "OK" }, 0),
        ({ $0.startTime = .init(seconds: 4_000_000_000) }, 0),
        ({ $0.endTime = .init(seconds: 4_000_000_000) }, 6),
        ({ $0.call = "00000000-0000-0000-0000-000000000000" }, 0),
      ] as [((inout Artel_Audit_V1_ListAuditEntriesRequest) -> Void, Int)] {
        var request = Artel_Audit_V1_ListAuditEntriesRequest()
        change(&request)
        let page = try await service.listAuditEntries(request: request, context: context(alpha))
        #expect(page.auditEntries.count == count)
      }
      let others = try await service.listAuditEntries(request: .init(), context: context(beta))
      #expect(others.auditEntries.map(\.resource) == ["tenants/beta"])
      // A token of another filter, or another tenant.
      let first = try await service.listAuditEntries(
        request: .with { $0.pageSize = 1 }, context: context(alpha))
      for (resource, tenant) in [("writer/1", alpha), ("", beta)] {
        await #expect(throws: RPCError.self) {
          try await service.listAuditEntries(
            request: .with {
              $0.resource = resource
              $0.pageToken = first.nextPageToken
            }, context: self.context(tenant))
        }
      }
    }
  }

  @Test("proves entries and growth, and nothing of another tenant's", .covers("S-H7", "S-D12"))
  func proofs() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let service = try service(fixture)
      let sealer = try fixture.sealer()
      let publicKey = try PlatformFixture.auditKey.publicKey
      await #expect(throws: RPCError.self) {
        try await service.getCheckpoint(request: .init(), context: self.context(alpha))
      }
      try await fixture.write(4, in: alpha)
      _ = try await sealer.seal()
      try await fixture.write(9, in: alpha)
      _ = try await sealer.seal()
      let old = try await service.getCheckpoint(
        request: .with { $0.minSize = 1 }, context: context(alpha))
      let new = try await service.getCheckpoint(request: .init(), context: context(alpha))
      #expect(old.treeSize == 5 && new.treeSize == 14)
      #expect(SignedCheckpoint(note: new.note)?.isSigned(by: publicKey) == true)
      #expect(new.verifierKey.hasPrefix("alpha.artel.localhost/audit+"))
      let growth = try await service.getConsistencyProof(
        request: .with { $0.fromSize = 5 }, context: context(alpha))
      #expect(
        MerkleProof.verifyConsistency(
          growth.hashes.map { [UInt8]($0) }, from: 5, root: [UInt8](old.rootHash), to: 14,
          root: [UInt8](new.rootHash)))
      let entries = try await service.listAuditEntries(
        request: .init(), context: context(alpha)
      ).auditEntries
      #expect(entries.map(\.leafIndex) == (0..<14).reversed().map { Int64($0) })
      for entry in entries {
        let proof = try await service.getInclusionProof(
          request: .with { $0.name = entry.name }, context: context(alpha))
        #expect(
          MerkleProof.verifyInclusion(
            proof.hashes.map { [UInt8]($0) }, of: [UInt8](proof.leafHash),
            at: Int(proof.leafIndex), in: 14, root: [UInt8](new.rootHash)))
        #expect(
          try await service.getAuditEntry(
            request: .with { $0.name = entry.name }, context: context(alpha)) == entry)
        await #expect(throws: RPCError.self) {
          try await service.getAuditEntry(
            request: .with { $0.name = entry.name }, context: self.context(beta))
        }
        await #expect(throws: RPCError.self) {
          try await service.getInclusionProof(
            request: .with { $0.name = entry.name }, context: self.context(beta))
        }
      }
      // What the log does not have.
      for size in [Int64(3), 15] {
        await #expect(throws: RPCError.self) {
          try await service.getInclusionProof(
            request: .with {
              $0.name = entries[0].name
              $0.treeSize = size
            }, context: self.context(alpha))
        }
      }
      await #expect(throws: RPCError.self) {
        try await service.getConsistencyProof(
          request: .with { $0.fromSize = 15 }, context: self.context(alpha))
      }
      await #expect(throws: RPCError.self) {
        try await service.getAuditEntry(
          request: .with { $0.name = "auditEntries/x" }, context: self.context(alpha))
      }
    }
  }
}
