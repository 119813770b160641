import GeneratedAuth
import GeneratedOptions
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Clients authenticate")
struct ClientAuthenticatorTests {
  @Test("by the one method that they are registered with", .covers("S-C2", "S-C27"))
  func oneMethod() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      func make(_ id: String, _ method: ClientAuthenticationMethod) async throws -> String {
        try await fixture.administration.createClient(
          id, kind: .partner, scopes: [], profile: ClientProfile(method: method), in: alpha
        ).secret
      }
      let (basic, post) = (
        try await make("basic", .clientSecretBasic), try await make("post", .clientSecretPost)
      )
      _ = try await make("tls", .tlsClientAuth)
      let endpoint = TokenEndpoint(fixture)
      _ = try await endpoint.token(authorization: basicAuthorization("basic:\(basic)"))
      _ = try await endpoint.token("post", post)
      await expectNoClient { _ = try await endpoint.token("basic", basic) }
      await expectNoClient {
        _ = try await endpoint.token(authorization: basicAuthorization("post:\(post)"))
      }
      // Remembered from the right way, and still not good in the other.
      await expectNoClient { _ = try await endpoint.token("basic", basic) }
      for id in ["basic", "post", "tls"] {
        await expectNoClient { _ = try await endpoint.token { $0.clientID = id } }
      }
      // What would be a second way in is not made.
      let error = await #expect(throws: AdministrationError.self) {
        _ = try await fixture.administration.rotateClientSecret(
          of: "tls", overlap: .zero, in: alpha)
      }
      #expect(error?.code == .notFound)
    }
  }

  @Test("by a certificate of their tenant's authority that names them", .covers("S-B10", "S-B4"))
  func certificate() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      for (id, tenant) in [("tls", alpha), ("other", alpha), ("far", beta)] {
        _ = try await fixture.administration.createClient(
          id, kind: .partner, scopes: [], profile: ClientProfile(method: .tlsClientAuth),
          in: tenant)
      }
      try await fixture.platform.revocations.refresh()
      let endpoint = TokenEndpoint(fixture)
      func pem(_ id: String, _ tenant: Tenant) async throws -> [UInt8] {
        Array(
          try await fixture.administration.issueClientCertificate(for: id, in: tenant)
            .certificatePEM.utf8)
      }
      let own = try await pem("tls", alpha)
      let token = try await endpoint.token(certificate: own) { $0.clientID = "tls" }
      let claims = try await AppWorld.claims(token.accessToken)
      let thumbprint = try Certificate(pem: String(decoding: own, as: UTF8.self)).thumbprint
      #expect(claims.cnf?.certificateThumbprint == thumbprint)
      for certificate in [try await pem("other", alpha), try await pem("far", beta)] {
        await expectNoClient {
          _ = try await endpoint.token(certificate: certificate) { $0.clientID = "tls" }
        }
      }
      try await fixture.administration.revoke(.certificate(thumbprint: thumbprint), in: alpha)
      await expectNoClient {
        _ = try await endpoint.token(certificate: own) { $0.clientID = "tls" }
      }
      // A new one is good; what the old one was bound to is not.
      let renewed = try await pem("tls", alpha)
      _ = try await endpoint.token(certificate: renewed) { $0.clientID = "tls" }
      #expect(
        try await endpoint.service.status.inspector.caller(token: token.accessToken) == nil)
    }
  }

  @Test("by a certificate that was registered itself, until it is revoked", .covers("S-C24"))
  func selfSigned() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let now = UnixTime.now()
      func own(_ validity: Int64 = 3600) throws -> String {
        try CertificateAuthority.make(
          commonName: "own", validity: .seconds(validity), now: now - 100
        ).certificate.pem
      }
      let (first, second, ended, other) = (try own(), try own(), try own(50), try own())
      _ = try await fixture.administration.createClient(
        "own", kind: .partner, scopes: [],
        profile: ClientProfile(
          method: .selfSignedTLSClientAuth, certificatesPEM: [first, second, ended]),
        in: alpha)
      try await fixture.platform.revocations.refresh()
      let endpoint = TokenEndpoint(fixture)
      for pem in [first, second] {
        let token = try await endpoint.token(certificate: Array(pem.utf8)) { $0.clientID = "own" }
        #expect(
          try await AppWorld.claims(token.accessToken).cnf?.certificateThumbprint
            == Certificate(pem: pem).thumbprint)
      }
      let thumbprint = try Certificate(pem: second).thumbprint
      try await fixture.administration.revoke(.certificate(thumbprint: thumbprint), in: alpha)
      for pem in [ended, other, second] {
        await expectNoClient {
          _ = try await endpoint.token(certificate: Array(pem.utf8)) { $0.clientID = "own" }
        }
      }
    }
  }

  @Test("and get tokens bound to their certificate where they are registered so", .covers("S-B9"))
  func bound() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let secret = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [],
        profile: ClientProfile(certificateBound: true), in: alpha
      ).secret
      try await fixture.platform.revocations.refresh()
      let issued = try await fixture.administration.issueClientCertificate(
        for: "intercom", in: alpha)
      let pem = Array(issued.certificatePEM.utf8)
      let endpoint = TokenEndpoint(fixture)
      let token = try await endpoint.token(certificate: pem) {
        $0.clientID = "intercom"
        $0.clientSecret = secret
      }
      let thumbprint = try Certificate(pem: issued.certificatePEM).thumbprint
      let said = try await endpoint.introspect(token.accessToken, by: "intercom", secret)
      #expect(said.cnf.certificateThumbprint == thumbprint)
      #expect(thumbprint.utf8.count == 43)
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await endpoint.token("intercom", secret)
      }
    }
  }

  @Test("with a refresh token that is bound to their certificate", .covers("S-B8"))
  func boundRefresh() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      _ = try await fixture.administration.createClient(
        "bound", kind: .user, scopes: ["a"],
        profile: ClientProfile(
          method: .none, certificateBound: true, redirectURIs: [AppWorld.redirectURI]),
        in: world.tenant)
      func own() throws -> [UInt8] {
        Array(
          try CertificateAuthority.make(commonName: "own", validity: .seconds(3600))
            .certificate.pem.utf8)
      }
      let (mine, other) = (try own(), try own())
      let code = try await world.code {
        $0.clientID = "bound"
        $0.scope = "a"
      }
      let first = try await world.endpoint.token(certificate: mine) {
        $0.grantType = "authorization_code"
        $0.clientID = "bound"
        $0.code = code
        $0.redirectUri = AppWorld.redirectURI
        $0.codeVerifier = AppWorld.verifier
      }
      await expectRefusal(.invalidArgument, "INVALID_GRANT") {
        _ = try await world.endpoint.refresh(
          first.refreshToken, by: "bound", certificate: other)
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await world.endpoint.refresh(first.refreshToken, by: "bound")
      }
      let next = try await world.endpoint.refresh(
        first.refreshToken, by: "bound", certificate: mine)
      #expect(
        try await AppWorld.claims(next.accessToken).cnf?.certificateThumbprint
          == AppWorld.claims(first.accessToken).cnf?.certificateThumbprint)
    }
  }

  @Test("for the platform or their tenant's host on it, and nothing else", .covers("S-C11"))
  func resource() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.tenant("beta")
      let secret = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha
      ).secret
      let endpoint = TokenEndpoint(fixture)
      func audience(_ resource: String) async throws -> [String] {
        let token = try await endpoint.token {
          $0.clientID = "intercom"
          $0.clientSecret = secret
          $0.resource = resource
        }
        return try await AppWorld.claims(token.accessToken).aud
      }
      #expect(try await audience("") == ["https://artel.localhost"])
      #expect(try await audience("https://artel.localhost") == ["https://artel.localhost"])
      #expect(
        try await audience("https://alpha.artel.localhost")
          == ["https://artel.localhost", "https://alpha.artel.localhost"])
      for resource in [
        "https://beta.artel.localhost", "https://artel.localhost/", "artel.localhost", "x",
      ] {
        await expectRefusal(.invalidArgument, "INVALID_TARGET") {
          _ = try await audience(resource)
        }
      }
    }
  }

  @Test("and are not registered in a way that contradicts itself")
  func profiles() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let keys = try AssertionSigner().keySet
      let uri = [AppWorld.redirectURI]
      let cases: [(Artel_Options_V1_PrincipalKind, ClientProfile)] = [
        (.partner, ClientProfile(method: .none)), (.user, ClientProfile(method: .none)),
        (.partner, ClientProfile(redirectURIs: uri)),
        (.partner, ClientProfile(method: .privateKeyJWT)),
        (.partner, ClientProfile(keySet: keys)),
        (.partner, ClientProfile(method: .selfSignedTLSClientAuth)),
        (.partner, ClientProfile(method: .privateKeyJWT, keySet: "{}")),
        (.partner, ClientProfile(method: .privateKeyJWT, keySet: #"{"keys":[]}"#)),
        (
          .partner,
          ClientProfile(
            method: .privateKeyJWT,
            keySet: keys.replacing(#""kty""#, with: #""d":"secret","kty""#))
        ),
        (
          .partner,
          ClientProfile(
            method: .privateKeyJWT, keySet: keys.replacing(#""kid":"k1","#, with: ""))
        ),
        (.user, ClientProfile(method: .none, redirectURIs: ["http://app.example/"])),
      ]
      for (kind, profile) in cases {
        let error = await #expect(throws: AdministrationError.self) {
          _ = try await fixture.administration.createClient(
            "bad", kind: kind, scopes: [], profile: profile, in: alpha)
        }
        #expect(error?.code == .invalid)
      }
    }
  }
}
