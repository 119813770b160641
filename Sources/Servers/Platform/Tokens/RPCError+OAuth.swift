import Pipeline
import RPC

/// The errors of RFC 6749 section 5.2 and of the specifications beside it; the REST door writes them
/// as that section says.
extension RPCError {
  static func invalidRequest(_ why: String) -> RPCError {
    RPCError(code: .invalidArgument, reason: "INVALID_REQUEST", message: why)
  }

  /// One error for every way to be no client: unknown, wrong secret, disabled, suspended (S-C2).
  static let invalidClient = RPCError(
    code: .unauthenticated, reason: "INVALID_CLIENT", message: "the client is not authenticated")

  static let unsupportedGrantType = RPCError(
    code: .invalidArgument, reason: "UNSUPPORTED_GRANT_TYPE",
    message: "the grant type is not one of the metadata's")

  /// The client may not use a grant that others may.
  static let unauthorizedClient = RPCError(
    code: .invalidArgument, reason: "UNAUTHORIZED_CLIENT",
    message: "the client may not use this grant")

  static let invalidScope = RPCError(
    code: .invalidArgument, reason: "INVALID_SCOPE",
    message: "the scope is malformed, or the client is not registered for it")

  /// One error for every code and every refresh token that is worth nothing.
  static let invalidGrant = RPCError(
    code: .invalidArgument, reason: "INVALID_GRANT",
    message: "the code or the refresh token is not good, or was used")

  /// RFC 8707 section 2.
  static let invalidTarget = RPCError(
    code: .invalidArgument, reason: "INVALID_TARGET",
    message: "tokens for this resource are not issued here")

  /// Another client's token, by RFC 7009 section 2.1.
  static let foreignToken = RPCError(
    code: .invalidArgument, reason: "UNAUTHORIZED_CLIENT",
    message: "the token was issued to another client")
}
