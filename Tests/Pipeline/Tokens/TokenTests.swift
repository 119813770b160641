import Foundation
import GeneratedOptions
import JWTKit
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@Suite("A bearer token")
struct TokenTests {
  private let lab: IdentityLab
  private let harness: PipelineHarness

  init() throws {
    lab = try IdentityLab()
    harness = try PipelineHarness(lab, access: .signedIn)
  }

  /// Expects that a token is refused, that the handler did not run, and that the journal has it.
  private func expectRefused(
    _ token: String, _ reason: String = "TOKEN_INVALID",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let before = harness.records.count
    let error = await harness.refusal(token: token)
    #expect(error?.code == .unauthenticated, sourceLocation: sourceLocation)
    #expect(error?.says(reason) == true, sourceLocation: sourceLocation)
    #expect(harness.handled == 0, sourceLocation: sourceLocation)
    #expect(harness.records.count == before + 1, sourceLocation: sourceLocation)
    #expect(harness.records.last?.code == .unauthenticated, sourceLocation: sourceLocation)
  }

  /// Good claims, as they are written.
  private let claims = """
    {"iss":"https://alpha.artel.test","aud":"https://artel.test","sub":"anna","client_id":"app",\
    "jti":"j","artel_kind":"user","exp":\(IdentityLab.now + 600)}
    """

  /// A token of the given header and good claims, with a signature of the given bytes.
  private func forge(_ header: String, signature: [UInt8]) -> String {
    [
      Base64URL.encode(Array(header.utf8)), Base64URL.encode(Array(claims.utf8)),
      Base64URL.encode(signature),
    ].joined(separator: ".")
  }

  @Test("of the tenant's own issuer names tenant and person")
  func good() async throws {
    #expect(try await harness.call(token: try await lab.token()) == "alpha artel:anna")
  }

  @Test("is good on the second call too, and costs no second look at the keys")
  func remembered() async throws {
    let token = try await lab.token()
    for _ in 0..<3 { _ = try await harness.call(token: token) }
    #expect(harness.handled == 3)
  }

  @Test(
    "without a signature is refused, however it spells that", .covers("S-A1"),
    arguments: [
      "none", "None", "nOnE", "NONE",
    ])
  func unsigned(algorithm: String) async throws {
    for signature: [UInt8] in [[], [0]] {
      await expectRefused(
        forge(#"{"alg":"\#(algorithm)","kid":"k1","typ":"at+jwt"}"#, signature: signature))
    }
  }

  @Test("signed by HMAC with the public key as the secret is refused", .covers("S-A2"))
  func confusion() async throws {
    let header = #"{"alg":"HS256","kid":"k1","typ":"at+jwt"}"#
    let unsigned = forge(header, signature: [0]).split(separator: ".").prefix(2)
      .joined(separator: ".")
    let pem = Array(lab.publicPEM.utf8)
    for secret in [pem, Array(pem.dropLast())] {
      let code = HMACSHA256.code(of: Array(unsigned.utf8), key: secret)
      await expectRefused("\(unsigned).\(Base64URL.encode(code))")
    }
  }

  @Test(
    "with a key that the issuer does not have is refused", .covers("S-A4"),
    arguments: [
      "../../etc/passwd", "k1' OR '1'='1", "unknown", String(repeating: "k", count: 5000),
    ])
  func keyID(kid: String) async throws {
    await expectRefused(try await lab.token(kid: kid))
  }

  @Test("of an algorithm that the issuer is not registered with is refused", .covers("S-A3"))
  func foreignAlgorithm() async throws {
    let key = try EdDSA.PrivateKey()
    lab.alphaKeys.json.withLock {
      $0 = """
        {"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"ed",\
        "x":"\(Base64URL.encode(key.publicKey.rawRepresentation))"}]}
        """
    }
    let token = try await JWTKeyCollection().add(eddsa: key, kid: "ed")
      .sign(IdentityLab.Claims(IdentityLab.claims), kid: "ed", header: ["typ": "at+jwt"])
    await expectRefused(token)
  }

  @Test("signed by another key under a known key's name is refused")
  func foreignKey() async throws {
    await expectRefused(try await lab.token(foreign: true))
  }

  @Test(
    "that brings its own key is refused", .covers("S-A6", "S-A7"),
    arguments: [
      #""jwk":{"kty":"EC"}"#, #""jku":"https://evil.test""#, #""x5u":"https://evil.test""#,
      #""x5c":["AA"]"#, #""crit":["exp"]"#, #""b64":false"#,
    ])
  func ownKey(member: String) async throws {
    let header = #"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#
    _ = try await harness.call(token: try await lab.sign(header: header, claims: claims))
    let before = harness.handled
    let token = try await lab.sign(
      header: #"{"alg":"ES256","kid":"k1","typ":"at+jwt",\#(member)}"#, claims: claims)
    #expect(await harness.refusal(token: token)?.says("TOKEN_INVALID") == true)
    #expect(harness.handled == before)
  }

  @Test("that has expired is refused as expired", .covers("S-A8"))
  func expired() async throws {
    var claims = IdentityLab.claims
    claims["exp"] = .number(IdentityLab.now - 11)
    await expectRefused(try await lab.token(claims), "TOKEN_EXPIRED")
  }

  @Test("with a time that no clock shows is refused, and crashes nothing", .covers("S-A8"))
  func absurdTimes() async throws {
    let absurd: [IdentityLab.Value] = [
      .number(.max), .number(.min), .number(-1), .number(9_000_000_001), "soon", [],
    ]
    for claim in ["exp", "nbf", "iat", "auth_time"] {
      for value in absurd {
        var claims = IdentityLab.claims
        claims[claim] = value
        await expectRefused(try await lab.token(claims))
      }
    }
  }

  @Test("that was good is refused once its issuer withdrew the key", .covers("S-C28"))
  func withdrawnKey() async throws {
    let token = try await lab.token()
    _ = try await harness.call(token: token)
    lab.alphaKeys.json.withLock { $0 = #"{"keys":[]}"# }
    #expect(await harness.refusal(token: token)?.code == .unauthenticated)
    #expect(harness.handled == 1)
  }

  @Test("bound to a certificate is good with that certificate alone", .covers("S-B4", "S-B5"))
  func bound() async throws {
    let own = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let other = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let thumbprint = try Certificate(pem: String(decoding: own, as: UTF8.self)).thumbprint
    var claims = IdentityLab.claims
    claims["cnf"] = .object(["x5t#S256": thumbprint])
    let token = try await lab.token(claims)
    #expect(await harness.refusal(token: token)?.code == .unauthenticated)
    #expect(await harness.refusal(token: token, certificate: other)?.code == .unauthenticated)
    #expect(harness.handled == 0)
    #expect(try await harness.call(token: token, certificate: own) == "alpha artel:anna")
    claims["cnf"] = .object(["jkt": "x"])
    #expect(
      await harness.refusal(token: try await lab.token(claims), certificate: own)?.code
        == .unauthenticated)
  }

  @Test("of the future is refused, but clocks may differ a little", .covers("S-A9"))
  func future() async throws {
    var claims = IdentityLab.claims
    for name in ["nbf", "iat"] {
      claims[name] = .number(IdentityLab.now + 61)
      await expectRefused(try await lab.token(claims))
      claims[name] = .number(IdentityLab.now + 9)
    }
    _ = try await harness.call(token: try await lab.token(claims))
  }

  @Test(
    "without a claim that every access token has is refused", .covers("S-A10"),
    arguments: [
      "exp", "iss", "aud", "sub", "jti", "client_id",
    ])
  func missing(claim: String) async throws {
    var claims = IdentityLab.claims
    claims[claim] = nil
    await expectRefused(try await lab.token(claims))
  }

  @Test("for another audience is refused; a part of our name is not our name", .covers("S-A11"))
  func audience() async throws {
    var claims = IdentityLab.claims
    let others: [IdentityLab.Value] = [
      "https://artel.test.evil", "https://artel.tes", ["a", "b"], [], "",
    ]
    for audience in others {
      claims["aud"] = audience
      await expectRefused(try await lab.token(claims))
    }
    claims["aud"] = ["other", "https://artel.test"]
    _ = try await harness.call(token: try await lab.token(claims))
  }

  @Test("whose issuer differs by a sign, or is another tenant's, is refused", .covers("S-A12"))
  func issuer() async throws {
    var claims = IdentityLab.claims
    for issuer in [
      "https://alpha.artel.test/", "https://ALPHA.artel.test", "https://alpha.artel.test:443",
      "https://beta.artel.test", "https://gamma.artel.test", "",
    ] {
      claims["iss"] = .text(issuer)
      await expectRefused(try await lab.token(claims))
    }
  }

  @Test("of one tenant is refused under the host of another", .covers("S-A12"))
  func host() async throws {
    let token = try await lab.token()
    for door in [Peer.Door.grpc, .rest] {
      for name in ["alpha.artel.test", "artel.test", "nobody.artel.test", "a.beta.artel.test"] {
        let who = try await harness.call(token: token, serverName: name, door: door)
        #expect(who == "alpha artel:anna", "\(name)")
      }
    }
    let error = await harness.refusal(token: token, serverName: "beta.artel.test")
    #expect(error?.code == .unauthenticated && error?.says("TOKEN_INVALID") == true)
  }

  @Test("that is no access token is refused", .covers("S-A13"))
  func kind() async throws {
    await expectRefused(try await lab.token(typ: "JWT"))
    await expectRefused(try await lab.token(typ: "dpop+jwt"))
  }

  @Test("of Keycloak's profile is good at Keycloak's issuer only", .covers("S-A13"))
  func keycloak() async throws {
    var claims = IdentityLab.claims
    claims["iss"] = "https://keycloak.test/realms/alpha"
    claims["aud"] = "artel"
    claims["azp"] = "app"
    claims["client_id"] = nil
    for type in ["ID", "Refresh"] {
      claims["typ"] = .text(type)
      await expectRefused(try await lab.token(claims, typ: "JWT"))
    }
    claims["typ"] = "Bearer"
    // Who says to be an administrator elsewhere is a person here.
    claims["artel_kind"] = "administrator"
    #expect(
      try await harness.call(token: try await lab.token(claims, typ: "JWT"))
        == "alpha keycloak:anna")
  }

  @Test("with a signature of another form is refused", .covers("S-A14"))
  func signature() async throws {
    let header = #"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#
    await expectRefused(forge(header, signature: [UInt8](repeating: 0, count: 64)))
    await expectRefused(forge(header, signature: [0x30, 0x06, 2, 1, 1, 2, 1, 1]))
    let good = try await lab.token()
    for bad in [good + "AA", good + "=", good + " ", " " + good, good + ".x", "x." + good] {
      await expectRefused(bad)
    }
    await expectRefused("a.b.c.d.e")
  }

  @Test("too long, too deep or with a name twice is refused", .covers("S-A15"))
  func form() async throws {
    var claims = IdentityLab.claims
    claims["x"] = .text(String(repeating: "x", count: 9000))
    await expectRefused(try await lab.token(claims))
    let deep = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
    for header in [
      #"{"alg":"ES256","kid":"k1","typ":"at+jwt","x":\#(deep)}"#,
      #"{"alg":"none","alg":"ES256","kid":"k1","typ":"at+jwt"}"#,
    ] {
      await expectRefused(try await lab.sign(header: header, claims: self.claims))
    }
    let twice = self.claims.replacing("\"sub\":", with: "\"sub\":\"boris\",\"sub\":")
    await expectRefused(
      try await lab.sign(
        header: #"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#, claims: twice))
  }

  @Test("in a second authorization makes the call malformed", .covers("S-A17"))
  func twice() async throws {
    let token = try await lab.token()
    let error = await harness.refusal(
      token: token, metadata: ["authorization": .string("Bearer \(token)")])
    #expect(error?.code == .invalidArgument)
    #expect(harness.handled == 0)
  }

  @Test("makes a client no person, whatever its name", .covers("S-A19"))
  func typed() async throws {
    var claims = IdentityLab.claims
    claims["artel_kind"] = "service"
    claims["client_id"] = "console"
    claims["sub"] = "anna"
    #expect(try await harness.call(token: try await lab.token(claims)) == "alpha clients/console")
  }

  @Test("of a client that was shut out, or is another tenant's, is refused", .covers("S-A20"))
  func client() async throws {
    var claims = IdentityLab.claims
    claims["artel_kind"] = "service"
    for client in ["disabled", "unknown", "beta-console"] {
      claims["client_id"] = .text(client)
      await expectRefused(try await lab.token(claims))
    }
    claims["client_id"] = "console"
    claims["artel_kind"] = "partner"
    await expectRefused(try await lab.token(claims))
  }

  @Test("of a suspended tenant is refused from then on", .covers("S-A20"))
  func suspended() async throws {
    let token = try await lab.token()
    _ = try await harness.call(token: token)
    lab.suspended.withLock { _ = $0.insert("alpha") }
    let error = await harness.refusal(token: token)
    #expect(error?.code == .permissionDenied)
    #expect(error?.says("TENANT_SUSPENDED") == true)
    #expect(harness.handled == 1)
  }

  @Test("that nobody can verify now makes the call unavailable, not allowed", .covers("S-C30"))
  func away() async throws {
    lab.away.withLock { $0 = true }
    let error = await harness.refusal(token: try await lab.token())
    #expect(error?.code == .unavailable)
    #expect(harness.handled == 0)
  }

  @Test("is not asked for twice: a call without one is told so")
  func none() async throws {
    let error = await harness.refusal()
    #expect(error?.code == .unauthenticated)
    #expect(error?.says("CREDENTIAL_MISSING") == true)
    for value in ["Basic YTpi", "Bearer", "Bearer ", "bearer"] {
      let error = await harness.refusal(metadata: ["authorization": .string(value)])
      #expect(error?.code == .unauthenticated)
    }
  }

  @Test("of another tenant than a header names is refused", .covers("S-D13"))
  func header() async throws {
    let token = try await lab.token()
    let error = await harness.refusal(token: token, metadata: ["x-tenant-id": "beta"])
    #expect(error?.code == .permissionDenied)
    _ = try await harness.call(token: token, metadata: ["x-tenant-id": "alpha"])
    #expect(harness.handled == 1)
  }
}
