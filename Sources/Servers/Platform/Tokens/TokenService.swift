import GeneratedAuth
import LibCrypto
import Logging
import Pipeline
import RPC
import Storage

/// The token endpoint: client credentials alone (RFC 6749 section 4.4), and the keys that verify
/// what it issues.
struct TokenService: Artel_Auth_V1_TokenService.SimpleServiceProtocol {
  /// The longest that issuing may take where the caller would wait longer.
  private static let patience: Duration = .seconds(10)

  let directory: PlatformDirectory
  let database: TenantDatabase
  let mint: TokenMint
  let secrets: SecretVerifier
  let attempts: AttemptLimiter
  let logger: Logger

  func createToken(
    request: Artel_Auth_V1_CreateTokenRequest, context: ServerContext
  ) async throws -> Artel_Auth_V1_Token {
    guard !request.grantType.isEmpty else { throw RPCError.invalidRequest("grant_type is missing") }
    guard request.grantType == "client_credentials" else { throw RPCError.unsupportedGrantType }
    let credentials = try ClientCredentials(request, metadata: context.metadata)
    let latest = ContinuousClock.now + Self.patience
    let deadline = context.deadline.map { min($0, latest) } ?? latest
    let (tenant, client) = try await authenticate(credentials, context.peer, deadline: deadline)
    let scopes = try Self.scopes(request.scope, of: client)
    return try await issue(scopes, to: client, of: tenant, deadline: deadline)
  }

  func getKeySet(
    request: Artel_Auth_V1_GetKeySetRequest, context: ServerContext
  ) async throws -> Artel_Auth_V1_KeySet {
    guard let tenant = try await directory.tenant(named: request.tenant) else {
      throw RPCError(
        code: .notFound, reason: "TENANT_NOT_FOUND", message: "there is no tenant of this name")
    }
    let keys = try await directory.keySet(tenantID: tenant.id)
    return .with {
      $0.keys = keys.map { key in
        .with {
          $0.kty = "EC"
          $0.use = "sig"
          $0.alg = "ES256"
          $0.kid = key.kid
          $0.crv = "P-256"
          $0.x = key.x
          $0.y = key.y
        }
      }
    }
  }

  /// Every way to be no client takes the same questions and the same derivations, and ends in the
  /// same error.
  private func authenticate(
    _ credentials: ClientCredentials, _ peer: Peer, deadline: ContinuousClock.Instant
  ) async throws -> (Tenant, RegisteredClient) {
    let id = credentials.clientID
    let record = try await directory.client(id)
    let tenantID = record?.tenantID ?? TenantIdentifier.nobody
    let tenant = try await directory.tenant(id: tenantID)
    let client = try await RegisteredClient.read(
      ClientIdentifier.isValid(id) ? id : "-", tenantID: tenantID, from: database,
      deadline: deadline)
    let hashes = client?.liveSecretHashes ?? []
    if let tenant, let client, secrets.remembers(credentials.secret, among: hashes) {
      return (tenant, client)
    }
    try attempts.admit(clientID: id, peer: peer)
    let fits = try await secrets.verify(credentials.secret, among: hashes, deadline: deadline)
    guard fits, let tenant, let client else {
      attempts.failed(clientID: id, peer: peer)
      // The name is a stranger's text: without control characters, and not all of it.
      logger.notice(
        "client not authenticated",
        metadata: ["client": "\(id.prefix(64).debugDescription)", "peer": "\(peer.address)"])
      throw RPCError.invalidClient
    }
    return (tenant, client)
  }

  /// The scopes asked for, or all of the client's where it asks for none; never others (S-C10).
  private static func scopes(
    _ requested: String, of client: RegisteredClient
  ) throws(RPCError) -> [String] {
    guard !requested.isEmpty else { return client.scopes }
    guard let scopes = ScopeList.parse(requested), scopes.allSatisfy(client.scopes.contains) else {
      throw .invalidScope
    }
    return scopes
  }

  private func issue(
    _ scopes: [String], to client: RegisteredClient, of tenant: Tenant,
    deadline: ContinuousClock.Instant
  ) async throws -> Artel_Auth_V1_Token {
    let minted = try await mint.mint(
      TokenMint.Grant(
        kind: client.kind, subject: client.clientID, clientID: client.clientID, scopes: scopes),
      tenant: tenant)
    // A token that the audit does not know is not handed out.
    try await database.change(
      as: Actor(tenantID: tenant.id, service: "tokens"),
      action: "artel.auth.v1.TokenService/CreateToken", deadline: deadline
    ) { change in
      try await change.record(
        resource: "clients/\(client.clientID)", change: "token \(minted.identifier) issued")
    }
    return .with {
      $0.accessToken = minted.token
      $0.tokenType = "Bearer"
      $0.expiresIn = minted.life
      $0.scope = scopes.joined(separator: " ")
    }
  }
}
