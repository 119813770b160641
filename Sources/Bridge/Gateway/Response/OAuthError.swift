import GeneratedGoogle
import RPC
import SwiftProtobuf

/// The error body of RFC 6749 section 5.2, for methods with `RestProfile.oauth_errors`.
enum OAuthError {
  /// `{"error":…,"error_description":…}`.
  ///
  /// The code is the `reason` of the failure's `google.rpc.ErrorInfo` in lower case, where there
  /// is one.
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
    case .invalidArgument, .unimplemented: "invalid_request"
    case .unauthenticated: "invalid_client"
    default: "server_error"
    }
  }

  private static func reason(_ statusDetails: [UInt8]) -> String? {
    // Details that cannot be read count as none.
    guard !statusDetails.isEmpty,
      let status = try? Google_Rpc_Status(serializedBytes: statusDetails)
    else { return nil }
    for detail in status.details where detail.isA(Google_Rpc_ErrorInfo.self) {
      guard let info = try? Google_Rpc_ErrorInfo(unpackingAny: detail), isReason(info.reason)
      else { continue }
      return info.reason.lowercased()
    }
    return nil
  }

  private static func isReason(_ reason: String) -> Bool {
    !reason.isEmpty && reason.utf8.count <= 63
      && reason.utf8.allSatisfy { byte in
        (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
      }
  }

  /// RFC 6749 allows printable ASCII without the quotation mark and the backslash.
  private static func descriptionByte(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x22: UInt8(ascii: "'")
    case 0x20...0x5B, 0x5D...0x7E: byte
    default: UInt8(ascii: "?")
    }
  }
}
