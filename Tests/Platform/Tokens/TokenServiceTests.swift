import FoundationEssentials
import GeneratedAuth
import JWTKit
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import Testing
import TestSupport

@testable import Platform

@Suite("The token endpoint")
struct TokenServiceTests {
  private struct Header: Decodable {
    let alg: String
    let typ: String
    let kid: String
  }

  private let clock = ManualClock()

  private func service(_ fixture: PlatformFixture) -> TokenService {
    TokenService(
      directory: fixture.platform.directory, database: fixture.tenants,
      mint: TokenMint(
        keys: SigningKeys(database: fixture.tenants, envelope: fixture.envelope),
        baseDomain: fixture.baseDomain, now: { UnixTime.now() }),
      secrets: SecretVerifier(now: clock.now), attempts: AttemptLimiter(now: clock.now),
      logger: .silent)
  }

  private func context(_ authorization: String? = nil, address: String = "ipv4:10.0.0.1:1")
    -> ServerContext
  {
    var metadata = Metadata()
    if let authorization { metadata.add(authorization, for: "authorization") }
    return ServerContext(
      method: Artel_Auth_V1_TokenService.Method.CreateToken.descriptor, metadata: metadata,
      peer: Peer(address: address, door: .rest))
  }

  private func request(
    _ id: String = "", _ secret: String = "", scope: String = "",
    grant: String = "client_credentials"
  ) -> Artel_Auth_V1_CreateTokenRequest {
    .with {
      $0.grantType = grant
      $0.clientID = id
      $0.clientSecret = secret
      $0.scope = scope
    }
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
      let service = service(fixture)
      let token = try await service.createToken(
        request: request("intercom", client.secret), context: context())
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
      #expect(claims.client_id == "intercom")
      #expect(claims.scope == "a residential.commands:write")
      #expect(claims.exp - claims.iat == 600)
      #expect(abs(claims.iat - UnixTime.now()) < 60)
      #expect(claims.artel_kind == "partner")
      #expect(claims.roles == [])
      #expect(claims.jti.utf8.count == 36)
      #expect(
        try await fixture.audit(alpha).last
          == "services/tokens artel.auth.v1.TokenService/CreateToken clients/intercom: "
          + "token \(claims.jti) issued")
    }
  }

  @Test("signs with a key that the published set verifies, without a private member",
    .covers("S-C27"))
  func keySet() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.tenant("beta")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .service, scopes: [], in: alpha)
      let service = service(fixture)
      let token = try await service.createToken(
        request: request("intercom", client.secret), context: context())
      func keySet(_ tenant: String) async throws -> Artel_Auth_V1_KeySet {
        try await service.getKeySet(request: .with { $0.tenant = tenant }, context: context())
      }
      let published = try await keySet("alpha")
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
      let other = try await keySet("beta").keys[0]
      #expect(other.kid != key.kid && other.x != key.x)
      await expectRefusal(.notFound, "TENANT_NOT_FOUND") { _ = try await keySet("gamma") }
      await expectRefusal(.notFound, "TENANT_NOT_FOUND") { _ = try await keySet("") }
    }
  }

  @Test("refuses every way to be no client with one error", .covers("S-C2"))
  func noClient() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let administration = fixture.administration
      let good = try await administration.createClient("good", kind: .partner, scopes: [], in: alpha)
      let disabled = try await administration.createClient(
        "disabled", kind: .partner, scopes: [], in: alpha)
      let suspended = try await administration.createClient(
        "suspended", kind: .partner, scopes: [], in: beta)
      let service = service(fixture)
      // Remembered as right before: it must not matter.
      for client in [disabled, suspended] {
        _ = try await service.createToken(
          request: request(client.clientID, client.secret), context: context())
      }
      try await administration.setClientDisabled(true, of: "disabled", in: alpha)
      try await administration.suspend(beta)
      var errors: Set<RPCError> = []
      for (id, secret) in [
        ("good", good.secret + "x"), ("good", disabled.secret), ("good", " "),
        ("nobody", good.secret), ("disabled", disabled.secret), ("suspended", suspended.secret),
        ("good\u{0}", good.secret), ("GOOD", good.secret), ("' OR 1=1 --", good.secret),
      ] {
        do {
          _ = try await service.createToken(request: request(id, secret), context: context())
          Issue.record("\(id) got a token")
        } catch let error as RPCError {
          errors.insert(error)
        }
      }
      #expect(errors.count == 1)
      #expect(errors.first?.code == .unauthenticated)
      #expect(errors.first?.reason == "INVALID_CLIENT")
      _ = try await service.createToken(request: request("good", good.secret), context: context())
    }
  }

  @Test("refuses credentials in the header and the form at once", .covers("S-C3"))
  func bothCredentials() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let basic = basicAuthorization("intercom:\(client.secret)")
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await service(fixture).createToken(
          request: request("intercom", client.secret), context: context(basic))
      }
      _ = try await service(fixture).createToken(request: request(), context: context(basic))
    }
  }

  @Test("takes a secret with every sign of the alphabet by HTTP Basic", .covers("S-C8"))
  func basicSecret() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let hash = try SecretHash.make("— +<&>* !foo bar:%").encoded
      try await fixture.tenants.change(
        as: Actor(tenantID: alpha.id, service: "test"), action: "test", deadline: nil
      ) { change in
        _ = try await change.execute(
          Statement(
            "UPDATE artel.tenant_client SET secret_hashes = $1", .textArray([hash])))
      }
      let coded = "%E2%80%94+%2B%3C%26%3E*+%21foo%20bar%3A%25"
      _ = try await service(fixture).createToken(
        request: request(), context: context(basicAuthorization("intercom:\(coded)")))
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await service(fixture).createToken(
          request: request(), context: context(basicAuthorization("intercom:100%")))
      }
    }
  }

  @Test(
    "knows no other grant", .covers("S-C9"),
    arguments: [
      "password", "authorization_code", "refresh_token", "implicit", "Client_Credentials",
      "client_credentials ", "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ])
  func otherGrants(grant: String) async throws {
    try await PlatformFixture.with { fixture in
      await expectRefusal(.invalidArgument, "UNSUPPORTED_GRANT_TYPE") {
        _ = try await service(fixture).createToken(
          request: request("intercom", "secret", grant: grant), context: context())
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await service(fixture).createToken(
          request: request("intercom", "secret", grant: ""), context: context())
      }
    }
  }

  @Test("gives no scope outside the client's registration", .covers("S-C10"))
  func scopes() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: ["cards:read", "doors:open"], in: alpha)
      let service = service(fixture)
      func scope(_ scope: String) async throws -> String {
        try await service.createToken(
          request: request("intercom", client.secret, scope: scope), context: context()
        ).scope
      }
      #expect(try await scope("doors:open") == "doors:open")
      #expect(try await scope("doors:open cards:read doors:open") == "doors:open cards:read")
      let audited = try await fixture.audit(alpha).count
      for wrong in [
        "cards:write", "doors:open cards:write", "cards:read2", "cards:rea", "cards", "*", "CARDS:READ",
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
      let service = service(fixture)
      func works(_ secret: ClientSecret) async throws -> Bool {
        do {
          _ = try await service.createToken(
            request: request("intercom", secret.secret), context: context())
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

  @Test("asks an address that keeps failing for patience, but not the client itself elsewhere",
    .covers("S-C29"))
  func failures() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let service = service(fixture)
      for port in 1...10 {
        await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
          _ = try await service.createToken(
            request: request("intercom", "wrong"), context: context(address: "ipv4:10.6.6.6:\(port)"))
        }
      }
      let bad = context(address: "ipv4:10.6.6.6:11")
      await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") {
        _ = try await service.createToken(request: request("intercom", "wrong"), context: bad)
      }
      await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") {
        _ = try await service.createToken(request: request("intercom", client.secret), context: bad)
      }
      _ = try await service.createToken(
        request: request("intercom", client.secret), context: context())
      // Once it is known, its own address does not shut it out either.
      _ = try await service.createToken(request: request("intercom", client.secret), context: bad)
    }
  }

  @Test("hands out nothing that the audit does not know", .covers("S-H8"))
  func auditFirst() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      try await fixture.database.sql("REVOKE INSERT ON artel.audit_entry FROM artel_app")
      try await fixture.database.sql(
        """
        REVOKE INSERT (tenant_id, audit_entry_id, actor, action, resource, change)
        ON artel.audit_entry FROM artel_app
        """)
      let error = await #expect(throws: PostgresError.self) {
        _ = try await service(fixture).createToken(
          request: request("intercom", client.secret), context: context())
      }
      #expect(error?.code == .insufficientPrivilege)
    }
  }

  @Test("signs with no key that another place or another key encryption key sealed",
    .covers("S-H1"))
  func sealedKeys() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      // A row moved between tenants by someone with the superuser's hands.
      try await fixture.database.sql(
        """
        UPDATE artel.tenant_signing_key SET sealed_private_key = (
          SELECT sealed_private_key FROM artel.tenant_signing_key WHERE tenant_id = '\(alpha.id)')
        WHERE tenant_id = '\(beta.id)'
        """)
      let keys = SigningKeys(database: fixture.tenants, envelope: fixture.envelope)
      _ = try await keys.key(tenantID: alpha.id)
      let moved = await #expect(throws: CryptoError.self) { try await keys.key(tenantID: beta.id) }
      #expect(moved?.code == .authentication)
      let strange = SigningKeys(
        database: fixture.tenants, envelope: Envelope(key: KeyEncryptionKey(.generate())))
      let unknown = await #expect(throws: CryptoError.self) {
        try await strange.key(tenantID: alpha.id)
      }
      #expect(unknown?.code == .unknownKey)
      await expectRefusal(.failedPrecondition, "SIGNING_KEY_MISSING") {
        _ = try await keys.key(tenantID: TenantIdentifier.nobody)
      }
    }
  }

  @Test("serves both methods of the contract, and the tenant service its own")
  func registration() async throws {
    try await PlatformFixture.with { fixture in
      var router = RPCRouter()
      for service in fixture.platform.services { service.registerMethods(with: &router) }
      #expect(
        router.methods.map(\.descriptor.path) == [
          "/artel.auth.v1.TokenService/CreateToken", "/artel.auth.v1.TokenService/GetKeySet",
          "/artel.tenancy.v1.TenantService/GetTenant",
        ])
    }
  }
}
