import Pipeline
import RPC

/// The errors of RFC 6749 section 5.2; the REST door writes them as that section says.
extension RPCError {
  static func invalidRequest(_ why: String) -> RPCError {
    RPCError(code: .invalidArgument, reason: "INVALID_REQUEST", message: why)
  }

  /// One error for every way to be no client: unknown, wrong secret, disabled, suspended (S-C2).
  static let invalidClient = RPCError(
    code: .unauthenticated, reason: "INVALID_CLIENT", message: "the client is not authenticated")

  static let unsupportedGrantType = RPCError(
    code: .invalidArgument, reason: "UNSUPPORTED_GRANT_TYPE",
    message: "the grant type is not client_credentials")

  static let invalidScope = RPCError(
    code: .invalidArgument, reason: "INVALID_SCOPE",
    message: "the scope is malformed, or the client is not registered for it")
}
