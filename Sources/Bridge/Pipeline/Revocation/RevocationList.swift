public import RPC

/// What was revoked, as far as this process knows. Asked for every call and for every open stream,
/// behind the verification of the credential: so it answers from memory and waits for nobody.
public protocol RevocationList: Sendable {
  /// Whether a verified credential is still good.
  ///
  /// - Throws: `RPCError`: UNAUTHENTICATED where the credential, its session, its client, its
  ///   subject, its certificate, its key or its tenant's credentials were revoked; UNAVAILABLE where
  ///   the list is too old to tell (security.md C30).
  func check(_ principal: Principal, tenantID: String) throws(RPCError)

  /// Has `action` run after every change of the list, for as long as the list lives.
  func onChange(_ action: @escaping @Sendable () -> Void)
}

extension RPCError {
  /// The reason of an error that says that a list of revocations is too old.
  package static let revocationsUnknown = RPCError(
    code: .unavailable, reason: "REVOCATIONS_UNAVAILABLE",
    message: "revocations cannot be looked up now", retryAfter: .seconds(1))

  /// A credential that was revoked.
  package static let credentialRevoked = RPCError(
    code: .unauthenticated, reason: "TOKEN_REVOKED", message: "the credential was revoked")
}
