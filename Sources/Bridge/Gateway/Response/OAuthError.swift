import GeneratedGoogle
import RPC
import SwiftProtobuf

/// The error body of RFC 6749 section 5.2, for methods with `RestProfile.oauth_errors`.
enum OAuthError {
  /// `{"error":…,"error_description":…}`.
  ///
  /// The code is the `reason` of the failure's `google.rpc.ErrorInfo` in lower case, where OAuth has
  /// such a code; clients know no others, so any other reason stands for what the status says.
  static func json(_ failure: Failure) -> [UInt8] {
    let code = reason(failure.statusDetails) ?? code(for: failure.status)
    var body = Array(#"{"error":""#.utf8)
    body += code.utf8
    body += #"","error_description":""#.utf8
    body += failure.message.utf8.map(descriptionByte)
    body += #""}"#.utf8
    return body
  }

  private static func code(for status: Status.Code) -> String {
    switch status {
    case .invalidArgument, .unimplemented, .failedPrecondition, .notFound, .outOfRange:
      "invalid_request"
    case .unauthenticated: "invalid_client"
    case .permissionDenied: "access_denied"
    case .unavailable, .resourceExhausted, .deadlineExceeded, .aborted: "temporarily_unavailable"
    default: "server_error"
    }
  }

  private static func reason(_ statusDetails: [UInt8]) -> String? {
    // Details that cannot be read count as none.
    guard !statusDetails.isEmpty,
      let status = try? Google_Rpc_Status(serializedBytes: statusDetails)
    else { return nil }
    for detail in status.details where detail.isA(Google_Rpc_ErrorInfo.self) {
      guard let info = try? Google_Rpc_ErrorInfo(unpackingAny: detail),
        let code = codes[info.reason]
      else { continue }
      return code
    }
    return nil
  }

  /// The registered error codes (RFC 6749 section 11.4) by the reasons that stand for them.
  private static let codes = Dictionary(
    uniqueKeysWithValues: [
      "access_denied", "authorization_pending", "consent_required", "expired_token",
      "insufficient_scope", "interaction_required", "invalid_client", "invalid_dpop_proof",
      "invalid_grant", "invalid_redirect_uri", "invalid_request", "invalid_scope",
      "invalid_target", "invalid_token", "login_required", "server_error", "slow_down",
      "temporarily_unavailable", "unauthorized_client", "unsupported_grant_type",
      "unsupported_response_type", "unsupported_token_type", "use_dpop_nonce",
    ].map { ($0.uppercased(), $0) })

  /// RFC 6749 allows printable ASCII without the quotation mark and the backslash.
  private static func descriptionByte(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x22: UInt8(ascii: "'")
    case 0x20...0x5B, 0x5D...0x7E: byte
    default: UInt8(ascii: "?")
    }
  }
}
