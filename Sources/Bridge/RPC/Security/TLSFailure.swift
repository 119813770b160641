internal import COpenSSL

/// Why a certificate, a key, a root or a list cannot be used.
public struct ServerCredentialsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Why, for an operator.
  public let description: String
}

enum TLSFailure {
  /// The reason of this thread's last failure in libssl or libcrypto; empties the thread's queue of
  /// errors, which the core shares.
  static func take() -> String {
    let code = ERR_peek_last_error()
    ERR_clear_error()
    guard code != 0, let reason = ERR_reason_error_string(code) else { return "no reason given" }
    return String(cString: reason)
  }
}
