import GeneratedOptions
import Logging
import Mutation
import RPC
import Telemetry

/// Finds out who calls: by a bearer token, by a client certificate, or by both, which then have to
/// name the same tenant.
final class Authenticator: Sendable {
  private let tokens: TokenVerifier
  private let certificates: CertificateVerifier
  private let revocations: (any RevocationList)?
  private let standing: Standing
  private let hosts: TenantHosts
  private let logger: Logger
  private let refusals: RefusalLog

  init(
    tokens: TokenVerifier, certificates: CertificateVerifier, hosts: TenantHosts,
    revocations: (any RevocationList)? = nil, cell: String, logger: Logger
  ) {
    self.tokens = tokens
    self.certificates = certificates
    self.hosts = hosts
    self.revocations = revocations
    standing = Standing(revocations: revocations, cell: cell)
    self.logger = logger
    refusals = RefusalLog(logger)
  }

  /// Verifies the call's credentials.
  ///
  /// - Parameter rows: What the called method's contract says of people's reach.
  /// - Throws: `RPCError`: UNAUTHENTICATED without a good credential, PERMISSION_DENIED where two
  ///   good ones disagree or the tenant is suspended, UNAVAILABLE where nobody can tell.
  func authenticate(
    _ context: ServerContext, _ rows: Artel_Options_V1_Rows = .own
  ) async throws(RPCError) -> Caller {
    let caller = try await identify(context, rows)
    try check(caller, context)
    return caller
  }

  /// Finds out who calls, and asks nothing else.
  func identify(
    _ context: ServerContext, _ rows: Artel_Options_V1_Rows
  ) async throws(RPCError) -> Caller {
    let caller = try await caller(context, rows)
    let isForeign: Bool
    do {
      isForeign = try await hosts.isForeign(context.peer.serverName, to: caller.tenant)
    } catch {
      throw unavailable(error)
    }
    guard !isForeign else {
      throw refused("TOKEN_INVALID", "the credential is of another tenant than this host")
    }
    return caller
  }

  /// Whether a verified caller may come in, whatever it calls.
  func check(_ caller: Caller, _ context: ServerContext) throws(RPCError) {
    try standing.check(caller)
    try caller.tenant.policy.addressRanges.check(context.peer)
    try caller.addressRanges.check(context.peer)
    // A header may only agree with the credential, never choose (security.md D13).
    if let named = context.metadata.first("x-tenant-id"),
      named != caller.tenant.id, named != caller.tenant.name,
      !Mutation.isOn(.ignoresNamedTenant)
    {
      throw RPCError(
        code: .permissionDenied, reason: "TENANT_MISMATCH",
        message: "the credential is of another tenant")
    }
  }

  private func caller(
    _ context: ServerContext, _ rows: Artel_Options_V1_Rows
  ) async throws(RPCError) -> Caller {
    let bearer = try await byToken(context, rows)
    let certificate = try await byCertificate(context, beside: bearer)
    guard let bearer else {
      guard let certificate else { throw .credentialMissing }
      return certificate
    }
    if certificate === bearer { return bearer }
    if let bound = bearer.principal.certificateThumbprint,
      bound != certificate?.principal.certificateThumbprint, !Mutation.isOn(.ignoresBindings)
    {
      throw refused("TOKEN_INVALID", "the token is bound to another certificate")
    }
    if bearer.tenant.policy.requiresBoundTokens, bearer.principal.isClient,
      bearer.principal.certificateThumbprint == nil, !Mutation.isOn(.takesUnboundTokens)
    {
      throw refused("TOKEN_INVALID", "the tenant requires tokens bound to a certificate")
    }
    guard let certificate else { return bearer }
    // The token may be another client's: the certificate has to be good by itself.
    try revocations?.check(certificate.principal, tenantID: certificate.tenant.id)
    guard certificate.tenant.id == bearer.tenant.id || Mutation.isOn(.mixesCredentials) else {
      throw RPCError(
        code: .permissionDenied, reason: "TENANT_MISMATCH",
        message: "the token and the certificate are of different tenants")
    }
    var principal = bearer.principal
    principal.certificateThumbprint = certificate.principal.certificateThumbprint
    principal.expiresAt = [bearer.principal.expiresAt, certificate.principal.expiresAt]
      .compactMap { $0 }.min()
    return Caller(
      tenant: bearer.tenant, principal: principal, addressRanges: bearer.addressRanges, rows: rows)
  }

  private func byToken(
    _ context: ServerContext, _ rows: Artel_Options_V1_Rows
  ) async throws(RPCError) -> Caller? {
    let values = context.metadata[stringValues: "authorization"]
    guard let value = values.first else { return nil }
    guard values.count == 1 || Mutation.isOn(.takesTwoAuthorizations) else {
      throw RPCError(
        code: .invalidArgument, reason: "AUTHORIZATION_REPEATED",
        message: "the call has more than one authorization")
    }
    guard value.utf8.count > 7, value.prefix(7).lowercased() == "bearer " else {
      throw refused("TOKEN_INVALID", "the authorization is not a bearer token")
    }
    do {
      return try await tokens.verify(
        String(value.dropFirst(7)), from: context.peer.address, rows)
    } catch let error as TokenError {
      refusals.write(.info, "token refused", why: "\(error)", peer: context.peer.address)
      throw error == .expired
        ? refused("TOKEN_EXPIRED", "the token has expired")
        : refused("TOKEN_INVALID", "the token is not valid")
    } catch let error as RPCError where error.code == .resourceExhausted {
      throw error
    } catch {
      throw unavailable(error)
    }
  }

  /// - Returns: `bearer` itself where its token is bound to a certificate that nobody signed: such a
  ///   client is known by its tokens alone (RFC 8705 section 2.2).
  private func byCertificate(
    _ context: ServerContext, beside bearer: Caller?
  ) async throws(RPCError) -> Caller? {
    guard let pem = context.peer.certificatePEM else { return nil }
    do {
      return try await certificates.verify(pem: pem, of: context.peer)
    } catch let refusal as CertificateRefusal {
      if let bound = bearer?.principal.certificateThumbprint,
        SelfSignedCertificate.thumbprint(pem, now: certificates.now()) == bound
      {
        return bearer
      }
      refusals.write(
        .warning, "certificate refused", why: refusal.reason, peer: context.peer.address)
      throw refused("CERTIFICATE_INVALID", "the client certificate is not valid here")
    } catch {
      throw unavailable(error)
    }
  }

  private func refused(_ reason: String, _ message: String) -> RPCError {
    RPCError(code: .unauthenticated, reason: reason, message: message)
  }

  /// Nobody could tell whether the credential is good: the call fails closed.
  private func unavailable(_ error: any Error) -> RPCError {
    logger.error("identity unavailable", metadata: ["error": "\(error)"])
    return RPCError(
      code: .unavailable, reason: "IDENTITY_UNAVAILABLE",
      message: "credentials cannot be verified now", retryAfter: .seconds(1))
  }
}
