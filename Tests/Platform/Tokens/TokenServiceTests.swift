import FoundationEssentials
import GeneratedAuth
import GeneratedDescriptors
import JWTKit
import LibCrypto
import Pipeline
import RPC
import SwiftProtobuf
import TestSupport
import Testing

@testable import Platform

@Suite("The token endpoint")
struct TokenServiceTests {
  private struct Header: Decodable {
    let alg: String
    let typ: String
    let kid: String
  }

  private func decode<T: Decodable>(_ token: String, _ part: Int, as type: T.Type) throws -> T {
    let parts = token.split(separator: ".")
    let bytes = try #require(Base64URL.decode(parts[part]))
    return try JSONDecoder().decode(T.self, from: Data(bytes))
  }

  @Test("gives a client an access token for 600 seconds, and no refresh token", .covers("S-C1"))
  func token() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: ["residential.commands:write", "a"], in: alpha)
      let endpoint = TokenEndpoint(fixture)
      let token = try await endpoint.token("intercom", client.secret)
      #expect(token.tokenType == "Bearer")
      #expect(token.expiresIn == 600)
      #expect(token.scope == "a residential.commands:write")
      let header = try decode(token.accessToken, 0, as: Header.self)
      #expect(header.alg == "ES256")
      #expect(header.typ == "at+jwt")
      let claims = try decode(token.accessToken, 1, as: AccessTokenClaims.self)
      #expect(claims.iss == "https://alpha.artel.localhost")
      #expect(claims.aud == ["https://artel.localhost"])
      #expect(claims.sub == "intercom")
      #expect(claims.clientID == "intercom")
      #expect(claims.scope == "a residential.commands:write")
      #expect(claims.exp - claims.iat == 600)
      #expect(abs(claims.iat - UnixTime.now()) < 60)
      #expect(claims.kind == "partner")
      #expect(claims.roles == [])
      #expect(claims.jti.utf8.count == 36)
      #expect(
        try await fixture.audit(alpha).last
          == "services/tokens artel.auth.v1.TokenService/CreateToken clients/intercom: "
          + "token \(claims.jti) issued")
    }
  }

  @Test(
    "signs with a key that the published set verifies, without a private member",
    .covers("S-C27"))
  func keySet() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.tenant("beta")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .service, scopes: [], in: alpha)
      let endpoint = TokenEndpoint(fixture)
      let token = try await endpoint.token("intercom", client.secret)
      let published = try await endpoint.keySet("alpha")
      #expect(published.keys.count == 1)
      let key = published.keys[0]
      #expect(key.kid == (try decode(token.accessToken, 0, as: Header.self)).kid)
      #expect([key.kty, key.use, key.alg, key.crv] == ["EC", "sig", "ES256", "P-256"])
      let json = try await fixture.platform.directory.issuer(alpha.issuer)?.keys
        .keySet(refresh: false)
      #expect(try #require(json).contains("\"d\"") == false)
      let own = JWTKeyCollection()
      try await own.add(jwksJSON: try #require(json))
      _ = try await own.verify(token.accessToken, as: AccessTokenClaims.self)
      let other = try await endpoint.keySet("beta").keys[0]
      #expect(other.kid != key.kid && other.x != key.x)
      await expectRefusal(.notFound, "TENANT_NOT_FOUND") { _ = try await endpoint.keySet("gamma") }
      await expectRefusal(.notFound, "TENANT_NOT_FOUND") { _ = try await endpoint.keySet("") }
    }
  }

  @Test("gives no scope outside the client's registration", .covers("S-C10"))
  func scopes() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: ["cards:read", "doors:open"], in: alpha)
      let endpoint = TokenEndpoint(fixture)
      func scope(_ scope: String) async throws -> String {
        try await endpoint.token("intercom", client.secret, scope: scope).scope
      }
      #expect(try await scope("doors:open") == "doors:open")
      #expect(try await scope("doors:open cards:read doors:open") == "doors:open cards:read")
      let audited = try await fixture.audit(alpha).count
      for wrong in [
        "cards:write", "doors:open cards:write", "cards:read2", "cards:rea", "cards", "*",
        "CARDS:READ",
        " cards:read", "cards:read  doors:open", "cards:read\tdoors:open", "\"",
      ] {
        await expectRefusal(.invalidArgument, "INVALID_SCOPE") { _ = try await scope(wrong) }
      }
      #expect(try await fixture.audit(alpha).count == audited)
    }
  }

  @Test("takes the old secret until its time is over, and not after", .covers("S-C13"))
  func rotation() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let administration = fixture.administration
      let first = try await administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let endpoint = TokenEndpoint(fixture)
      func works(_ secret: ClientSecret) async throws -> Bool {
        do {
          _ = try await endpoint.token("intercom", secret.secret)
          return true
        } catch let error as RPCError where error.reason == "INVALID_CLIENT" {
          return false
        }
      }
      #expect(try await works(first))
      let second = try await administration.rotateClientSecret(
        of: "intercom", overlap: .seconds(3600), in: alpha)
      #expect(try await works(first))
      #expect(try await works(second))
      let third = try await administration.rotateClientSecret(
        of: "intercom", overlap: .zero, in: alpha)
      #expect(try await !works(first))
      #expect(try await !works(second))
      #expect(try await works(third))
    }
  }

  @Test("serves every method of the platform's contracts, each once")
  func registration() async throws {
    try await PlatformFixture.with { fixture in
      var router = RPCRouter()
      for service in fixture.platform.services { service.registerMethods(with: &router) }
      let set = try Google_Protobuf_FileDescriptorSet(
        serializedBytes: ArtelDescriptors.descriptorSet)
      // What explains access needs the contracts of all, and is put together where they are; so is
      // what counts how all methods keep their promises, what shows breakers of all domains, and what
      // counts errors of apps.
      let elsewhere = ["artel.residential.", "artel.access."]
      let putTogetherElsewhere = ["ObjectiveService", "BreakerService", "ClientErrorService"]
      let contracts = set.file.filter { file in
        file.package.hasPrefix("artel.") && !elsewhere.contains { file.package.hasPrefix($0) }
      }.flatMap { file in
        file.service.filter { !putTogetherElsewhere.contains($0.name) }.flatMap { service in
          service.method.map { "/\(file.package).\(service.name)/\($0.name)" }
        }
      }
      #expect(contracts.count > 2)
      #expect(router.methods.map(\.descriptor.path).sorted() == contracts.sorted())
    }
  }
}
