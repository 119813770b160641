import GeneratedAuth
import LibCrypto
import Pipeline
import Postgres
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Signing keys are replaced")
struct SigningKeyRotationTests {
  /// The keys' identifiers as a process that has just started sees them.
  private func published(_ fixture: PlatformFixture, _ tenant: Tenant) async throws -> [String] {
    try await DirectoryStore(
      pool: fixture.directoryPool, baseDomain: fixture.baseDomain, patience: .seconds(5),
      logger: .silent
    ).signingKeys(tenantID: tenant.id).map(\.kid)
  }

  private func signing(_ fixture: PlatformFixture, _ tenant: Tenant) async throws -> String {
    try await SigningKeys(database: fixture.tenants, vault: fixture.vault)
      .key(tenantID: tenant.id).kid
  }

  @Test("in time: published before they sign, verifying until the last token", .covers("S-C28"))
  func rotation() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let first = try await signing(fixture, alpha)
      let second = try await fixture.administration.rotateSigningKey(of: alpha)
      #expect(Set(try await published(fixture, alpha)) == [first, second])
      #expect(try await signing(fixture, alpha) == first)
      // The document's max-age is 300 seconds, and a process remembers for 60.
      let lead = try await fixture.database.sql(
        """
        SELECT activate_time >= create_time + interval '360 s'
        FROM artel.tenant_signing_key WHERE kid = '\(second)'
        """)
      #expect(lead == "t")
      let overlap = try await fixture.database.sql(
        """
        SELECT old.expire_time >= new.activate_time + interval '3600 s' + interval '60 s'
        FROM artel.tenant_signing_key AS old, artel.tenant_signing_key AS new
        WHERE old.kid = '\(first)' AND new.kid = '\(second)'
        """)
      #expect(overlap == "t")
      // Its time comes.
      _ = try await fixture.database.sql(
        """
        UPDATE artel.tenant_signing_key SET activate_time = now() - CASE kid
          WHEN '\(second)' THEN interval '1 s' ELSE interval '1 hour' END
        """)
      #expect(try await signing(fixture, alpha) == second)
      #expect(Set(try await published(fixture, alpha)) == [first, second])
      _ = try await fixture.database.sql(
        """
        UPDATE artel.tenant_signing_key SET expire_time = now() - interval '1 s'
        WHERE kid = '\(first)'
        """)
      #expect(try await published(fixture, alpha) == [second])
      let error = await #expect(throws: AdministrationError.self) {
        _ = try await fixture.administration.rotateSigningKey(of: alpha, lead: .seconds(359))
      }
      #expect(error?.code == .invalid)
    }
  }

  @Test("in time: a key that waits longer than a newer one never signs", .covers("S-C28"))
  func overtaken() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let planned = try await fixture.administration.rotateSigningKey(
        of: alpha, lead: .seconds(30 * 86_400))
      let second = try await fixture.administration.rotateSigningKey(of: alpha)
      #expect(!(try await published(fixture, alpha)).contains(planned))
      // Thirty days later.
      _ = try await fixture.database.sql(
        """
        UPDATE artel.tenant_signing_key SET activate_time = activate_time - interval '30 days 2 hours',
          expire_time = expire_time - interval '30 days 2 hours'
        """)
      #expect(try await signing(fixture, alpha) == second)
      #expect(try await published(fixture, alpha) == [second])
    }
  }

  @Test("in time: a key that has ended signs nothing", .covers("S-C28"))
  func ended() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let first = try await signing(fixture, alpha)
      let second = try await fixture.administration.rotateSigningKey(of: alpha)
      _ = try await fixture.database.sql(
        """
        UPDATE artel.tenant_signing_key SET activate_time = now() - interval '1 s',
          expire_time = now() - interval '1 ms' WHERE kid = '\(second)'
        """)
      #expect(try await signing(fixture, alpha) == first)
    }
  }

  @Test("at once: what a dropped key signed is refused, and another signs", .covers("S-C28"))
  func drop() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let secret = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha
      ).secret
      try await fixture.platform.revocations.refresh()
      let endpoint = TokenEndpoint(fixture)
      let inspector = endpoint.service.status.inspector
      let token = try await endpoint.token("intercom", secret).accessToken
      #expect(try await inspector.caller(token: token) != nil)
      let first = try await signing(fixture, alpha)
      try await fixture.administration.dropSigningKey(first, of: alpha)
      #expect(try await inspector.caller(token: token) == nil)
      let second = try await signing(fixture, alpha)
      #expect(second != first)
      #expect(try await published(fixture, alpha) == [second])
      // The same process signs with the new one, though it remembered the old one.
      let next = try await endpoint.token("intercom", secret).accessToken
      let header = String(
        decoding: try #require(Base64URL.decode(next.split(separator: ".")[0])), as: UTF8.self)
      #expect(header.contains(second))
      for (kid, tenant) in [(first, alpha), (second, beta), ("x", alpha)] {
        let error = await #expect(throws: AdministrationError.self) {
          try await fixture.administration.dropSigningKey(kid, of: tenant)
        }
        #expect(error?.code == .notFound)
      }
    }
  }
}
