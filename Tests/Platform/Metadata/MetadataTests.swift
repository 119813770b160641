import GeneratedAuth
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The metadata of a tenant's authorization server")
struct MetadataTests {
  private func metadata(
    _ endpoint: TokenEndpoint, tenant: String = "", host: String = ""
  ) async throws -> Artel_Auth_V1_ServerMetadata {
    var context = endpoint.context()
    if !host.isEmpty { context.metadata.add(host, for: "artel-host") }
    return try await endpoint.server.metadata.getServerMetadata(
      request: .with { $0.tenant = tenant }, context: context)
  }

  @Test("is found by the issuer's host or by the path", .covers("S-C27"))
  func tenant() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let byHost = try await metadata(world.endpoint, host: "alpha.artel.localhost")
      #expect(byHost.issuer == "https://alpha.artel.localhost")
      for (tenant, host) in [
        ("alpha", ""), ("alpha", "127.0.0.1:8443"), ("", "alpha.artel.localhost:8443"),
        ("", "ALPHA.artel.localhost"),
      ] {
        #expect(try await metadata(world.endpoint, tenant: tenant, host: host) == byHost)
      }
      for (tenant, host) in [
        ("", ""), ("", "artel.localhost"), ("beta", ""), ("", "beta.artel.localhost"),
        ("", "x.alpha.artel.localhost"), ("", "alpha.artel.localhost.evil.example"),
        ("../alpha", ""), ("", ":443"),
      ] {
        await expectRefusal(.notFound, "TENANT_NOT_FOUND") {
          _ = try await metadata(world.endpoint, tenant: tenant, host: host)
        }
      }
    }
  }

  @Test("equals what works: every grant and every method listed, and no other", .covers("S-C27"))
  func agreement() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let listed = try await metadata(world.endpoint, tenant: "alpha")
      for grant in [
        "authorization_code", "client_credentials", "refresh_token", "password", "implicit",
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
      ] {
        let isKnown = await knows(grant, world)
        #expect(listed.grantTypesSupported.contains(grant) == isKnown, "\(grant)")
      }
      for method in [
        "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt",
        "tls_client_auth", "self_signed_tls_client_auth", "none",
      ] {
        let canBe = ClientAuthenticationMethod(rawValue: method) != nil
        #expect(listed.tokenEndpointAuthMethodsSupported.contains(method) == canBe, "\(method)")
        #expect(
          listed.introspectionEndpointAuthMethodsSupported.contains(method)
            == (canBe && method != "none"))
      }
      #expect(listed.codeChallengeMethodsSupported == ["S256"])
      #expect(listed.responseTypesSupported == ["code"])
      #expect(listed.tlsClientCertificateBoundAccessTokens)
      #expect(listed.mtlsEndpointAliases.tokenEndpoint.hasPrefix(listed.issuer))
      #expect(listed.authorizationResponseIssParameterSupported)
      #expect(
        listed.tokenEndpointAuthSigningAlgValuesSupported == ["ES256", "EdDSA", "PS256"])
    }
  }

  private func knows(_ grant: String, _ world: AppWorld) async -> Bool {
    do {
      _ = try await world.endpoint.token {
        $0.grantType = grant
        $0.clientID = "app"
      }
      return true
    } catch {
      return (error as? RPCError)?.reason != "UNSUPPORTED_GRANT_TYPE"
    }
  }
}
