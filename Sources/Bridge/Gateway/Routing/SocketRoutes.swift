import Logging
import RPC
import Transcoding

/// The paths at which a WebSocket opens: those of every method with a stream.
///
/// A WebSocket begins with a GET whatever the method's own verb is, so a path is looked for under
/// each of them, GET first.
struct SocketRoutes: Sendable {
  private static let verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"]

  private let table: RouteTable<Route>

  /// - Throws: `GatewayError` with `.badRoute`, as the routes of requests.
  init(
    schema: Schema, methods: [RegisteredMethod], isLenient: Bool
  ) throws(GatewayError) {
    let streaming = methods.filter { method in
      if case .unary = method.handler { false } else { true }
    }
    // What there is to say of a binding is said where it is a request's.
    let logger = Logger(label: "", factory: { _ in SwiftLogNoOpLogHandler() })
    table = try Routes.table(
      schema: schema, methods: streaming, isLenient: isLenient, logger: logger,
      where: { _, _ in true })
  }

  /// The stream of a path.
  func match(_ path: Substring) -> (Route, values: [String])? {
    for verb in Self.verbs {
      if case .found(let route, let values) = table.match(method: verb, path: path.utf8.span) {
        return (route, values)
      }
    }
    return nil
  }

  /// Whether a path is that of a method with two streams, which no request can speak.
  func needsUpgrade(_ path: Substring) -> Bool {
    Self.verbs.contains { verb in
      guard case .found(let route, _) = table.match(method: verb, path: path.utf8.span),
        case .bidirectionalStreaming = route.handler
      else { return false }
      return true
    }
  }
}
