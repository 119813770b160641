import GeneratedGoogle
import SwiftProtobuf

/// One field that is wrong, as `google.rpc.BadRequest.FieldViolation` names it.
public struct FieldViolation: Sendable, Equatable {
  /// The path from the request message, in the names of the contract: `sub.tags[2]`, where list
  /// positions count from 1 as error_details.proto has it; `labels["key"]` in a map. A name that no
  /// field has is given as the caller wrote it. Empty where the request as a whole is wrong.
  public var field: String
  /// What is wrong with it, for people.
  public var description: String
  /// What is wrong with it, for programs: `UNKNOWN_FIELD`, `OUT_OF_RANGE` and so on; may be empty.
  public var reason: String

  /// Makes a violation.
  public init(field: String, description: String, reason: String = "") {
    self.field = field
    self.description = description
    self.reason = reason
  }
}

/// Why a request cannot be bound to its message, or a response not be printed.
public struct TranscodingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Whose fault it is.
  public enum Kind: Sendable, Equatable {
    /// The caller's: the request does not fit its contract. INVALID_ARGUMENT.
    case invalidArgument
    /// The caller's: the request takes more memory than one call may. RESOURCE_EXHAUSTED.
    case tooLarge
    /// Ours: a message is not what its type says. INTERNAL.
    case corrupt
  }

  /// Whose fault it is.
  public var kind: Kind
  /// The whole reason in one sentence.
  public var message: String
  /// The fields that are wrong; empty unless the kind is `invalidArgument`.
  public var violations: [FieldViolation]

  /// Makes an error.
  public init(kind: Kind, message: String, violations: [FieldViolation] = []) {
    self.kind = kind
    self.message = message
    self.violations = violations
  }

  public var description: String { message }

  /// The number of the status in `google.rpc.Code`: 3, 8 or 13.
  public var code: Int {
    switch kind {
    case .invalidArgument: Google_Rpc_Code.invalidArgument.rawValue
    case .tooLarge: Google_Rpc_Code.resourceExhausted.rawValue
    case .corrupt: Google_Rpc_Code.internal.rawValue
    }
  }

  /// A serialized `google.rpc.Status` with a `google.rpc.BadRequest` that holds the violations, for
  /// the trailer `grpc-status-details-bin` or for `StatusPrinter`.
  public func statusDetails() -> [UInt8] {
    var status = Google_Rpc_Status()
    status.code = Int32(code)
    status.message = message
    if !violations.isEmpty {
      var request = Google_Rpc_BadRequest()
      request.fieldViolations = violations.map { violation in
        .with {
          $0.field = violation.field
          $0.description_p = violation.description
          $0.reason = violation.reason
        }
      }
      // Neither type has required fields, so neither can fail to serialize.
      if let detail = try? Google_Protobuf_Any(message: request) { status.details = [detail] }
    }
    let bytes: [UInt8]? = try? status.serializedBytes()
    return bytes ?? []
  }
}

extension TranscodingError {
  /// The request is wrong at one field.
  static func invalid(
    _ field: String, _ description: String, reason: String = "INVALID_VALUE"
  ) -> TranscodingError {
    TranscodingError(
      kind: .invalidArgument, message: field.isEmpty ? description : "\(field): \(description)",
      violations: [FieldViolation(field: field, description: description, reason: reason)])
  }
}
