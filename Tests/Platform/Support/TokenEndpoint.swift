import GeneratedAuth
import LibCrypto
import Pipeline
import RPC
import Storage

@testable import Platform

/// A token service on a fixture, with a clock of the test's own for what it remembers.
struct TokenEndpoint {
  let service: TokenService
  let revocations: RevocationFeed

  /// - Parameter revocations: a list of its own, as another process has it; nil for the fixture's.
  init(
    _ fixture: PlatformFixture, revocations: RevocationFeed? = nil,
    now: @escaping @Sendable () -> Int64 = { UnixTime.now() }
  ) {
    let clock = ManualClock()
    let revocations = revocations ?? fixture.platform.revocations
    self.revocations = revocations
    let inspector = CredentialInspector(
      directory: fixture.platform.directory, revocations: revocations,
      trustDomain: fixture.baseDomain.name, now: now)
    service = TokenService(
      directory: fixture.platform.directory,
      clients: ClientAuthenticator(
        directory: fixture.platform.directory, database: fixture.tenants,
        secrets: SecretVerifier(now: clock.now),
        assertions: AssertionVerifier(database: fixture.tenants, now: now), inspector: inspector,
        attempts: AttemptLimiter(now: clock.now), logger: .silent),
      issuer: TokenIssuer(
        database: fixture.tenants,
        mint: TokenMint(
          keys: SigningKeys(database: fixture.tenants, envelope: fixture.envelope),
          baseDomain: fixture.baseDomain, now: now)),
      status: TokenStatus(
        database: fixture.tenants, inspector: inspector, revocations: revocations, now: now))
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
    certificate: [UInt8]? = nil, _ populator: (inout Artel_Auth_V1_CreateTokenRequest) -> Void
  ) async throws -> Artel_Auth_V1_Token {
    try await service.createToken(
      request: .with {
        $0.grantType = "client_credentials"
        populator(&$0)
      }, context: context(certificate: certificate))
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

  private func context(
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
