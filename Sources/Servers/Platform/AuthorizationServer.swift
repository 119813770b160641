import LibCrypto
import Logging
import Pipeline
import RPC
import Storage

/// The parts of the authorization server, put together.
struct AuthorizationServer: Sendable {
  let tokens: TokenService
  let metadata: MetadataService
  let authorization: AuthorizationService

  var services: [any RegistrableRPCService] { [tokens, metadata, authorization] }

  init(
    _ configuration: PlatformConfiguration, directory: PlatformDirectory,
    database: TenantDatabase, mint: TokenMint, secrets: SecretVerifier,
    attempts: AttemptLimiter = AttemptLimiter(), revocations: RevocationFeed, logger: Logger
  ) {
    let (vault, now) = (configuration.vault, configuration.now)
    let inspector = CredentialInspector(
      directory: directory, revocations: revocations, trustDomain: configuration.baseDomain.name,
      now: now)
    let issuer = TokenIssuer(database: database, mint: mint)
    tokens = TokenService(
      directory: directory,
      clients: ClientAuthenticator(
        directory: directory, database: database, secrets: secrets,
        assertions: AssertionVerifier(database: database, now: now), inspector: inspector,
        attempts: attempts, logger: logger),
      issuer: issuer,
      codes: AuthorizationCodeGrant(
        database: database, issuer: issuer, vault: vault, revocations: revocations, now: now),
      refreshes: RefreshTokenGrant(
        database: database, issuer: issuer, vault: vault, revocations: revocations, now: now),
      status: TokenStatus(
        database: database, inspector: inspector, revocations: revocations, vault: vault,
        now: now))
    metadata = MetadataService(directory: directory, baseDomain: configuration.baseDomain)
    authorization = AuthorizationService(
      directory: directory, database: database, issuer: issuer,
      browsers: BrowserSessions(
        directory: directory, database: database, revocations: revocations, now: now),
      now: now)
  }
}
