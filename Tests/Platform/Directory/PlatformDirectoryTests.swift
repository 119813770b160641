import LibCrypto
import Pipeline
import Postgres
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The directory")
struct PlatformDirectoryTests {
  private struct NoFetcher: KeyDocumentFetcher {
    func fetch(_ url: String, for tenantID: String) async throws -> [UInt8] {
      throw KeyDocumentError(description: "no fetch was expected")
    }
  }

  @Test("knows tenants by name and by identifier")
  func tenants() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let directory = fixture.platform.directory
      #expect(try await directory.tenant(named: "alpha") == alpha)
      #expect(try await directory.tenant(id: alpha.id) == alpha)
      #expect(alpha.issuer == "https://alpha.artel.localhost")
      #expect(alpha.kind == .residential)
      #expect(alpha.createTime > 1_700_000_000_000_000)
      #expect(try await directory.tenant(named: "beta") == nil)
      #expect(try await directory.tenant(id: TenantIdentifier.nobody) == nil)
    }
  }

  @Test(
    "takes a name that is none for an unknown one",
    arguments: [
      "", "alpha\u{0}", "Alpha", "alpha'--", "../alpha", String(repeating: "a", count: 9999),
    ])
  func malformedNames(name: String) async throws {
    try await PlatformFixture.with { (fixture) async throws -> Void in
      let directory = fixture.platform.directory
      #expect(try await directory.tenant(named: name) == nil)
      #expect(try await directory.tenant(id: name) == nil)
      #expect(try await directory.client(name) == nil)
      #expect(try await directory.issuer(name) == nil)
      #expect(try await directory.certificateTrust(tenantID: name).authorities.isEmpty)
    }
  }

  @Test("knows a tenant's own issuer and its keys, and an outside one", .covers("S-A12"))
  func issuers() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let outside = "https://id.example.com/realms/alpha"
      try await fixture.administration.addIssuer(
        NewIssuer(alias: "keycloak", issuer: outside, audiences: ["artel"]), to: alpha)
      let directory = fixture.platform.directory
      let own = try #require(try await directory.issuer("https://alpha.artel.localhost"))
      #expect(own.tenant == alpha)
      #expect(own.alias == "artel")
      #expect(own.audiences == ["https://artel.localhost"])
      #expect(own.profile == .artel)
      #expect(own.algorithms == ["ES256"])
      #expect(try await own.keys.keySet(refresh: false).contains(#""kty":"EC""#))
      let remote = try #require(try await directory.issuer(outside))
      #expect(remote.tenant == alpha)
      #expect(remote.alias == "keycloak")
      #expect(remote.audiences == ["artel"])
      #expect(remote.profile == .keycloak)
      #expect(remote.algorithms == ["RS256"])
      // What a source remembers outlives the answer that it came with.
      let again = try #require(try await directory.issuer(outside))
      #expect(again.keys as? RemoteKeySet === remote.keys as? RemoteKeySet)
      for other in [
        outside + "/", outside.uppercased(), "https://beta.artel.localhost",
        "https://alpha.artel.localhost/", "http://alpha.artel.localhost",
      ] {
        #expect(try await directory.issuer(other) == nil)
      }
    }
  }

  @Test("knows clients and authorities, and no secrets' hashes")
  func clients() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: ["b", "a"], in: alpha)
      let directory = fixture.platform.directory
      let client = try #require(try await directory.client("intercom"))
      #expect(client.tenantID == alpha.id)
      #expect(client.kind == .partner)
      #expect(client.scopes == ["a", "b"])
      #expect(!client.disabled)
      #expect(client.secretHashes.isEmpty)
      let trust = try await directory.certificateTrust(tenantID: alpha.id)
      #expect(trust.authorities.count == 1)
      #expect(trust.authorities[0].certificatePEM.hasPrefix("-----BEGIN CERTIFICATE-----"))
      #expect(trust.revoked.isEmpty && trust.disabledClients.isEmpty)
    }
  }

  @Test("knows whose certificates a tenant takes, and of no other tenant's any")
  func certificateTrust() async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let own = try CertificateAuthority.make(commonName: "own", validity: .seconds(3600))
        .certificate
      let profile = ClientProfile(
        method: .selfSignedTLSClientAuth, certificatesPEM: [own.pem])
      for name in ["own", "shut"] {
        _ = try await administration.createClient(
          name, kind: .partner, scopes: [], profile: profile, in: alpha)
      }
      _ = try await administration.createClient("bad", kind: .partner, scopes: [], in: alpha)
      let issued = try Certificate(
        pem: try await administration.issueClientCertificate(for: "bad", in: alpha).certificatePEM)
      try await administration.revokeClient("bad", in: alpha)
      let directory = fixture.platform.directory
      let trust = try await directory.certificateTrust(tenantID: alpha.id)
      #expect(trust.authorities.count == 1)
      #expect(trust.revoked == [issued.thumbprint])
      #expect(trust.disabledClients == ["bad"])
      #expect(trust.selfSigned == [own.thumbprint])
      let other = try await directory.certificateTrust(tenantID: beta.id)
      #expect(other.authorities.count == 1 && other.authorities != trust.authorities)
      #expect(other.revoked.isEmpty && other.disabledClients.isEmpty && other.selfSigned.isEmpty)
      for name in ["own", "shut"] {
        try await administration.setClientDisabled(true, of: name, in: alpha)
      }
      let clock = ManualClock()
      let later = PlatformDirectory(
        pool: fixture.directoryPool, baseDomain: fixture.baseDomain, keyFetcher: NoFetcher(),
        logger: .silent, now: clock.now)
      #expect(try await later.certificateTrust(tenantID: alpha.id).selfSigned.isEmpty)
    }
  }

  @Test("shows a suspension and a disabled client within a second", .covers("S-A20", "S-D19"))
  func suspension() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let clock = ManualClock()
      let directory = PlatformDirectory(
        pool: fixture.directoryPool, baseDomain: fixture.baseDomain, keyFetcher: NoFetcher(),
        logger: .silent, now: clock.now)
      #expect(try await directory.tenant(named: "alpha")?.suspended == false)
      #expect(try await directory.client("intercom")?.disabled == false)
      #expect(try await directory.activeTenantIDs(of: "main") == [alpha.id])
      try await fixture.administration.suspend(alpha, reason: "test")
      try await fixture.administration.setClientDisabled(true, of: "intercom", in: alpha)
      clock.advance(PlatformDirectory.freshness)
      #expect(try await directory.tenant(named: "alpha")?.suspended == true)
      #expect(try await directory.tenant(id: alpha.id)?.suspended == true)
      #expect(try await directory.issuer(alpha.issuer)?.tenant.suspended == true)
      #expect(try await directory.client("intercom")?.disabled == true)
      let trust = try await directory.certificateTrust(tenantID: alpha.id)
      #expect(trust.disabledClients == ["intercom"])
      #expect(try await directory.activeTenantIDs(of: "main") == [])
      #expect(try await directory.activeTenantIDs(of: "elsewhere") == [])
      try await fixture.administration.resume(alpha, reason: "test")
      clock.advance(PlatformDirectory.freshness)
      #expect(try await directory.tenant(named: "alpha")?.suspended == false)
      #expect(try await directory.activeTenantIDs(of: "main") == [alpha.id])
    }
  }

  @Test("lets nobody in while the database is away", .covers("S-C30"))
  func away() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let clock = ManualClock()
      let pool = fixture.pool("directory")
      let directory = PlatformDirectory(
        pool: pool, baseDomain: fixture.baseDomain, keyFetcher: NoFetcher(), logger: .silent,
        now: clock.now)
      #expect(try await directory.tenant(named: "alpha") != nil)
      await pool.shutdown(grace: .zero)
      // What is fresh still counts; a second later nothing does.
      #expect(try await directory.tenant(named: "alpha") != nil)
      clock.advance(PlatformDirectory.freshness)
      await expectRefusal(.unavailable, "DIRECTORY_UNAVAILABLE") {
        _ = try await directory.tenant(named: "alpha")
      }
      await expectRefusal(.unavailable, "DIRECTORY_UNAVAILABLE") {
        _ = try await directory.issuer(alpha.issuer)
      }
      await expectRefusal(.unavailable, "DIRECTORY_UNAVAILABLE") {
        _ = try await directory.client("intercom")
      }
      await expectRefusal(.unavailable, "DIRECTORY_UNAVAILABLE") {
        _ = try await directory.certificateTrust(tenantID: alpha.id)
      }
      await expectRefusal(.unavailable, "DIRECTORY_UNAVAILABLE") {
        _ = try await directory.activeTenantIDs(of: "main")
      }
    }
  }
}
