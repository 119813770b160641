import RPC

/// What a call is spoken in: the protocol, how its messages are written, and what their media type
/// is called.
struct RPCDialect: Sendable {
  enum Form: Sendable {
    /// gRPC over HTTP/2, with trailers.
    case grpc
    /// gRPC-Web, whose trailers are the last frame of the body.
    case web
    /// The same in base64.
    case webText
    /// A bare message each way (Connect, "Unary-Request").
    case bare
    /// Messages in envelopes (Connect, "Streaming-Request").
    case connect
  }

  let form: Form
  let isJSON: Bool
  /// The type of the answer, which is that of the request.
  let contentType: String

  init(_ form: Form, isJSON: Bool, contentType: String) {
    self.form = form
    self.isJSON = isJSON
    self.contentType = contentType
  }

  /// Reads a media type; nil for one of none of the protocols.
  init?(contentType: String) {
    let type = (contentType.split(separator: ";").first ?? "").trimmingSpacesAndTabs.lowercased()
    let known: (Form, Bool)
    switch type {
    case "application/grpc", "application/grpc+proto": known = (.grpc, false)
    case "application/grpc+json": known = (.grpc, true)
    case "application/grpc-web", "application/grpc-web+proto": known = (.web, false)
    case "application/grpc-web+json": known = (.web, true)
    case "application/grpc-web-text", "application/grpc-web-text+proto":
      known = (.webText, false)
    case "application/proto": known = (.bare, false)
    case "application/json": known = (.bare, true)
    case "application/connect+proto": known = (.connect, false)
    case "application/connect+json": known = (.connect, true)
    default: return nil
    }
    self.init(known.0, isJSON: known.1, contentType: type)
  }

  /// Whether a media type belongs to no REST call, as most begin otherwise.
  static func claims(_ contentType: String) -> Bool {
    contentType.hasPrefix("application/grpc") || contentType.hasPrefix("application/connect+")
      || contentType.hasPrefix("application/proto")
  }

  /// What a method takes, for a 415.
  static func types(_ handler: RegisteredMethod.Handler) -> String {
    (handler.isUnary
      ? "application/json, application/proto"
      : "application/connect+json, application/connect+proto")
      + ", application/grpc, application/grpc-web, application/grpc-web-text"
  }

  /// Where a caller says how its messages are compressed, and what it takes.
  var codingFields: (sent: String, accepted: String) {
    switch form {
    case .grpc, .web, .webText: ("grpc-encoding", "grpc-accept-encoding")
    case .bare: ("content-encoding", "accept-encoding")
    case .connect: ("connect-content-encoding", "connect-accept-encoding")
    }
  }

  var isConnect: Bool {
    switch form {
    case .bare, .connect: true
    case .grpc, .web, .webText: false
    }
  }
}
