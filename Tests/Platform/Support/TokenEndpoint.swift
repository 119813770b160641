import GeneratedAuth
import LibCrypto
import Pipeline
import RPC
import Storage

@testable import Platform

/// A token service on a fixture, with a clock of the test's own for what it remembers.
struct TokenEndpoint {
  let service: TokenService

  init(_ fixture: PlatformFixture) {
    let clock = ManualClock()
    service = TokenService(
      directory: fixture.platform.directory, database: fixture.tenants,
      mint: TokenMint(
        keys: SigningKeys(database: fixture.tenants, envelope: fixture.envelope),
        baseDomain: fixture.baseDomain, now: { UnixTime.now() }),
      secrets: SecretVerifier(now: clock.now), attempts: AttemptLimiter(now: clock.now),
      logger: .silent)
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

  private func context(
    _ authorization: String? = nil, address: String = "ipv4:10.0.0.1:1"
  ) -> ServerContext {
    var metadata = Metadata()
    if let authorization { metadata.add(authorization, for: "authorization") }
    return ServerContext(
      method: Artel_Auth_V1_TokenService.Method.CreateToken.descriptor, metadata: metadata,
      peer: Peer(address: address, door: .rest))
  }
}
