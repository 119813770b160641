import LibCrypto
public import RPC

/// Tells what a token or a certificate is worth, by the same verifiers and the same list as every
/// call: for endpoints that are given a credential as a value.
public final class CredentialInspector: Sendable {
  private let tokens: TokenVerifier
  private let certificates: CertificateVerifier
  private let revocations: any RevocationList

  /// Creates an inspector.
  ///
  /// - Parameters:
  ///   - trustDomain: The host part of SPIFFE identifiers in client certificates.
  ///   - now: The clock, in seconds since 1970.
  public init(
    directory: any IdentityDirectory, revocations: any RevocationList, trustDomain: String,
    now: @escaping @Sendable () -> Int64
  ) {
    self.revocations = revocations
    tokens = TokenVerifier(directory: directory, now: now)
    certificates = CertificateVerifier(directory: directory, trustDomain: trustDomain, now: now)
  }

  /// Whose an access token is; nil where it is good for nothing, now or ever.
  ///
  /// - Throws: `RPCError`, UNAVAILABLE where nobody can tell.
  public func caller(token: String) async throws(RPCError) -> Caller? {
    do {
      return try live(try await tokens.verify(token))
    } catch is TokenError {
      return nil
    } catch {
      throw Self.unavailable(error)
    }
  }

  /// Whose a client certificate is that one of the tenant's authorities signed; nil where it is good
  /// for nothing.
  ///
  /// - Throws: `RPCError`, UNAVAILABLE where nobody can tell.
  public func caller(certificateOf peer: Peer) async throws(RPCError) -> Caller? {
    guard let pem = peer.certificatePEM else { return nil }
    do {
      return try live(try await certificates.verify(pem: pem, of: peer))
    } catch is CertificateRefusal {
      return nil
    } catch {
      throw Self.unavailable(error)
    }
  }

  /// Whether a certificate that needs no authority of the tenant's was not revoked.
  ///
  /// - Parameter thumbprint: Its `x5t#S256`.
  /// - Throws: `RPCError`, UNAVAILABLE where nobody can tell.
  public func isLive(
    certificate thumbprint: String, ofClient clientID: String, tenantID: String
  ) throws(RPCError) -> Bool {
    do {
      try revocations.check(
        Principal(
          kind: .service, subject: "clients/\(clientID)", clientID: clientID,
          certificateThumbprint: thumbprint, issuedAt: .max), tenantID: tenantID)
      return true
    } catch {
      guard error.code == .unauthenticated else { throw error }
      return false
    }
  }

  private func live(_ caller: Caller) throws(RPCError) -> Caller? {
    guard !caller.tenant.suspended else { return nil }
    do {
      try revocations.check(caller.principal, tenantID: caller.tenant.id)
    } catch {
      guard error.code == .unauthenticated else { throw error }
      return nil
    }
    return caller
  }

  private static func unavailable(_ error: any Error) -> RPCError {
    if let error = error as? RPCError { return error }
    return RPCError(
      code: .unavailable, reason: "IDENTITY_UNAVAILABLE",
      message: "credentials cannot be verified now", retryAfter: .seconds(1))
  }
}
