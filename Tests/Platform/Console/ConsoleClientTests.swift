import Pipeline
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The console's client")
struct ConsoleClientTests {
  private func row(_ fixture: PlatformFixture) async throws -> String {
    try await fixture.database.sql(
      """
      SELECT concat_ws(' ', client_id, kind, auth_method, redirect_uris, cardinality(secret_hashes),
        requires_consent, scopes @> '{openid,clients:write}')
      FROM artel.tenant_client
      """)
  }

  private func expectRefusal(_ body: () async throws -> Void) async {
    let error = await #expect(throws: AdministrationError.self) { try await body() }
    #expect(error?.code == .refused)
  }

  @Test("comes with the first administrator, public, and for the tenant's own host alone")
  func comes() async throws {
    try await PlatformFixture.with { fixture in
      _ = try await fixture.administration.createTenant(
        name: "alpha", displayName: "A", kind: .store, cell: "main",
        administrator: "boss@example.org")
      #expect(
        try await row(fixture)
          == "alpha.console APP NONE {https://alpha.artel.localhost/console} 0 f t")
      let location = try await TokenEndpoint(fixture).server.authorization.location(
        .with {
          $0.clientID = "alpha.console"
          $0.redirectUri = "https://alpha.artel.localhost/console"
          $0.responseType = "code"
          $0.codeChallenge = AppWorld.challenge
          $0.codeChallengeMethod = "S256"
        }, deadline: .now + .seconds(30))
      #expect(location.hasPrefix("/sign-in#authorization=aar_"))
    }
  }

  @Test("is admitted to an older tenant, and given back what was taken from it")
  func admitted() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      #expect(try await row(fixture) == "")
      let address = "https://alpha.artel.localhost:8443/console"
      for _ in 0..<2 {
        #expect(
          try await fixture.administration.admitConsole(to: alpha, at: [address])
            == "alpha.console")
        #expect(
          try await row(fixture)
            == "alpha.console APP NONE {https://alpha.artel.localhost/console,\(address)} 0 f t")
        try await fixture.database.sql("UPDATE artel.tenant_client SET scopes = '{openid}'")
      }
      #expect(try await fixture.audit(alpha).last?.hasSuffix(": admitted as the console") == true)
      await #expect(throws: AdministrationError.self) {
        _ = try await fixture.administration.admitConsole(to: alpha, at: ["http://evil.example"])
      }
    }
  }

  @Test("takes no other client's place, and does not come back once it was revoked")
  func refused() async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      let alpha = try await fixture.tenant("alpha")
      _ = try await administration.createClient(
        "alpha.console", kind: .service, scopes: [], in: alpha)
      await expectRefusal { _ = try await administration.admitConsole(to: alpha) }
      let beta = try await fixture.tenant("beta")
      _ = try await administration.admitConsole(to: beta)
      try await administration.revokeClient("beta.console", in: beta)
      await expectRefusal { _ = try await administration.admitConsole(to: beta) }
    }
  }

  @Test("is none where the tenant's name is too long for it; the tenant is made all the same")
  func long() async throws {
    try await PlatformFixture.with { fixture in
      let name = String(repeating: "a", count: 57)
      let (tenant, _) = try await fixture.administration.createTenant(
        name: name, displayName: "A", kind: .store, cell: "main",
        administrator: "boss@example.org")
      #expect(try await row(fixture) == "")
      await expectRefusal { _ = try await fixture.administration.admitConsole(to: tenant) }
    }
  }
}
