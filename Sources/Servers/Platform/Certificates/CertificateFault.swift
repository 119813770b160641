import Pipeline
import RPC

/// The refusals of the services for certificates and authorities.
enum CertificateFault {
  /// One error for every way in which a code does not count (S-C2).
  static let codeInvalid = RPCError(
    code: .unauthenticated, reason: "ENROLLMENT_CODE_INVALID",
    message: "the client and the code do not fit, or the code was used or has expired")

  /// Renewing is for who has a certificate.
  static let certificateMissing = RPCError(
    code: .unauthenticated, reason: "CERTIFICATE_MISSING",
    message: "the call has no client certificate of its own")

  static let clientDisabled = RPCError(
    code: .failedPrecondition, reason: "CLIENT_DISABLED", message: "the client is disabled")

  static let noAuthority = RPCError(
    code: .failedPrecondition, reason: "NO_AUTHORITY",
    message: "the tenant has no authority whose key is here")

  static let authorityInUse = RPCError(
    code: .failedPrecondition, reason: "AUTHORITY_IN_USE",
    message: "certificates of the authority are valid; force deletes it all the same")

  static let notBrought = RPCError(
    code: .failedPrecondition, reason: "AUTHORITY_NOT_BROUGHT",
    message: "the platform makes this authority's revocation list")
}
