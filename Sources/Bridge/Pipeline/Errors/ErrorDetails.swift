import GeneratedGoogle
public import RPC
import SwiftProtobuf
public import Transcoding

extension RPCError {
  /// An error with details that a program can read: an ErrorInfo of the domain `artel`
  /// (AIP-193), and BadRequest and RetryInfo where they are given.
  ///
  /// - Parameters:
  ///   - reason: What happened, in UPPER_SNAKE_CASE; constant.
  ///   - message: The same for a developer to read.
  ///   - metadata: What varies in it.
  ///   - violations: The fields at fault.
  ///   - retryAfter: How long to wait before the next try.
  public init(
    code: Code, reason: String, message: String, metadata: [String: String] = [:],
    violations: [FieldViolation] = [], retryAfter: Duration? = nil
  ) {
    var status = Google_Rpc_Status()
    status.code = Int32(code.rawValue)
    status.message = message
    status.add(
      Google_Rpc_ErrorInfo.with {
        $0.reason = reason
        $0.domain = "artel"
        $0.metadata = metadata
      })
    if !violations.isEmpty {
      status.add(
        Google_Rpc_BadRequest.with {
          $0.fieldViolations = violations.map { violation in
            .with {
              $0.field = violation.field
              $0.description_p = violation.description
            }
          }
        })
    }
    if let retryAfter {
      status.add(
        Google_Rpc_RetryInfo.with {
          $0.retryDelay = Google_Protobuf_Duration(rounding: retryAfter)
        })
    }
    // Serializing fails only for messages with required fields; these have none.
    let bytes: [UInt8] = (try? status.serializedBytes()) ?? []
    self.init(code: code, message: message, statusDetails: bytes)
  }

  /// The reason of the error's ErrorInfo; nil without one.
  var reason: String? {
    guard let status = try? Google_Rpc_Status(serializedBytes: statusDetails) else { return nil }
    return status.details.lazy.compactMap { try? Google_Rpc_ErrorInfo(unpackingAny: $0) }
      .first?.reason
  }

  static let credentialMissing = RPCError(
    code: .unauthenticated, reason: "CREDENTIAL_MISSING", message: "the call needs a credential")
}

extension Google_Rpc_Status {
  fileprivate mutating func add(_ detail: some Message) {
    // Packing fails only for messages with required fields; google.rpc's have none.
    if let packed = try? Google_Protobuf_Any(message: detail) { details.append(packed) }
  }
}

extension Google_Protobuf_Duration {
  fileprivate init(rounding duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(seconds: seconds, nanos: Int32(attoseconds / 1_000_000_000))
  }
}
