import RPC
import Transcoding

/// Why a request fails, as its answer needs it.
struct Failure: Error, Sendable {
  /// The HTTP status.
  var httpCode: Int
  /// The code of the AIP-193 body.
  var status: Status.Code
  var message: String
  /// The bytes of a `google.rpc.Status`; empty without details.
  var statusDetails: [UInt8] = []
  /// Metadata of the failed call; a few keys become headers.
  var metadata: Metadata = [:]
  /// What the `Allow` header of a 405 lists.
  var allow: [String] = []
  /// The answer lists the codings that a body may have.
  var listsCodings = false
  /// The types that a body may have, for a 415.
  var accepts: String?
  /// The request was for a method's own path: Connect's clients look for `Accept-Post`.
  var isOfCall = false
  /// A call that failed: the contract may have another status for it.
  var isCall = false
  /// The answer asks for a WebSocket.
  var asksForWebSocket = false
  /// How many seconds to wait before the next try.
  var retryAfter: Int?
  /// The language of the details' text for people.
  var contentLanguage: String?
  /// `Accept-Language` has had its say.
  var variesByLanguage = false
  /// The connection cannot be used any more: what follows on it may not be a request.
  var breaksConnection = false

  init(_ httpCode: Int, _ status: Status.Code, _ message: String, breaksConnection: Bool = false) {
    self.httpCode = httpCode
    self.status = status
    self.message = message
    self.breaksConnection = breaksConnection
  }

  /// A call that failed.
  init(_ error: RPCError) {
    httpCode = HTTPStatus.code(for: error.code.status)
    status = error.code.status
    message = error.message
    statusDetails = error.statusDetails
    metadata = error.metadata
    isCall = true
  }

  /// A request that does not bind to its message, or an answer that cannot be printed.
  init(_ error: TranscodingError) {
    switch error.kind {
    case .invalidArgument: self.init(400, .invalidArgument, error.message)
    case .tooLarge: self.init(413, .resourceExhausted, error.message)
    // What is wrong with the server's own bytes is nothing for the caller.
    case .corrupt: self.init(500, .internalError, "internal error")
    }
    if error.kind != .corrupt { statusDetails = error.statusDetails() }
  }

  static let malformed = Failure(
    400, .invalidArgument, "the request is not valid HTTP/1.1", breaksConnection: true)
  static let versionNotSupported = Failure(
    505, .invalidArgument, "this door speaks HTTP/1.1 and HTTP/2", breaksConnection: true)
  static let headTooLarge = Failure(
    431, .resourceExhausted, "the request head is too large", breaksConnection: true)
  static let targetTooLong = Failure(
    414, .invalidArgument, "the request target is too long", breaksConnection: true)
  static let preconditionFailed = Failure(
    412, .aborted, "the resource is not in the state that the request's conditions want")
  static let preconditionRequired = Failure(
    428, .failedPrecondition, "this method needs if-match: read the resource's etag before")
  static let misdirected = Failure(
    421, .invalidArgument, "host is not the name that this connection was made for",
    breaksConnection: true)
  static let bodyTooLarge = Failure(
    413, .resourceExhausted, "the request body is too large", breaksConnection: true)
  static let connectionFull = Failure(
    429, .resourceExhausted, "the requests of this connection hold too much at once")
  static let receiveTimeout = Failure(
    408, .deadlineExceeded, "the request took too long to arrive", breaksConnection: true)
  /// A handler's answer that is no message: nothing for the caller.
  static let corruptBody = Failure(500, .internalError, "internal error")
  static let notFound = Failure(404, .notFound, "no method has this path")
  static let deadline = RPCError(code: .deadlineExceeded, message: "the deadline has passed")

  /// A header field whose value is not one.
  static func header(_ name: String, _ reason: String) -> Failure {
    Failure(
      TranscodingError(
        kind: .invalidArgument, message: "\(name): \(reason)",
        violations: [
          FieldViolation(field: name, description: reason, reason: "INVALID_HEADER")
        ]))
  }

  /// A path that is known, with a method that is not.
  static func methodNotAllowed(_ allow: [String]) -> Failure {
    var failure = Failure(405, .unimplemented, "this path has no such HTTP method")
    failure.allow = allow
    return failure
  }
}

extension Failure {
  /// A path value that is not percent-encoded UTF-8.
  static func malformedPath(_ variable: String) -> Failure {
    let reason = "the path is not percent-encoded UTF-8"
    guard !variable.isEmpty else { return Failure(400, .invalidArgument, reason) }
    return Failure(
      TranscodingError(
        kind: .invalidArgument, message: "\(variable): \(reason)",
        violations: [
          FieldViolation(field: variable, description: reason, reason: "INVALID_TEXT")
        ]))
  }
}

extension RPCError {
  /// A failure as a call has it: without its HTTP status.
  init(_ failure: Failure) {
    self.init(
      code: Code(failure.status) ?? .unknown, message: failure.message,
      statusDetails: failure.statusDetails)
  }
}
