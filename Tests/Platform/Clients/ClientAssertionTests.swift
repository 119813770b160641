import GeneratedAuth
import JWTKit
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

/// What a client says of itself.
struct TestAssertion: JWTPayload {
  var iss: String? = "signer"
  var sub: String? = "signer"
  var aud: [String]? = ["https://alpha.artel.localhost"]
  var exp: Int64?
  var iat: Int64?
  var nbf: Int64?
  var jti: String? = UUIDv7.make()
  func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// A client with a key.
struct AssertionSigner {
  let key: PrivateKey
  let keySet: String

  init() throws {
    key = try PrivateKey.makeP256()
    let point = try #require(key.publicKey.coordinates)
    keySet = """
      {"keys":[{"kty":"EC","crv":"P-256","kid":"k1","use":"sig","alg":"ES256",\
      "x":"\(Base64URL.encode(point.x))","y":"\(Base64URL.encode(point.y))"}]}
      """
  }

  func sign(_ assertion: TestAssertion, kid: String = "k1") async throws -> String {
    let kid = JWKIdentifier(string: kid)
    let keys = await JWTKeyCollection().add(
      ecdsa: try ES256PrivateKey(pem: try key.pem), kid: kid)
    return try await keys.sign(assertion, kid: kid)
  }
}

/// Expects that nobody is authenticated.
func expectNoClient(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
  await expectRefusal(
    .unauthenticated, "INVALID_CLIENT", sourceLocation: sourceLocation, body)
}

@Suite("Clients authenticate by assertions")
struct ClientAssertionTests {
  private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  @Test("by an assertion, each once at all processes together", .covers("S-C12"))
  func assertion() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let signer = try AssertionSigner()
      let made = try await fixture.administration.createClient(
        "signer", kind: .partner, scopes: ["a"],
        profile: ClientProfile(method: .privateKeyJWT, keySet: signer.keySet), in: alpha)
      #expect(made.secret.isEmpty)
      let now = UnixTime.now()
      func token(_ endpoint: TokenEndpoint, _ text: String, named: String = "") async throws {
        _ = try await endpoint.token {
          $0.clientAssertionType = Self.assertionType
          $0.clientAssertion = text
          $0.clientID = named
        }
      }
      let endpoint = TokenEndpoint(fixture)
      let good = try await signer.sign(TestAssertion(exp: now + 60, iat: now))
      try await token(endpoint, good)
      await expectNoClient { try await token(endpoint, good) }
      await expectNoClient { try await token(TokenEndpoint(fixture), good) }
      try await token(
        endpoint, try await signer.sign(TestAssertion(exp: now + 300)), named: "signer")
      // At once, at two processes: one wins.
      let contested = try await signer.sign(TestAssertion(exp: now + 60))
      let wins = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<4 {
          group.addTask { (try? await token(TokenEndpoint(fixture), contested)) != nil }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(wins == 1)
    }
  }

  @Test("not by an assertion that is not wholly theirs, for here and now", .covers("S-C12"))
  func badAssertions() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let signer = try AssertionSigner()
      _ = try await fixture.administration.createClient(
        "signer", kind: .partner, scopes: [],
        profile: ClientProfile(method: .privateKeyJWT, keySet: signer.keySet), in: alpha)
      let secret = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let now = UnixTime.now()
      var texts: [String] = []
      for assertion in [
        TestAssertion(iss: "other", exp: now + 60), TestAssertion(sub: "intercom", exp: now + 60),
        TestAssertion(iss: nil, exp: now + 60), TestAssertion(sub: nil, exp: now + 60),
        TestAssertion(aud: ["https://beta.artel.localhost"], exp: now + 60),
        TestAssertion(aud: ["https://alpha.artel.localhost/"], exp: now + 60),
        TestAssertion(aud: ["https://alpha.artel.localhost/oauth2/token"], exp: now + 60),
        TestAssertion(aud: ["https://alpha.artel.localhost", "https://evil"], exp: now + 60),
        TestAssertion(aud: nil, exp: now + 60), TestAssertion(), TestAssertion(exp: now - 11),
        TestAssertion(exp: now + 400), TestAssertion(exp: now + 60, iat: now - 400),
        TestAssertion(exp: now + 60, iat: now + 30), TestAssertion(exp: now + 60, nbf: now + 30),
        TestAssertion(exp: now + 60, jti: nil), TestAssertion(exp: now + 60, jti: ""),
      ] { texts.append(try await signer.sign(assertion)) }
      texts.append(try await AssertionSigner().sign(TestAssertion(exp: now + 60)))
      texts.append(try await signer.sign(TestAssertion(exp: now + 60), kid: "k2"))
      let good = try await signer.sign(TestAssertion(exp: now + 60))
      let parts = good.split(separator: ".").map(String.init)
      texts.append("\(Base64URL.encode(Array(#"{"alg":"none","kid":"k1"}"#.utf8))).\(parts[1]).")
      let mac = await JWTKeyCollection().add(
        hmac: HMACKey(from: signer.keySet), digestAlgorithm: .sha256,
        kid: JWKIdentifier(string: "k1"))
      texts.append(
        try await mac.sign(TestAssertion(exp: now + 60), kid: JWKIdentifier(string: "k1")))
      texts += ["garbage", good + "x", "\(parts[0]).\(parts[1])"]
      // Another address for each, since failures cost patience.
      let endpoint = TokenEndpoint(fixture)
      for text in texts {
        await expectNoClient {
          _ = try await TokenEndpoint(fixture).token {
            $0.clientAssertionType = Self.assertionType
            $0.clientAssertion = text
          }
        }
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await endpoint.token {
          $0.clientAssertionType = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"
          $0.clientAssertion = good
        }
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await endpoint.token {
          $0.clientAssertionType = Self.assertionType
          $0.clientAssertion = good
          $0.clientID = "intercom"
        }
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await endpoint.token {
          $0.clientAssertionType = Self.assertionType
          $0.clientAssertion = good
          $0.clientSecret = secret.secret
        }
      }
      _ = try await endpoint.token {
        $0.clientAssertionType = Self.assertionType
        $0.clientAssertion = good
      }
    }
  }
}
