import RPC

/// The HTTP statuses of failed calls that differ from those of google/rpc/code.proto, in one table:
/// docs/http.md shows it, and a test compares both.
enum StatusTable {
  /// When a call's failure has another status than its code has.
  struct Exception: Sendable {
    /// The code of the failure; nil for any.
    var code: Status.Code?
    /// The `reason` of its google.rpc.ErrorInfo; nil for any.
    var reason: String?
    /// What the request's conditions have to do with it.
    var condition: Condition
    var httpCode: Int
  }

  enum Condition: Sendable {
    case always
    /// The request's `If-Match` was asked of the method.
    case ifMatch
    /// It was, and any state would have done.
    case ifMatchAny
    /// `If-None-Match: *` wanted that there is nothing yet.
    case ifNoneMatchAny
  }

  /// The first that fits counts. The contract's `error_statuses` go before all of them.
  static let exceptions: [Exception] = [
    Exception(code: .aborted, reason: nil, condition: .ifMatch, httpCode: 412),
    Exception(code: .notFound, reason: nil, condition: .ifMatchAny, httpCode: 412),
    Exception(
      code: .alreadyExists, reason: nil, condition: .ifNoneMatchAny, httpCode: 412),
    Exception(code: nil, reason: "PAYMENT_REQUIRED", condition: .always, httpCode: 402),
    Exception(code: nil, reason: "REQUEST_ID_REUSED", condition: .always, httpCode: 422),
    Exception(code: nil, reason: "IDEMPOTENCY_KEY_REUSED", condition: .always, httpCode: 422),
  ]

  /// The status of a failed call.
  ///
  /// - Parameters:
  ///   - reason: The reason of its google.rpc.ErrorInfo.
  ///   - statuses: The contract's `error_statuses`.
  ///   - ifMatch: What the request's `If-Match` asked of the method; nil where nothing.
  ///   - wantsAbsence: Whether a request that writes had `If-None-Match: *`.
  static func httpCode(
    _ status: Status.Code, reason: String?, statuses: [String: Int], ifMatch: String?,
    wantsAbsence: Bool
  ) -> Int {
    if let reason, let code = statuses[reason] { return code }
    for exception in exceptions {
      if let code = exception.code, code != status { continue }
      if let wanted = exception.reason, wanted != reason { continue }
      switch exception.condition {
      case .always: return exception.httpCode
      case .ifMatch: if ifMatch != nil { return exception.httpCode }
      case .ifNoneMatchAny: if wantsAbsence { return exception.httpCode }
      case .ifMatchAny: if ifMatch == "*" { return exception.httpCode }
      }
    }
    return HTTPStatus.code(for: status)
  }

  /// The statuses that this door gives without a call, with the reason of their
  /// google.rpc.ErrorInfo and what they are about. In 400's violations is more.
  static let own: [(httpCode: Int, reason: String, about: String)] = [
    (400, "REQUEST_INVALID", "not HTTP/1.1, or not what the method takes"),
    (403, "ORIGIN_NOT_ALLOWED", "a WebSocket of a page whose origin may not call"),
    (404, "PATH_NOT_FOUND", "no method has the path"),
    (405, "METHOD_NOT_ALLOWED", "the path has other HTTP methods: `Allow`"),
    (406, "NOT_ACCEPTABLE", "`Accept` admits none of the answer's types"),
    (408, "REQUEST_TIMEOUT", "the request took too long to arrive"),
    (412, "PRECONDITION_FAILED", "a condition of the request does not hold"),
    (413, "BODY_TOO_LARGE", "the body is beyond its limit"),
    (414, "TARGET_TOO_LONG", "the first line is beyond the limit of a head"),
    (415, "UNSUPPORTED_MEDIA_TYPE", "the body's type or coding: `Accept`, `Accept-Encoding`"),
    (417, "EXPECTATION_FAILED", "`Expect` asks for more than `100-continue`"),
    (421, "MISDIRECTED_REQUEST", "`Host` is not the name that TLS was made for"),
    (426, "UPGRADE_REQUIRED", "the method is spoken over a WebSocket of version 13: `Upgrade`"),
    (428, "PRECONDITION_REQUIRED", "the contract asks for `If-Match`"),
    (431, "HEADERS_TOO_LARGE", "the headers are beyond their limit"),
    (500, "INTERNAL", "an answer that cannot be printed"),
    (503, "UNAVAILABLE", "no memory for the body"),
    (504, "DEADLINE_EXCEEDED", "the caller's time was over before the call"),
    (505, "VERSION_NOT_SUPPORTED", "not a version of HTTP that is spoken here"),
  ]

  /// The reason of a failure of this door.
  static func reason(of httpCode: Int) -> String? {
    own.first { $0.httpCode == httpCode }?.reason
  }
}
