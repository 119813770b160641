import Pipeline
import RPC

/// The refusals of a sign-in. None tells whether a login is somebody's.
enum SignInRefusal {
  /// What was proved is wrong: the password, the code.
  static let wrong = RPCError(
    code: .unauthenticated, reason: "PROOF_WRONG", message: "this is not right")

  /// There is no such sign-in, or it has ended, or wants something else now.
  static let ended = RPCError(
    code: .failedPrecondition, reason: "SIGN_IN_ENDED", message: "begin to sign in again")

  /// There is no such invitation, or it was used, or has ended.
  static let invitation = RPCError(
    code: .failedPrecondition, reason: "INVITATION_ENDED",
    message: "the invitation was used or has ended: ask for a new one")

  /// Codes are not taken here, or cannot be sent.
  static let codes = RPCError(
    code: .failedPrecondition, reason: "CODES_NOT_ALLOWED",
    message: "codes are not taken here: use the password")

  /// The sign-in has sent enough, or the login has got enough.
  static let sends = RPCError(
    code: .resourceExhausted, reason: "TOO_MANY_CODES",
    message: "too many codes were sent: use the last one, or the password")

  static let suspended = RPCError(
    code: .permissionDenied, reason: "TENANT_SUSPENDED", message: "the tenant is suspended")
}
