import GeneratedAudit
import LibCrypto
import Pipeline
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("Who did what, and from where")
struct AuditOriginTests {
  private typealias Methods = Artel_Audit_V1_AuditService.Method
  private static let address = "192.0.2.77"

  private func caller(_ tenant: Tenant, _ kind: PrincipalKind, _ subject: String) -> Caller {
    Caller(tenant: tenant, principal: Principal(kind: kind, subject: subject), rows: .tenant)
  }

  /// A change of a caller's; of a job without one.
  private func change(
    _ fixture: PlatformFixture, _ tenant: Tenant, by caller: Caller?, signedIn: String? = nil
  ) async throws {
    let facts = CallFacts(
      id: UUIDv7.make(), caller: caller, address: Self.address, door: .rest)
    if let signedIn { facts.tell(of: signedIn) }
    try await CallFacts.$current.withValue(facts) {
      try await fixture.tenants.record(
        as: caller.map { Actor($0) } ?? Actor(tenantID: tenant.id, service: "sign-in"),
        action: "test", resource: "things/1", change: "made", deadline: nil)
    }
  }

  private func entries(
    _ fixture: PlatformFixture, _ tenant: Tenant, by actor: String = "",
    scopes: Set<String> = ["audit.personal:read"]
  ) async throws -> [Artel_Audit_V1_AuditEntry] {
    let service = AuditService(
      database: fixture.tenants, directoryPool: fixture.directoryPool,
      baseDomain: fixture.baseDomain, publicKey: nil)
    return try await service.listAuditEntries(
      request: .with {
        $0.resource = "things/1"
        $0.actor = actor
      }, context: .of(tenant, Methods.ListAuditEntries.descriptor, scopes: scopes)
    ).auditEntries.reversed()
  }

  @Test(
    "names no person to who lacks the scope, by no filter either, and is a leaf of the log still",
    .covers("S-H5", "S-H7", "E182"))
  func masked() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await change(fixture, alpha, by: caller(alpha, .user, "artel:canary"))
      try await change(fixture, alpha, by: nil, signedIn: "artel:canary")
      try await change(fixture, alpha, by: caller(alpha, .service, "clients/lift"))
      // As it was before origins were sealed, and is where they cannot be.
      try await fixture.database.sql(
        """
        INSERT INTO artel.audit_entry (tenant_id, audit_entry_id, actor, action, resource, change,
          address, principal_kind)
        VALUES ('\(alpha.id)', '\(UUIDv7.make())', 'artel:canary', 'test', 'things/1', 'made',
          '\(Self.address)', 'USER')
        """)
      let sealed = Sealed()
      _ = try await fixture.sealer([sealed]).seal()
      let shown = try await entries(fixture, alpha, scopes: ["audit:read"])
      #expect(shown.map(\.actor) == ["", "services/sign-in", "clients/lift", ""])
      #expect(shown.map(\.address) == ["", "", Self.address, ""])
      #expect(shown.allSatisfy { $0.originSalt.isEmpty })
      // What is sealed is no part of a leaf, so that its fields are all here.
      #expect(shown.prefix(2).allSatisfy { $0.originHash.count == 32 })
      #expect(try await entries(fixture, alpha, by: "artel:canary", scopes: []).isEmpty)
      #expect(try await entries(fixture, alpha, by: "clients/lift", scopes: []) == [shown[2]])
      #expect(try await entries(fixture, alpha, by: "artel:canary").count == 2)
      let service = AuditService(
        database: fixture.tenants, directoryPool: fixture.directoryPool,
        baseDomain: fixture.baseDomain, publicKey: nil)
      let one = try await service.getAuditEntry(
        request: .with { $0.name = shown[0].name },
        context: .of(alpha, Methods.GetAuditEntry.descriptor))
      #expect(one == shown[0])
    }
  }

  @Test(
    "is a person's own: shown, found, and gone with the person from a log that still verifies",
    .covers("S-H4", "S-H7", "B03"))
  func person() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      for kind in [PrincipalKind.user, .administrator] {
        try await change(fixture, alpha, by: caller(alpha, kind, "artel:canary"))
      }
      try await change(fixture, alpha, by: nil, signedIn: "artel:canary")
      try await change(fixture, alpha, by: caller(alpha, .service, "clients/lift"))
      let sealed = Sealed()
      _ = try await fixture.sealer([sealed]).seal()
      #expect(sealed.leaves.map(\.entry.leaf.first) == [1, 2, 2, 2, 1])
      let rows = try await fixture.database.sql("SELECT e::text FROM artel.audit_entry AS e")
      #expect(!rows.contains("canary"))
      #expect(rows.split(separator: "\n").filter { $0.contains(Self.address) }.count == 1)
      for leaf in sealed.leaves.dropLast() {
        let line = AuditLine.text(of: leaf.entry, tenant: "alpha", leaf: nil)
        #expect(!line.contains("canary") && !line.contains(Self.address))
      }

      let shown = try await entries(fixture, alpha)
      #expect(
        shown.map(\.actor) == ["artel:canary", "artel:canary", "services/sign-in", "clients/lift"])
      #expect(shown.allSatisfy { $0.address == Self.address })
      let origin = AuditOrigin([UInt8](shown[0].originSalt) + fields("artel:canary", Self.address))
      #expect(origin.map { [UInt8](shown[0].originHash) == $0.digest } == true)
      #expect(try await entries(fixture, alpha, by: "artel:canary") == Array(shown.prefix(2)))
      #expect(try await entries(fixture, alpha, by: "clients/lift") == [shown[3]])
      #expect(try await entries(fixture, alpha, by: "artel:nobody").isEmpty)

      try await fixture.vault.erase(subject: "artel:canary", tenantID: alpha.id)
      let left = try await entries(fixture, alpha)
      #expect(left.map(\.actor) == ["[erased]", "[erased]", "services/sign-in", "clients/lift"])
      #expect(left.map(\.address) == ["[erased]", "[erased]", "[erased]", Self.address])
      #expect(left.prefix(3).allSatisfy { $0.originSalt.isEmpty && !$0.originHash.isEmpty })
      #expect(try await fixture.verify(alpha, outside: sealed.checkpoints).size == 5)
    }
  }

  private func fields(_ texts: String...) -> [UInt8] {
    texts.flatMap { [0, 0, 0, UInt8($0.utf8.count)] + Array($0.utf8) }
  }

  @Test(
    "is not shown where it was moved, or another was put in its place", .covers("S-H1", "S-H7"))
  func moved() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await change(fixture, alpha, by: caller(alpha, .user, "artel:ann"))
      try await change(fixture, alpha, by: caller(alpha, .user, "artel:bob"))
      _ = try await fixture.sealer().seal()
      try await fixture.database.sql(
        """
        UPDATE artel.audit_entry AS e SET sealed_origin = o.sealed_origin
        FROM artel.audit_entry AS o
        WHERE e.resource = 'things/1' AND o.resource = 'things/1'
          AND o.audit_entry_id <> e.audit_entry_id
        """)
      await #expect(throws: (any Error).self) { _ = try await self.entries(fixture, alpha) }
      try await fixture.database.sql("UPDATE artel.audit_entry SET actor_index = ''")
      let fault = await #expect(throws: AuditFault.self) { try await fixture.verify(alpha) }
      #expect(fault?.kind == .changed && fault?.index == 1)
    }
  }

  @Test("is no origin in another shape")
  func malformed() throws {
    let origin = AuditOrigin(actor: "artel:ann", address: "")
    #expect(AuditOrigin(origin.value) == origin)
    for count in 0..<origin.value.count {
      #expect(AuditOrigin(Array(origin.value.prefix(count))) == nil)
    }
    #expect(AuditOrigin(origin.value + [0]) == nil)
    let same = AuditOrigin(actor: origin.actor, address: origin.address)
    #expect(same.digest != origin.digest)
  }
}
