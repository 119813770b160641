import LibCrypto
import Logging
import Mutation
import Pipeline
import RPC
import Storage

/// A client that has proved who it is, or a public one that has said it.
struct AuthenticatedClient: Sendable {
  let tenant: Tenant
  let client: RegisteredClient
  /// `x5t#S256` of the certificate that it showed on this connection; nil without one.
  let certificateThumbprint: String?

  /// What tokens are bound to (RFC 8705 section 3); nil where the client's are not.
  ///
  /// - Throws: `RPCError` with INVALID_REQUEST where there is nothing to bind to.
  func binding() throws(RPCError) -> String? {
    if Mutation.isOn(.issuesUnboundTokens) { return nil }
    // A token that nobody takes is not given.
    let isRequired = tenant.policy.requiresBoundTokens && client.kind != .user
    guard client.certificateBound || client.method.isByCertificate || isRequired else { return nil }
    guard let certificateThumbprint else {
      throw .invalidRequest("the client's tokens are bound to a certificate, and none was shown")
    }
    return certificateThumbprint
  }
}

/// Finds out which client calls an endpoint of OAuth 2.0, by the one method that the client is
/// registered with.
struct ClientAuthenticator: Sendable {
  let directory: PlatformDirectory
  let database: TenantDatabase
  let secrets: SecretVerifier
  let assertions: AssertionVerifier
  let inspector: CredentialInspector
  let attempts: AttemptLimiter
  let logger: Logger

  /// Authenticates the client of a request.
  ///
  /// Every way to be no client takes the same questions and, with a secret, the same derivations;
  /// all end in the same error (S-C2).
  ///
  /// - Throws: `RPCError`: INVALID_REQUEST or INVALID_CLIENT, RESOURCE_EXHAUSTED after too many
  ///   failures, UNAVAILABLE where nobody can tell.
  func authenticate(
    _ form: some ClientAuthenticationForm, _ context: ServerContext,
    deadline: ContinuousClock.Instant
  ) async throws -> AuthenticatedClient {
    let credentials = try ClientCredentials(form, metadata: context.metadata)
    let id = credentials.clientID
    let record = try await directory.client(id)
    let tenantID = record?.tenantID ?? TenantIdentifier.nobody
    let tenant = try await directory.tenant(id: tenantID)
    let client = try await RegisteredClient.read(
      ClientIdentifier.isValid(id) ? id : "-", tenantID: tenantID, from: database,
      deadline: deadline)
    let candidate = Candidate(
      tenant: tenant, client: client?.isLive == true ? client : nil,
      peer: context.peer)
    if let known = remembered(credentials.proof, candidate), mayCall(record, context.peer) {
      return known
    }
    if client == nil, Mutation.isOn(.tellsUnknownClients) {
      throw RPCError(code: .unauthenticated, reason: "UNKNOWN_CLIENT", message: "no such client")
    }
    let found = try await attempts.attempt(clientID: id, peer: context.peer, isReserved: false) {
      let found = try await prove(credentials.proof, candidate, deadline: deadline)
      // Asked last: a wrong address is told from a wrong secret by nothing.
      return found == nil || !mayCall(record, context.peer) ? nil : found
    }
    guard let found else {
      // The name is a stranger's text: without control characters, and not all of it.
      logger.notice(
        "client not authenticated",
        metadata: [
          "client": "\(id.prefix(64).debugDescription)", "peer": "\(context.peer.address)",
        ])
      throw RPCError.invalidClient
    }
    return found
  }

  /// Whether the client may call from there.
  private func mayCall(_ record: ClientRecord?, _ peer: Peer) -> Bool {
    guard let record else { return true }
    do {
      try record.addressRanges.check(peer)
      return true
    } catch {
      return false
    }
  }

  /// Who the client may be.
  private struct Candidate {
    let tenant: Tenant?
    /// Nil where there is none that is live.
    let client: RegisteredClient?
    let peer: Peer

    /// The hashes that a secret has to fit which came this way; none for another method's client.
    func hashes(_ way: ClientAuthenticationMethod) -> [String] {
      guard let client, client.method == way || client.method == .clientSecret else { return [] }
      return client.liveSecretHashes
    }

    var authenticated: AuthenticatedClient? {
      guard let tenant, let client else { return nil }
      let certificate = peer.certificatePEM.flatMap {
        try? Certificate(pem: String(decoding: $0, as: UTF8.self))
      }
      return AuthenticatedClient(
        tenant: tenant, client: client, certificateThumbprint: certificate?.thumbprint)
    }
  }

  /// The client whose secret was right a moment ago: costs microseconds.
  private func remembered(
    _ proof: ClientCredentials.Proof, _ candidate: Candidate
  ) -> AuthenticatedClient? {
    let isRemembered =
      switch proof {
      case .basic(let secret):
        secrets.remembers(secret, among: candidate.hashes(.clientSecretBasic))
      case .post(let secret): secrets.remembers(secret, among: candidate.hashes(.clientSecretPost))
      case .assertion, .none: false
      }
    return isRemembered ? candidate.authenticated : nil
  }

  private func prove(
    _ proof: ClientCredentials.Proof, _ candidate: Candidate, deadline: ContinuousClock.Instant
  ) async throws -> AuthenticatedClient? {
    let isProved =
      switch proof {
      case .basic(let secret):
        try await secrets.verify(
          secret, among: candidate.hashes(.clientSecretBasic),
          from: NetworkName.of(candidate.peer.address), deadline: deadline)
      case .post(let secret):
        try await secrets.verify(
          secret, among: candidate.hashes(.clientSecretPost),
          from: NetworkName.of(candidate.peer.address), deadline: deadline)
      case .assertion(let text):
        try await isProved(byAssertion: text, candidate, deadline: deadline)
      case .none: try await isProvedByConnection(candidate)
      }
    return isProved ? candidate.authenticated : nil
  }

  private func isProved(
    byAssertion text: String, _ candidate: Candidate, deadline: ContinuousClock.Instant
  ) async throws -> Bool {
    guard let tenant = candidate.tenant, let client = candidate.client,
      client.method == .privateKeyJWT
    else { return false }
    return try await assertions.verify(text, of: client, tenant: tenant, deadline: deadline)
  }

  /// By the certificate of the connection, or by the name alone where that is enough.
  private func isProvedByConnection(_ candidate: Candidate) async throws -> Bool {
    guard let tenant = candidate.tenant, let client = candidate.client else { return false }
    switch client.method {
    case .none: return true
    case .tlsClientAuth:
      guard let caller = try await inspector.caller(certificateOf: candidate.peer) else {
        return false
      }
      return caller.tenant.id == tenant.id && caller.principal.clientID == client.clientID
    case .selfSignedTLSClientAuth:
      guard let pem = candidate.peer.certificatePEM,
        let certificate = try? Certificate(pem: String(decoding: pem, as: UTF8.self)),
        certificate.publicKey.kind.isAcceptable,
        (certificate.notBefore...certificate.notAfter).contains(assertions.now())
      else { return false }
      return try client.certificateThumbprints.contains(certificate.thumbprint)
        && inspector.isLive(
          certificate: certificate.thumbprint, ofClient: client.clientID, tenantID: tenant.id)
    case .clientSecret, .clientSecretBasic, .clientSecretPost, .privateKeyJWT: return false
    }
  }
}
