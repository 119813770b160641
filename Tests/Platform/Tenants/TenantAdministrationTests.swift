import LibCrypto
import Pipeline
import Postgres
import TestSupport
import Testing

@testable import Platform

@Suite("What operators do")
struct TenantAdministrationTests {
  private func expectRefusal(
    _ code: AdministrationError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
  ) async {
    let error = await #expect(throws: AdministrationError.self, sourceLocation: sourceLocation) {
      try await body()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
  }

  @Test("makes a tenant with a key and an authority, both sealed, and says so in the audit")
  func createTenant() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let rows = try await fixture.app.query(
        Statement(
          """
          SELECT a.certificate_pem, a.sealed_key, k.sealed_private_key
          FROM artel.tenant_authority AS a JOIN artel.tenant_signing_key AS k USING (tenant_id)
          """), in: alpha.scope)
      let row = try #require(rows.first)
      let certificate = try Certificate(pem: try row.text(0))
      #expect(certificate.subjectCommonName == "Artel alpha")
      #expect(certificate.isAuthority)
      for column in 1...2 {
        let sealed = String(decoding: try row.bytes(column), as: UTF8.self)
        #expect(!sealed.contains("PRIVATE KEY"))
      }
      let audit = try await fixture.audit(alpha)
      #expect(audit.count == 1)
      #expect(
        audit[0].hasPrefix(
          "operators/test artel.administration/CreateTenant tenants/alpha: created as RESIDENTIAL"))
    }
  }

  @Test("refuses a tenant whose name, display name or kind makes no sense")
  func invalidTenant() async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      for name in ["", "Alpha", "-a", "a-", "1a", "a.b", "a_b", String(repeating: "a", count: 64)] {
        await expectRefusal(.invalid) {
          _ = try await administration.createTenant(name: name, displayName: "A", kind: .bank)
        }
      }
      for displayName in ["", "a\nb", String(repeating: "a", count: 201)] {
        await expectRefusal(.invalid) {
          _ = try await administration.createTenant(
            name: "alpha", displayName: displayName, kind: .bank)
        }
      }
      await expectRefusal(.invalid) {
        _ = try await administration.createTenant(
          name: "alpha", displayName: "A", kind: .unspecified)
      }
      _ = try await fixture.tenant("alpha")
      await expectRefusal(.exists) { _ = try await fixture.tenant("alpha") }
    }
  }

  @Test("suspends and resumes a tenant, each with an audit entry")
  func suspend() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.administration.suspend(alpha, reason: "unpaid")
      try await fixture.administration.resume(alpha, reason: "paid")
      let audit = try await fixture.audit(alpha).suffix(2)
      #expect(
        Array(audit) == [
          "operators/test artel.administration/SuspendTenant tenants/alpha: ACTIVE -> SUSPENDED: unpaid",
          "operators/test artel.administration/ResumeTenant tenants/alpha: SUSPENDED -> ACTIVE: paid",
        ])
      var nobody = alpha
      nobody.id = TenantIdentifier.nobody
      await expectRefusal(.notFound) {
        try await fixture.administration.suspend(nobody, reason: "unpaid")
      }
    }
  }

  @Test("adds an issuer of one tenant only, and none that makes no sense", .covers("S-A3", "S-D14"))
  func issuers() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let good = NewIssuer(
        alias: "keycloak", issuer: "https://id.example.com/realms/a", audiences: ["artel"])
      var broken: [NewIssuer] = []
      func but(_ change: (inout NewIssuer) -> Void) {
        var issuer = good
        change(&issuer)
        broken.append(issuer)
      }
      but { $0.alias = "artel" }
      but { $0.alias = "Key Cloak" }
      but { $0.issuer = "http://id.example.com" }
      but { $0.issuer = "https://beta.artel.localhost" }
      but { $0.keySetURI = "http://localhost/keys" }
      but { $0.keySetURI = "keys" }
      but { $0.audiences = [] }
      but { $0.audiences = ["a b"] }
      but { $0.profile = .artel }
      but { $0.algorithms = [] }
      but { $0.algorithms = ["RS256", "HS256"] }
      but { $0.algorithms = ["none"] }
      for issuer in broken {
        await expectRefusal(.invalid) {
          try await fixture.administration.addIssuer(issuer, to: alpha)
        }
      }
      try await fixture.administration.addIssuer(good, to: alpha)
      await expectRefusal(.exists) { try await fixture.administration.addIssuer(good, to: beta) }
      #expect(
        try await fixture.audit(alpha).last
          == "operators/test artel.administration/AddIssuer issuers/keycloak: "
          + "added with issuer https://id.example.com/realms/a")
    }
  }

  @Test("shows a client's secret once and stores a hash of it", .covers("S-C13"))
  func createClient() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let administration = fixture.administration
      let client = try await administration.createClient(
        "intercom", kind: .partner, scopes: ["b", "a", "b"], in: alpha)
      #expect(client.secret.utf8.count == 47)
      #expect(!"\(client)".contains(client.secret))
      let rows = try await fixture.app.query(
        Statement("SELECT secret_hashes, scopes FROM artel.tenant_client"), in: alpha.scope)
      let row = try #require(rows.first)
      let hashes = try row.textArray(0)
      #expect(hashes.count == 1)
      #expect(try SecretHash(parsing: hashes[0]).verify(client.secret))
      #expect(try row.textArray(1) == ["a", "b"])
      #expect(try await !fixture.audit(alpha).contains { $0.contains(client.secret) })
      // Client identifiers are the whole platform's.
      await expectRefusal(.exists) {
        _ = try await administration.createClient("intercom", kind: .partner, scopes: [], in: beta)
      }
      for (id, kind, scopes) in [
        ("a b", PrincipalKind.partner, []), ("", .partner, []), ("b", .user, []),
        ("b", .administrator, []), ("b", .unspecified, []), ("b", .partner, ["a b"]),
        ("b", .partner, [""]),
      ] {
        await expectRefusal(.invalid) {
          _ = try await administration.createClient(id, kind: kind, scopes: scopes, in: alpha)
        }
      }
    }
  }

  @Test("finds no client of another tenant")
  func foreignClient() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let administration = fixture.administration
      _ = try await administration.createClient("intercom", kind: .partner, scopes: [], in: alpha)
      await expectRefusal(.notFound) {
        _ = try await administration.rotateClientSecret(of: "intercom", overlap: .zero, in: beta)
      }
      await expectRefusal(.notFound) {
        try await administration.setClientDisabled(true, of: "intercom", in: beta)
      }
      await expectRefusal(.notFound) {
        _ = try await administration.issueClientCertificate(for: "intercom", in: beta)
      }
      await expectRefusal(.invalid) {
        _ = try await administration.rotateClientSecret(
          of: "intercom", overlap: .seconds(-1), in: alpha)
      }
    }
  }

  @Test("issues a day's certificate for the client's own key, or for a new one")
  func certificates() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let administration = fixture.administration
      _ = try await administration.createClient("intercom", kind: .partner, scopes: [], in: alpha)
      let issued = try await administration.issueClientCertificate(for: "intercom", in: alpha)
      let certificate = try Certificate(pem: issued.certificatePEM)
      #expect(certificate.uriNames == ["spiffe://artel.localhost/tenants/alpha/clients/intercom"])
      #expect(abs(certificate.notAfter - UnixTime.now() - 86_400) < 60)
      let key = try PrivateKey(pem: try #require(issued.privateKeyPEM))
      #expect(key.publicKey == certificate.publicKey)
      #expect(!"\(issued)".contains("PRIVATE"))
      try TrustStore(roots: [Certificate(pem: issued.authorityPEM)]).verifyClient(certificate)
      #expect(
        try await fixture.audit(alpha).last
          == "operators/test artel.administration/IssueClientCertificate clients/intercom: "
          + "certificate \(certificate.thumbprint) issued by authority "
          + (try await administration.authorities(of: alpha))[0].id)
      for validity: Duration in [.zero, .seconds(59), .seconds(91 * 86_400)] {
        await expectRefusal(.invalid) {
          _ = try await administration.issueClientCertificate(
            for: "intercom", in: alpha, validity: validity)
        }
      }
      await #expect(throws: CertificateError.self) {
        _ = try await administration.issueClientCertificate(
          for: "intercom", in: alpha, signingRequestPEM: issued.certificatePEM)
      }
      try await administration.setClientDisabled(true, of: "intercom", in: alpha)
      await expectRefusal(.refused) {
        _ = try await administration.issueClientCertificate(for: "intercom", in: alpha)
      }
    }
  }

  @Test("makes tokens for people only, and none that makes no sense")
  func tokens() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      for grant in [
        PersonGrant(subject: "ann", kind: .partner), PersonGrant(subject: "ann", kind: .service),
        PersonGrant(subject: ""), PersonGrant(subject: "a b"), PersonGrant(subject: "a\n"),
        PersonGrant(subject: "ann", scopes: ["a b"]), PersonGrant(subject: "ann", roles: [""]),
      ] {
        await expectRefusal(.invalid) {
          _ = try await fixture.administration.mintUserToken(grant, in: alpha)
        }
      }
      _ = try await fixture.administration.mintUserToken(PersonGrant(subject: "ann"), in: alpha)
      let audit = try #require(try await fixture.audit(alpha).last)
      #expect(audit.hasPrefix("operators/test artel.administration/MintUserToken users/artel:ann"))
    }
  }
}
