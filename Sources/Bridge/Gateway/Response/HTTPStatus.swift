import NIOCore
import RPC

/// HTTP status codes: which one a gRPC code has, and what they are called.
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

  /// Writes the first line of a response.
  static func write(_ code: Int, to buffer: inout ByteBuffer) {
    if code == 200 { return _ = buffer.writeStaticString("HTTP/1.1 200 OK\r\n") }
    buffer.writeStaticString("HTTP/1.1 ")
    buffer.writeDecimal(code)
    buffer.writeStaticString(" ")
    buffer.writeStaticString(phrase(code))
    buffer.writeStaticString("\r\n")
  }

  /// What a status is called; empty, as RFC 9112 section 4 allows it, for one that has no name.
  static func phrase(_ code: Int) -> StaticString {
    switch code {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 203: "Non-Authoritative Information"
    case 204: "No Content"
    case 303: "See Other"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 402: "Payment Required"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 416: "Range Not Satisfiable"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 423: "Locked"
    case 424: "Failed Dependency"
    case 425: "Too Early"
    case 426: "Upgrade Required"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 451: "Unavailable For Legal Reasons"
    case 499: "Client Closed Request"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    case 507: "Insufficient Storage"
    case 511: "Network Authentication Required"
    default: ""
    }
  }
}
