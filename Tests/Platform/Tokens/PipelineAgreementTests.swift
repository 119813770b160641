import GeneratedAuth
import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Pipeline
@testable import Platform

/// What the platform issues is what the pipeline accepts: the two are built apart.
@Suite("Tokens and certificates at the pipeline")
struct PipelineAgreementTests {
  @Test("name the client, by token", .covers("S-A19"))
  func token() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let secret = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: ["a"], in: alpha)
      let service = try #require(fixture.platform.services.first as? TokenService)
      let token = try await service.createToken(
        request: .with {
          $0.grantType = "client_credentials"
          $0.clientID = "intercom"
          $0.clientSecret = secret.secret
        },
        context: ServerContext(
          method: Artel_Auth_V1_TokenService.Method.CreateToken.descriptor, metadata: [:],
          peer: Peer(address: "ipv4:127.0.0.1:1", door: .rest)))
      let verifier = TokenVerifier(
        directory: fixture.platform.directory, now: { UnixTime.now() })
      let caller = try await verifier.verify(token.accessToken)
      #expect(caller.tenant == alpha)
      #expect(caller.principal.kind == .partner)
      #expect(caller.principal.subject == "clients/intercom")
      #expect(caller.principal.clientID == "intercom")
      #expect(caller.principal.scopes == ["a"])
    }
  }

  @Test("name the person, by a token that an operator made")
  func person() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let token = try await fixture.administration.mintUserToken(
        PersonGrant(
          subject: "ann", scopes: ["a"], roles: ["resident"], kind: .administrator,
          authTime: 1_700_000_000), in: alpha
      ).token
      let verifier = TokenVerifier(
        directory: fixture.platform.directory, now: { UnixTime.now() })
      let caller = try await verifier.verify(token)
      #expect(caller.tenant == alpha)
      #expect(caller.principal.kind == .administrator)
      #expect(caller.principal.subject == "artel:ann")
      #expect(caller.principal.roles == ["resident"])
      #expect(caller.principal.authTime == 1_700_000_000)
    }
  }

  @Test("name the client, by certificate, in its own tenant only", .covers("S-B10"))
  func certificate() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      _ = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: ["a"], in: alpha)
      _ = try await fixture.administration.createClient(
        "barrier", kind: .partner, scopes: [], in: beta)
      let issued = try await fixture.administration.issueClientCertificate(
        for: "intercom", in: alpha)
      func verifier() -> CertificateVerifier {
        CertificateVerifier(
          directory: fixture.platform.directory, trustDomain: fixture.baseDomain.name,
          now: { UnixTime.now() })
      }
      let caller = try await verifier().verify(
        pem: Array(issued.certificatePEM.utf8), of: Peer(address: "", door: .grpc))
      #expect(caller.tenant == alpha)
      #expect(caller.principal.subject == "clients/intercom")
      #expect(caller.principal.kind == .partner)
      // Alpha's authority signs a certificate that names beta's client.
      var disguised = beta
      disguised.id = alpha.id
      _ = try await fixture.database.sql(
        """
        INSERT INTO artel.tenant_client (tenant_id, client_id, kind, scopes, secret_hashes)
        VALUES ('\(alpha.id)', 'barrier2', 'PARTNER', '{}', '{}')
        """)
      let forged = try await fixture.administration.issueClientCertificate(
        for: "barrier2", in: disguised)
      #expect(forged.uri == "spiffe://artel.localhost/tenants/beta/clients/barrier2")
      await #expect(throws: CertificateRefusal.self) {
        try await verifier().verify(
          pem: Array(forged.certificatePEM.utf8), of: Peer(address: "", door: .grpc))
      }
      // A disabled client's certificate is worth nothing.
      try await fixture.administration.setClientDisabled(true, of: "intercom", in: alpha)
      let refused = try await eventually {
        do {
          _ = try await verifier().verify(
            pem: Array(issued.certificatePEM.utf8), of: Peer(address: "", door: .grpc))
          return false
        } catch is CertificateRefusal {
          return true
        }
      }
      #expect(refused)
    }
  }
}
