import NIOCore
import RPC
import Transcoding

/// What a handler is called with, made from one whole request.
struct CallRequest {
  let message: MessageBytes
  /// How a stream is answered; nil for an unary method.
  let format: StreamFormat?
  let deadline: ContinuousClock.Instant?

  /// Binds a request to its message.
  ///
  /// - Parameter patience: How long a unary handler may take if the caller names no less.
  /// - Throws: `Failure` where the request is not one that the method takes.
  init(
    _ request: IncomingRequest, _ headers: RequestHeaders, route: Route, values: [String],
    patience: Duration
  ) throws(Failure) {
    switch route.handler {
    case .unary:
      guard headers.accept.map(MediaType.admitsJSON) ?? true else { throw Self.notAcceptable }
      format = nil
    case .serverStreaming:
      guard let format = headers.accept.map(MediaType.stream) ?? .lines else {
        throw Self.notAcceptable
      }
      self.format = format
    }
    let bodyKind = try Self.bodyKind(request, headers, route)
    var wire: [UInt8]
    do {
      wire = try (request.body ?? ByteBuffer()).withUnsafeReadableBytes { bytes in
        try route.binder.message(
          pathValues: values, query: request.query, body: bytes, bodyKind: bodyKind)
      }
    } catch let error as TranscodingError {
      throw Failure(error)
    } catch {
      throw Failure(500, .internalError, "internal error")
    }
    if format == .events { Self.resume(headers, route, &wire) }
    message = MessageBytes(wire)
    deadline = try Self.deadline(headers.timeout, format == nil ? patience : nil)
  }

  private static let notAcceptable = Failure(
    406, .invalidArgument, "the answer has none of the media types that accept names")

  private static func bodyKind(
    _ request: IncomingRequest, _ headers: RequestHeaders, _ route: Route
  ) throws(Failure) -> BodyKind {
    guard request.bodyBytes > 0 else { return .none }
    guard route.takesBody else {
      throw Failure(400, .invalidArgument, "this method takes no request body")
    }
    guard !headers.isCompressed else {
      throw Failure(415, .invalidArgument, "the request body must not be compressed")
    }
    switch (headers.contentType.map(MediaType.content) ?? .other, route.takesForm) {
    case (.json, false): return .json
    case (.form, true): return .form
    case (_, true):
      throw Failure(
        415, .invalidArgument, "the request body must be application/x-www-form-urlencoded")
    case (_, false):
      throw Failure(415, .invalidArgument, "the request body must be application/json in UTF-8")
    }
  }

  /// A client of Server-Sent Events that comes back names the last event it saw (HTML,
  /// "Server-sent events", `Last-Event-ID`); a token in the request itself goes before it.
  private static func resume(_ headers: RequestHeaders, _ route: Route, _ wire: inout [UInt8]) {
    guard let id = headers.lastEventID, !id.isEmpty, let field = route.requestResumeToken,
      wire.withUnsafeBytes({ field.value(in: $0) }) == nil
    else { return }
    field.append(id, to: &wire)
  }

  private static func deadline(
    _ timeout: Duration?, _ patience: Duration?
  ) throws(Failure) -> ContinuousClock.Instant? {
    guard let limit = timeout.map({ min($0, patience ?? $0) }) ?? patience else { return nil }
    guard limit > .zero else { throw Failure(Failure.deadline) }
    return .now + limit
  }
}
