import Mutation
import NIOCore
import RPC
import Transcoding

/// One request while it arrives: its head as read, and the body so far.
struct IncomingRequest {
  /// What the head asks for.
  enum Action {
    case call(Route, values: [String])
    /// The connection becomes a WebSocket.
    case webSocket(WebSocketHandshake, Route, values: [String])
    /// OPTIONS: the methods of the path.
    case options(allow: [String])
    /// GET /healthz.
    case liveness
    /// GET /readyz.
    case readiness
    /// GET of what is there beside the routes.
    case document(StaticDocument)
    /// A method's own path, in gRPC, gRPC-Web or Connect.
    case rpc(RPCRequest)
    case fail(Failure)

    var isCall: Bool {
      if case .rpc = self { true } else { false }
    }
  }

  private(set) var action: Action
  private(set) var traits: AnswerTraits
  private(set) var headers: RequestHeaders?
  private(set) var query: Substring = ""
  /// How its body is taken; nil where there is none.
  var intake: Intake?
  /// The body, whole and without its coding.
  var body: ByteBuffer? { intake?.bytes }
  /// How many bytes came, in their coding.
  var bodyBytes: Int { intake?.received ?? 0 }

  /// The HTTP method.
  let verb: String

  /// Reads a head and finds its route.
  ///
  /// - Parameters:
  ///   - serverName: The name that TLS was made for; nil without one.
  ///   - peer: Who sent it.
  init(
    _ head: RequestHead, snapshot: Snapshot, core: GatewayCore, serverName: String?, peer: Peer
  ) {
    traits = AnswerTraits(
      isHead: head.method == .HEAD, framing: AnswerTraits.Framing(head.version),
      persistence: head.isKeepAlive ? (head.version == .http1_0 ? .keepSaid : .keep) : .close)
    verb = head.method.rawValue
    action = .fail(.malformed)
    // The decoder stops behind a request that may change the protocol.
    if head.method == .CONNECT { traits.persistence = .close }
    let headers = RequestHeaders(head, core.configuration.headers) {
      core.configuration.trustsTraces(peer)
    }
    self.headers = headers
    traits.isPrivate = headers.isAuthenticated
    traits.takesGzip = ContentCoding.prefersGzip(headers.acceptEncoding)
    // HTTP/1.0 has no place for trailers.
    traits.takesTrailers = headers.takesTrailers && traits.framing != .untilClose
    if headers.wantsUpgrade { traits.persistence = .close }
    traits.plan = AnswerPlan(headers, head.method, core)
    do throws(Failure) {
      if let serverName, let host = Self.host(head, headers),
        !HostField.names(host, serverName)
      {
        throw .misdirected
      }
      // The route says how errors look.
      if headers.wantsUpgrade, let socket = try webSocket(head, headers, snapshot.sockets, core) {
        action = socket
      } else {
        action = try route(head, headers, snapshot)
      }
      try checkNetwork(head, headers, core, peer)
      // A call's failure is told in its own protocol.
      if let failure = headers.failure, !action.isCall { throw failure }
    } catch {
      action = .fail(error)
    }
  }

  /// Asks who may have what the door answers by itself, and from whom it takes a body: calls without one
  /// are asked by their pipeline.
  private func checkNetwork(
    _ head: RequestHead, _ headers: RequestHeaders, _ core: GatewayCore, _ peer: Peer
  ) throws(Failure) {
    guard let refusal = core.configuration.refusal else { return }
    switch action {
    case .document, .options: break
    case .call, .rpc: if head.framing == .length(0) { return }
    case .webSocket, .liveness, .readiness, .fail: return
    }
    guard let error = refusal(core.caller(headers, peer).address) else { return }
    guard case .rpc(let call) = action else { throw Failure(error) }
    call.refuse(Failure(error))
  }

  /// Why the request fails, as far as its head tells.
  var failure: Failure? {
    guard case .fail(let failure) = action else { return nil }
    return failure
  }

  /// The server that a request is for.
  private static func host(_ head: RequestHead, _ headers: RequestHeaders) -> String? {
    guard !head.uri.utf8.starts(with: "/".utf8), let target = RequestTarget(head.uri) else {
      return headers.host
    }
    return target.authority.map(String.init) ?? headers.host
  }

  private mutating func route(
    _ head: RequestHead, _ headers: RequestHeaders, _ snapshot: Snapshot
  ) throws(Failure) -> Action {
    if head.method == .OPTIONS, head.uri == "*" {
      return .options(allow: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"])
    }
    guard let target = RequestTarget(head.uri) else { throw .malformed }
    query = target.query
    if target.path == "/healthz" || target.path == "/readyz" {
      switch head.method {
      case .GET, .HEAD: return target.path == "/healthz" ? .liveness : .readiness
      case .OPTIONS: return .options(allow: ["GET", "HEAD", "OPTIONS"])
      default: throw .methodNotAllowed(["GET", "HEAD", "OPTIONS"])
      }
    }
    if head.method == .POST, let type = headers.contentType, RPCDialect.claims(type),
      let call = try call(head, target, headers, snapshot.methods)
    {
      return take(call, head)
    }
    switch snapshot.routes.match(method: head.method.rawValue, path: target.path.utf8.span) {
    case .found(let route, let values):
      if route.isOwnPath, head.headers.contains(where: { $0.name == "connect-protocol-version" }),
        let call = try call(head, target, headers, snapshot.methods)
      {
        return take(call, head)
      }
      try found(route, target)
      return .call(route, values: values)
    case .methodNotAllowed(let allow):
      if Mutation.isOn(.takesTokenRequestsByGET),
        case .found(let route, let values) = snapshot.routes.match(
          method: "POST", path: target.path.utf8.span), route.hasOAuthErrors
      {
        try found(route, target)
        return .call(route, values: values)
      }
      if let document = try Self.document(head, target, snapshot) { return document }
      if head.method == .GET, let call = try call(head, target, headers, snapshot.methods) {
        return take(call, head)
      }
      if head.method == .OPTIONS { return .options(allow: allow) }
      throw .methodNotAllowed(allow)
    case .notFound:
      if let call = try call(head, target, headers, snapshot.methods) { return take(call, head) }
      if snapshot.sockets.needsUpgrade(target.path) { throw .upgradeRequired }
      if let document = try Self.document(head, target, snapshot) { return document }
      throw .notFound
    case .malformed(let variable):
      throw .malformedPath(variable)
    }
  }

  /// What is there where no route is.
  private static func document(
    _ head: RequestHead, _ target: RequestTarget, _ snapshot: Snapshot
  ) throws(Failure) -> Action? {
    guard let document = snapshot.documents[String(target.path)] else { return nil }
    switch head.method {
    case .GET, .HEAD: return .document(document)
    case .OPTIONS: return .options(allow: ["GET", "HEAD", "OPTIONS"])
    default: throw .methodNotAllowed(["GET", "HEAD", "OPTIONS"])
    }
  }
}

extension IncomingRequest {
  /// Opens a WebSocket; nil where the path has no stream, as for any upgrade that is not wanted
  /// (RFC 9110 section 7.8).
  private mutating func webSocket(
    _ head: RequestHead, _ headers: RequestHeaders, _ sockets: SocketRoutes, _ core: GatewayCore
  ) throws(Failure) -> Action? {
    guard head.method == .GET, WebSocketHandshake.isAsked(by: head),
      let target = RequestTarget(head.uri), let (route, values) = sockets.match(target.path)
    else { return nil }
    query = target.query
    try found(route, target)
    let handshake = try WebSocketHandshake(head) { origin in
      core.cors?.admits(origin) == true
        || headers.host.map { HostField.isOrigin(origin, of: $0) } ?? false
    }
    if handshake.token != nil, headers.isAuthenticated {
      throw .header("authorization", "is there twice")
    }
    return .webSocket(handshake, route, values: values)
  }

  /// What a route says of its answers.
  private mutating func found(_ route: Route, _ target: RequestTarget) throws(Failure) {
    traits.hasOAuthErrors = route.hasOAuthErrors
    traits.plan.hasOAuthErrors = route.hasOAuthErrors
    traits.plan.profile = route.answers
    traits.isCompressible = route.isCompressible
    guard target.hasAccessToken, !Mutation.isOn(.takesTokensInQueries) else { return }
    throw Failure(
      TranscodingError(
        kind: .invalidArgument, message: "an access token must not be in the query",
        violations: [
          FieldViolation(
            field: "access_token", description: "belongs into the header authorization",
            reason: "WRONG_PLACE")
        ]))
  }

  /// Metadata of a call has what REST has no use for.
  private mutating func take(_ call: Action, _ head: RequestHead) -> Action {
    if case .rpc = call { headers?.takeCall(head) }
    return call
  }
}

/// What an answer needs to know of its request.
struct AnswerTraits {
  enum Framing {
    case chunks
    /// HTTP/1.0: by the connection's end.
    case untilClose
    /// HTTP/2: by a flag.
    case frames

    init(_ version: RequestHead.Version) {
      switch version {
      case .http1_0: self = .untilClose
      case .http1_1: self = .chunks
      case .http2: self = .frames
      }
    }
  }

  /// HEAD: the answer has no body.
  var isHead: Bool
  /// How the end of a body of unknown length is found.
  var framing: Framing
  var persistence: ResponseHead.Persistence
  /// The caller showed a credential.
  var isPrivate = false
  /// Errors are RFC 6749's.
  var hasOAuthErrors = false
  /// The caller would rather have the answer in gzip.
  var takesGzip = false
  /// The answer has no secret that its compressed length could give away.
  var isCompressible = false
  /// The caller reads what stands behind a stream.
  var takesTrailers = false
  var plan = AnswerPlan()
}
