import GeneratedAuth
import LibCrypto
import Pipeline
import RPC
import Storage

@testable import Platform

/// A token service on a fixture, with a clock of the test's own for what it remembers.
struct TokenEndpoint {
  let server: AuthorizationServer
  let revocations: RevocationFeed
  var service: TokenService { server.tokens }

  /// - Parameter revocations: a list of its own, as another process has it; nil for the fixture's.
  init(
    _ fixture: PlatformFixture, revocations: RevocationFeed? = nil,
    now: @escaping @Sendable () -> Int64 = { UnixTime.now() }
  ) {
    let clock = ManualClock()
    let revocations = revocations ?? fixture.platform.revocations
    self.revocations = revocations
    server = AuthorizationServer(
      PlatformConfiguration(
        baseDomain: fixture.baseDomain, applicationPool: fixture.app,
        directoryPool: fixture.directoryPool, vault: fixture.vault, egress: fixture.egress,
        now: now),
      directory: fixture.platform.directory, database: fixture.tenants,
      mint: TokenMint(
        keys: SigningKeys(
          database: fixture.tenants, vault: fixture.vault, revocations: revocations),
        baseDomain: fixture.baseDomain, now: now),
      secrets: SecretVerifier(now: clock.now), attempts: AttemptLimiter(now: clock.now),
      revocations: revocations, logger: .silent)
  }

  /// Asks for a token, by the form or by the header.
  func token(
    _ id: String = "", _ secret: String = "", scope: String = "",
    grant: String = "client_credentials", authorization: String? = nil,
    address: String = "ipv4:10.0.0.1:1"
  ) async throws -> Artel_Auth_V1_Token {
    try await service.createToken(
      request: .with {
        $0.grantType = grant
        $0.clientID = id
        $0.clientSecret = secret
        $0.scope = scope
      }, context: context(authorization, address: address))
  }

  func keySet(_ tenant: String) async throws -> Artel_Auth_V1_KeySet {
    try await service.getKeySet(request: .with { $0.tenant = tenant }, context: context())
  }

  /// Asks with a form of the test's own.
  func token(
    certificate: [UInt8]? = nil, authorization: String? = nil,
    _ populator: (inout Artel_Auth_V1_CreateTokenRequest) -> Void
  ) async throws -> Artel_Auth_V1_Token {
    try await service.createToken(
      request: .with {
        $0.grantType = "client_credentials"
        populator(&$0)
      }, context: context(authorization, certificate: certificate))
  }

  /// Asks for what comes next by a public client's refresh token.
  func refresh(
    _ token: String, by client: String = "app", scope: String = "", certificate: [UInt8]? = nil
  ) async throws -> Artel_Auth_V1_Token {
    try await self.token(certificate: certificate) {
      $0.grantType = "refresh_token"
      $0.refreshToken = token
      $0.clientID = client
      $0.scope = scope
    }
  }

  func revoke(
    _ token: String, by id: String, _ secret: String, hint: String = ""
  ) async throws {
    _ = try await service.revokeToken(
      request: .with {
        $0.token = token
        $0.tokenTypeHint = hint
        $0.clientID = id
        $0.clientSecret = secret
      }, context: context())
  }

  func introspect(
    _ token: String, by id: String, _ secret: String
  ) async throws -> Artel_Auth_V1_TokenIntrospection {
    try await service.introspectToken(
      request: .with {
        $0.token = token
        $0.clientID = id
        $0.clientSecret = secret
      }, context: context())
  }

  func context(
    _ authorization: String? = nil, address: String = "ipv4:10.0.0.1:1",
    certificate: [UInt8]? = nil
  ) -> ServerContext {
    var metadata = Metadata()
    if let authorization { metadata.add(authorization, for: "authorization") }
    return ServerContext(
      method: Artel_Auth_V1_TokenService.Method.CreateToken.descriptor, metadata: metadata,
      peer: Peer(address: address, certificatePEM: certificate, door: .rest))
  }
}
