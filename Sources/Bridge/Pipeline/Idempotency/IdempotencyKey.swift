import RPC
import Transcoding

/// The key that a caller gives a call, so that a repeated one is known: `Idempotency-Key`
/// (draft-ietf-httpapi-idempotency-key-header), in gRPC the metadata of the same name.
enum IdempotencyKey {
  /// Reads the key of a call; nil without one.
  ///
  /// - Throws: `RPCError` with `.invalidArgument` where it is malformed, or there are two.
  static func of(_ metadata: Metadata) throws(RPCError) -> String? {
    let values = metadata[stringValues: "idempotency-key"]
    guard let value = values.first else { return nil }
    guard values.count == 1 else { throw invalid("is there twice") }
    guard let key = KeyText.read(value) else {
      throw invalid("must be a string in quotes (RFC 8941), or a token, of 255 characters at most")
    }
    return key
  }

  private static func invalid(_ description: String) -> RPCError {
    RPCError(
      code: .invalidArgument, reason: "IDEMPOTENCY_KEY_INVALID",
      message: "Idempotency-Key \(description)",
      violations: [.init(field: "Idempotency-Key", description: description)])
  }

  static let missing = RPCError(
    code: .invalidArgument, reason: "IDEMPOTENCY_KEY_REQUIRED",
    message: "the call needs an Idempotency-Key",
    violations: [.init(field: "Idempotency-Key", description: "is required")])

  static let reused = RPCError(
    code: .failedPrecondition, reason: "IDEMPOTENCY_KEY_REUSED",
    message: "the key came before with another request",
    violations: [.init(field: "Idempotency-Key", description: "came before with another request")])

  static let running = RPCError(
    code: .aborted, reason: "IDEMPOTENCY_KEY_RUNNING",
    message: "the first call of this key still runs", retryAfter: .seconds(1))
}
