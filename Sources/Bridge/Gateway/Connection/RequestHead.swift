/// The head of a request as it came: its first line and its header fields (RFC 9112 sections 3
/// and 5), checked for what its version allows there.
struct RequestHead {
  /// A method's name, which has a case.
  struct Method: Hashable, Sendable {
    let rawValue: String

    static var GET: Method { Method(rawValue: "GET") }
    static var HEAD: Method { Method(rawValue: "HEAD") }
    static var POST: Method { Method(rawValue: "POST") }
    static var PUT: Method { Method(rawValue: "PUT") }
    static var PATCH: Method { Method(rawValue: "PATCH") }
    static var DELETE: Method { Method(rawValue: "DELETE") }
    static var OPTIONS: Method { Method(rawValue: "OPTIONS") }
    static var CONNECT: Method { Method(rawValue: "CONNECT") }
    static var TRACE: Method { Method(rawValue: "TRACE") }
  }

  /// The version that the answer speaks: a later HTTP/1 is 1.1 (RFC 9110 section 2.5).
  enum Version: Sendable {
    case http1_0
    case http1_1
    case http2
  }

  /// How the end of the body is found (RFC 9112 section 6.3).
  enum Framing: Sendable, Equatable {
    /// That many bytes follow the head.
    case length(Int)
    /// Chunks follow it.
    case chunked
  }

  var method: Method
  /// The request target, as sent.
  var uri: String
  var version: Version
  /// The fields in their order; names are lower case, values have no space at their ends.
  var headers: [(name: String, value: String)]
  var framing: Framing
  /// Whether another request may follow on the connection.
  var isKeepAlive: Bool
}
