import LibCrypto
import Pipeline
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("Certificates and what revokes them")
struct RevokedCertificateTests {
  private func partner(_ fixture: PlatformFixture, _ tenant: Tenant) async throws {
    _ = try await fixture.administration.createClient(
      "partner", kind: .partner, scopes: [], in: tenant)
  }

  private func issue(_ fixture: PlatformFixture, _ tenant: Tenant) async throws -> Certificate {
    try Certificate(
      pem: try await fixture.administration.issueClientCertificate(for: "partner", in: tenant)
        .certificatePEM)
  }

  private func lists(_ fixture: PlatformFixture) -> RevocationLists {
    RevocationLists(
      directory: fixture.platform.directory,
      database: TenantDatabase(pool: fixture.app, hub: fixture.hub), vault: fixture.vault)
  }

  private func list(_ fixture: PlatformFixture, _ tenant: Tenant) async throws
    -> CertificateRevocationList
  {
    let id = try await fixture.database.sql("SELECT authority_id FROM artel.tenant_authority")
    return try CertificateRevocationList(
      der: try await lists(fixture).published(tenantID: tenant.id, authorityID: id))
  }

  @Test(
    "stay revoked for longer than any certificate lives", .covers("S-C24", "S-B19"),
    arguments: [
      TenantAdministration.Ended.certificate(thumbprint: String(repeating: "A", count: 43)), .all,
    ])
  func life(ended: TenantAdministration.Ended) async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      try await partner(fixture, tenant)
      try await fixture.administration.revoke(ended, in: tenant)
      try await fixture.administration.revokeClient("partner", in: tenant)
      try await fixture.administration.revoke(.token(id: "jti"), in: tenant)
      #expect(
        try await fixture.database.sql(
          """
          SELECT count(*) FROM artel.revocation
          WHERE (kind = 'TOKEN') = (expire_time < now() + interval '50 years')
          """) == "3")
    }
  }

  @Test("that are issued behind a revocation of everything are good", .covers("S-C25"))
  func later() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      try await partner(fixture, tenant)
      #expect(try await issue(fixture, tenant).notBefore <= UnixTime.now() - 59)
      try await fixture.administration.revoke(.all, in: tenant)
      let revoked = try await fixture.database.sql(
        "SELECT floor(extract(epoch FROM max(not_before)))::bigint FROM artel.revocation")
      let certificate = try await issue(fixture, tenant)
      #expect(certificate.notBefore == (Int64(revoked) ?? 0) + 1)
      // And no later than the next second.
      #expect(certificate.notBefore <= UnixTime.now() + 1)
    }
  }

  @Test("of a client that is revoked are in the lists for others, and its codes are used up")
  func client() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      try await partner(fixture, tenant)
      let certificate = try await issue(fixture, tenant)
      #expect(try await !list(fixture, tenant).revokes(certificate))
      _ = try await fixture.database.sql(
        """
        INSERT INTO artel.tenant_enrollment_code (tenant_id, code_hash, client_id, expire_time)
        VALUES ('\(tenant.id)', sha256('x'), 'partner', now() + interval '1 hour')
        """)
      try await fixture.administration.revokeClient("partner", in: tenant)
      #expect(try await list(fixture, tenant).revokes(certificate))
      #expect(
        try await fixture.database.sql(
          "SELECT count(*) FROM artel.tenant_enrollment_code WHERE use_time IS NULL") == "0")
    }
  }

  @Test("are in a list also when their authority is trusted here no more")
  func removed() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      try await partner(fixture, tenant)
      let certificate = try await issue(fixture, tenant)
      _ = try await fixture.database.sql(
        "UPDATE artel.tenant_authority SET remove_time = now()")
      try await fixture.administration.revokeClient("partner", in: tenant)
      #expect(try await list(fixture, tenant).revokes(certificate))
    }
  }

  @Test("come of sixteen authorities at most, however many are made at once")
  func authorities() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let database = TenantDatabase(pool: fixture.app, hub: fixture.hub)
      let authorities = Authorities(vault: fixture.vault)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask {
            do {
              _ = try await database.change(
                as: Actor(tenantID: tenant.id, service: "test"), action: "test",
                deadline: .now + .seconds(30)
              ) { try await authorities.add(nil, tenantName: "alpha", in: $0).id }
            } catch {
              #expect((error as? RPCError)?.reason == "TOO_MANY_AUTHORITIES")
            }
          }
        }
      }
      #expect(
        try await fixture.database.sql("SELECT count(*) FROM artel.tenant_authority") == "16")
    }
  }
}
