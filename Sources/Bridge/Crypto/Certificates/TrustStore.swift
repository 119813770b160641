import COpenSSL
import Mutation

/// The authorities whose clients are accepted: one store per tenant, never a shared one.
///
/// `@unchecked Sendable`: the X509_STORE is filled in `init` and only read after it; libcrypto
/// guards what reading changes (its cache of objects) with the store's own lock, since every
/// SSL_CTX shares one store among its connections.
public final class TrustStore: @unchecked Sendable {
  private let store: Owned
  private let intermediates: [Certificate]
  private let maximumIntermediates: Int

  /// More than any chain needs; a bound for what strangers send.
  private static let maximumPresented = 8

  /// Fills a store.
  ///
  /// - Parameters:
  ///   - roots: authorities that chains may end at; each signed by itself.
  ///   - intermediates: authorities that complete chains, not trusted by themselves.
  ///   - revocationLists: of some of them. An authority that has any is not believed without one
  ///     that it signed itself and whose next update is to come.
  ///   - maximumIntermediates: how many may stand between a client and a root.
  public init(
    roots: [Certificate], intermediates: [Certificate] = [],
    revocationLists: [CertificateRevocationList] = [], maximumIntermediates: Int = 2
  ) throws(CertificateError) {
    guard let store = Owned(X509_STORE_new(), free: X509_STORE_free) else {
      throw .native("trust store")
    }
    for root in roots {
      let native = try root.native()
      // Takes a reference of its own.
      guard X509_STORE_add_cert(store.pointer, native.pointer) == 1 else {
        throw .native("trust store")
      }
    }
    for list in revocationLists {
      let native = try list.native()
      if Mutation.isOn(.refusesEmptyLists), X509_CRL_get_REVOKED(native.pointer) == nil {
        throw .revocationUnknown("the list is empty")
      }
      // Takes a reference of its own.
      guard X509_STORE_add_crl(store.pointer, native.pointer) == 1 else {
        throw .native("trust store")
      }
    }
    if !revocationLists.isEmpty {
      X509_STORE_set_flags(
        store.pointer, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
      artel_store_excuse_missing_lists(store.pointer)
    }
    self.store = store
    self.intermediates = intermediates
    self.maximumIntermediates = maximumIntermediates
  }

  /// Verifies that an authority of this store issued a client's certificate: path validation of
  /// RFC 5280 section 6 with the strict checks of the profile, signatures and keys of at least 112
  /// bits of strength, clientAuth where purposes are named.
  ///
  /// `ClientCertificateProfile.check` says the rest about the client's own certificate.
  ///
  /// - Parameters:
  ///   - leaf: the client's certificate.
  ///   - chain: what the client presented besides, in any order.
  ///   - now: Unix seconds.
  /// - Returns: the root that the chain ends at.
  /// - Throws: the first thing that libcrypto found wrong.
  @discardableResult
  public func verifyClient(
    _ leaf: Certificate, chain: [Certificate] = [], now: Int64 = UnixTime.now()
  ) throws(CertificateError) -> Certificate {
    try verify(leaf, chain: chain, purpose: X509_PURPOSE_SSL_CLIENT, now: now)
  }

  /// Verifies that an authority is one of this store's roots, or comes of one through its
  /// intermediates.
  public func verifyAuthority(
    _ authority: Certificate, now: Int64 = UnixTime.now()
  ) throws(CertificateError) {
    _ = try verify(authority, chain: [], purpose: X509_PURPOSE_ANY, now: now)
  }

  private func verify(
    _ leaf: Certificate, chain: [Certificate], purpose: Int32, now: Int64
  ) throws(CertificateError) -> Certificate {
    defer { ERR_clear_error() }
    guard chain.count <= Self.maximumPresented else { throw .chainTooLong }
    let subject = try leaf.native()
    let untrusted = CertificateStack()
    for certificate in intermediates + chain { try untrusted.append(certificate) }
    guard let context = Owned(X509_STORE_CTX_new(), free: X509_STORE_CTX_free),
      X509_STORE_CTX_init(context.pointer, store.pointer, subject.pointer, untrusted.pointer) == 1,
      // Borrowed from `context`.
      let parameters = X509_STORE_CTX_get0_param(context.pointer),
      X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_X509_STRICT)) == 1,
      X509_VERIFY_PARAM_set_purpose(parameters, purpose) == 1
    else { throw .native("verification") }
    X509_VERIFY_PARAM_set_time(parameters, Int(now))
    X509_VERIFY_PARAM_set_depth(
      parameters, Int32(Mutation.isOn(.takesLongChains) ? 100 : maximumIntermediates))
    X509_VERIFY_PARAM_set_auth_level(parameters, 2)
    let verified = X509_verify_cert(context.pointer)
    guard verified == 1 else { throw Self.reason(context.pointer, leaf: leaf) }
    // Borrowed from `context`; the last of a verified chain is the root.
    guard let built = X509_STORE_CTX_get0_chain(context.pointer),
      let last = OPENSSL_sk_value(built, OPENSSL_sk_num(built) - 1),
      let der = encodedDER({ i2d_X509(OpaquePointer(last), $0) })
    else { throw .native("verification") }
    return try Certificate(der: der)
  }

  private static func reason(_ context: OpaquePointer, leaf: Certificate) -> CertificateError {
    let code = X509_STORE_CTX_get_error(context)
    switch code {
    case X509_V_ERR_CERT_HAS_EXPIRED: return .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: return .notYetValid
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
      X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return .unknownIssuer
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return .invalidSignature
    case X509_V_ERR_CERT_CHAIN_TOO_LONG: return .chainTooLong
    case X509_V_ERR_INVALID_CA, X509_V_ERR_PATH_LENGTH_EXCEEDED,
      X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      return .issuerNotAuthorized
    case X509_V_ERR_INVALID_PURPOSE: return .missingClientAuthentication
    case X509_V_ERR_PERMITTED_VIOLATION, X509_V_ERR_EXCLUDED_VIOLATION,
      X509_V_ERR_SUBTREE_MINMAX, X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE,
      X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX, X509_V_ERR_UNSUPPORTED_NAME_SYNTAX:
      return .nameConstraint
    case X509_V_ERR_CERT_REVOKED: return .revoked
    case X509_V_ERR_UNABLE_TO_GET_CRL, X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER,
      X509_V_ERR_CRL_SIGNATURE_FAILURE, X509_V_ERR_CRL_NOT_YET_VALID, X509_V_ERR_CRL_HAS_EXPIRED,
      X509_V_ERR_KEYUSAGE_NO_CRL_SIGN, X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
      return .revocationUnknown(String(cString: X509_verify_cert_error_string(Int(code))))
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: return .unknownCriticalExtension
    case X509_V_ERR_EE_KEY_TOO_SMALL: return .weakKey(leaf.publicKey.kind)
    case X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK:
      return .weakSignature(String(cString: X509_verify_cert_error_string(Int(code))))
    default: return .refused(String(cString: X509_verify_cert_error_string(Int(code))))
    }
  }
}
