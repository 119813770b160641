import NIOCore
import NIOHTTP1
import RPC
import Transcoding

/// One request while it arrives: its head as read, and the body so far.
struct IncomingRequest {
  /// What the head asks for.
  enum Action {
    case call(Route, values: [String])
    /// OPTIONS: the methods of the path.
    case options(allow: [String])
    /// GET /healthz.
    case liveness
    case fail(Failure)
  }

  private(set) var action: Action
  private(set) var traits: AnswerTraits
  private(set) var headers: RequestHeaders?
  private(set) var query: Substring = ""
  private(set) var body: ByteBuffer?
  private(set) var bodyBytes = 0

  /// Reads a head and finds its route.
  init(_ head: HTTPRequestHead, routes: RouteTable<Route>) {
    traits = AnswerTraits(
      isHead: head.method == .HEAD, isHTTP10: head.version == .http1_0,
      persistence: head.isKeepAlive ? (head.version == .http1_0 ? .keepSaid : .keep) : .close)
    action = .fail(.malformed)
    // The decoder stops behind a request that may change the protocol.
    if head.method == .CONNECT { traits.persistence = .close }
    var headersFailure: Failure?
    do throws(Failure) {
      let headers = try RequestHeaders(head)
      self.headers = headers
      traits.isPrivate = headers.isAuthenticated
      if headers.wantsUpgrade { traits.persistence = .close }
    } catch {
      headersFailure = error
    }
    do throws(Failure) {
      // What breaks the connection goes before all else; then the route says how errors look.
      if let headersFailure, headersFailure.breaksConnection { throw headersFailure }
      action = try route(head, routes)
      if let headersFailure { throw headersFailure }
    } catch {
      action = .fail(error)
    }
  }

  /// Why the request fails, as far as its head tells.
  var failure: Failure? {
    guard case .fail(let failure) = action else { return nil }
    return failure
  }

  /// Adds a part of the body; false when it is greater than the limit.
  mutating func append(_ part: ByteBuffer, limit: Int) -> Bool {
    bodyBytes += part.readableBytes
    guard bodyBytes <= limit else {
      body = nil
      return false
    }
    // A request that fails has its body read, so that the next one can follow, but not kept.
    guard failure == nil else { return true }
    var part = part
    if body == nil { body = part } else { body?.writeBuffer(&part) }
    return true
  }

  private mutating func route(
    _ head: HTTPRequestHead, _ routes: RouteTable<Route>
  ) throws(Failure) -> Action {
    if head.method == .OPTIONS, head.uri == "*" {
      return .options(allow: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"])
    }
    guard let target = RequestTarget(head.uri) else { throw .malformed }
    query = target.query
    if target.path == "/healthz" {
      switch head.method {
      case .GET, .HEAD: return .liveness
      case .OPTIONS: return .options(allow: ["GET", "HEAD", "OPTIONS"])
      default: throw .methodNotAllowed(["GET", "HEAD", "OPTIONS"])
      }
    }
    switch routes.match(method: head.method.rawValue, path: target.path.utf8.span) {
    case .found(let route, let values):
      traits.hasOAuthErrors = route.hasOAuthErrors
      if target.hasAccessToken {
        throw Failure(400, .invalidArgument, "an access token must not be in the query")
      }
      return .call(route, values: values)
    case .methodNotAllowed(let allow):
      if head.method == .OPTIONS { return .options(allow: allow) }
      throw .methodNotAllowed(allow)
    case .notFound:
      throw .notFound
    case .malformed(let variable):
      throw .malformedPath(variable)
    }
  }
}

/// What an answer needs to know of its request.
struct AnswerTraits {
  /// HEAD: the answer has no body.
  var isHead: Bool
  var isHTTP10: Bool
  var persistence: ResponseHead.Persistence
  /// The caller showed a credential.
  var isPrivate = false
  /// Errors are RFC 6749's.
  var hasOAuthErrors = false
}
