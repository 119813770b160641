import RPC

/// HTTP status codes: which one a gRPC code has, and their status lines.
enum HTTPStatus {
  /// The HTTP status that google/rpc/code.proto documents for a code.
  static func code(for status: Status.Code) -> Int {
    switch status {
    case .ok: 200
    case .cancelled: 499
    case .unknown, .internalError, .dataLoss: 500
    case .invalidArgument, .failedPrecondition, .outOfRange: 400
    case .deadlineExceeded: 504
    case .notFound: 404
    case .alreadyExists, .aborted: 409
    case .permissionDenied: 403
    case .resourceExhausted: 429
    case .unimplemented: 501
    case .unavailable: 503
    case .unauthenticated: 401
    }
  }

  /// The first line of a response; a code that is not known here has 500's.
  static func line(_ code: Int) -> StaticString {
    switch code {
    case 200: "HTTP/1.1 200 OK\r\n"
    case 204: "HTTP/1.1 204 No Content\r\n"
    case 400: "HTTP/1.1 400 Bad Request\r\n"
    case 401: "HTTP/1.1 401 Unauthorized\r\n"
    case 403: "HTTP/1.1 403 Forbidden\r\n"
    case 404: "HTTP/1.1 404 Not Found\r\n"
    case 405: "HTTP/1.1 405 Method Not Allowed\r\n"
    case 406: "HTTP/1.1 406 Not Acceptable\r\n"
    case 408: "HTTP/1.1 408 Request Timeout\r\n"
    case 409: "HTTP/1.1 409 Conflict\r\n"
    case 413: "HTTP/1.1 413 Content Too Large\r\n"
    case 415: "HTTP/1.1 415 Unsupported Media Type\r\n"
    case 417: "HTTP/1.1 417 Expectation Failed\r\n"
    case 429: "HTTP/1.1 429 Too Many Requests\r\n"
    case 431: "HTTP/1.1 431 Request Header Fields Too Large\r\n"
    case 499: "HTTP/1.1 499 Client Closed Request\r\n"
    case 501: "HTTP/1.1 501 Not Implemented\r\n"
    case 503: "HTTP/1.1 503 Service Unavailable\r\n"
    case 504: "HTTP/1.1 504 Gateway Timeout\r\n"
    default: "HTTP/1.1 500 Internal Server Error\r\n"
    }
  }
}
