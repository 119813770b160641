import Mutation
import NIOCore
import RPC
import Transcoding

/// What a handler is called with, made from one whole request.
struct CallRequest {
  let message: MessageBytes
  /// How a stream is answered; nil for an unary method.
  let format: StreamFormat?
  let deadline: ContinuousClock.Instant?
  /// How messages of the answer are printed.
  let print: PrintOptions
  /// What a lenient method has passed over.
  let ignored: [String]

  /// Binds a request to its message.
  ///
  /// - Parameter patience: How long a unary handler may take if the caller names no less.
  /// - Throws: `Failure` where the request is not one that the method takes.
  init(
    _ request: IncomingRequest, _ headers: RequestHeaders, route: Route, values: [String],
    patience: Duration
  ) throws(Failure) {
    format = try Self.format(headers, route)
    let ifMatch = try request.traits.plan.demand()
    let bound: BoundRequest
    if let own = try route.message(request, headers, values, ifMatch: ifMatch) {
      (message, bound) = own
    } else {
      bound = try Self.bind(request, headers, route, values, ifMatch)
      message = MessageBytes(bound.wire)
    }
    ignored = bound.ignored
    // A line of a stream is one line.
    print = format == .lines || format == .events ? bound.print.subtracting(.pretty) : bound.print
    deadline = try Self.deadline(
      headers.timeout, route.takesUpload || format != nil ? nil : patience)
  }

  private static func bind(
    _ request: IncomingRequest, _ headers: RequestHeaders, _ route: Route, _ values: [String],
    _ ifMatch: String?
  ) throws(Failure) -> BoundRequest {
    let bodyKind = try bodyKind(request, headers, route)
    var bound: BoundRequest
    do {
      bound = try (request.body ?? ByteBuffer()).withUnsafeReadableBytes { bytes in
        try route.binder.bind(
          RequestFacts(
            verb: request.verb, pathValues: values, query: request.query, body: bytes,
            bodyKind: bodyKind, ifMatch: ifMatch, idempotencyKey: headers.idempotencyKey))
      }
    } catch let error as TranscodingError {
      throw Failure(error)
    } catch {
      throw Failure(500, .internalError, "internal error")
    }
    if case .serverStreaming = route.handler { resume(headers, route, &bound.wire) }
    return bound
  }

  /// - Throws: `Failure` with 406 where the answer would have no type that the caller takes.
  private static func format(
    _ headers: RequestHeaders, _ route: Route
  ) throws(Failure) -> StreamFormat? {
    guard case .serverStreaming = route.handler else {
      // A body that says itself what it is has its type when it is there.
      guard route.responseBodyPlace != nil || headers.accept.map(MediaType.admitsJSON) ?? true
      else {
        throw Failure(406, .invalidArgument, "the answer is application/json")
      }
      return nil
    }
    guard route.responseBodyPlace == nil else { return .lines }
    guard let format = headers.accept.map(MediaType.stream) ?? .lines else {
      throw Failure(
        406, .invalidArgument,
        "the answer is application/x-ndjson, application/json or text/event-stream")
    }
    return format
  }

  private static func bodyKind(
    _ request: IncomingRequest, _ headers: RequestHeaders, _ route: Route
  ) throws(Failure) -> BodyKind {
    guard request.bodyBytes > 0 else { return .none }
    guard route.takesBody else {
      throw Failure(
        TranscodingError(
          kind: .invalidArgument, message: "this method takes no request body",
          violations: [
            FieldViolation(
              field: "", description: "this method takes no request body",
              reason: "UNEXPECTED_BODY")
          ]))
    }
    if let failure = ContentCoding.request(headers.contentEncoding).failure { throw failure }
    let contentType = headers.contentType ?? ""
    switch MediaType.content(contentType) {
    case .json where !route.takesForm || Mutation.isOn(.takesTokenRequestsInJSON): return .json
    case .mergePatch where !route.takesForm: return .mergePatch
    case .form where route.takesForm || route.acceptsForms: return .form
    case .multipart where route.acceptsForms:
      if let boundary = MultipartBoundary.read(contentType) {
        return .multipart(boundary: boundary)
      }
    default: break
    }
    var failure = Failure(
      415, .invalidArgument, "the request body must be \(route.answers.bodyTypes), in UTF-8")
    failure.accepts = route.answers.bodyTypes
    throw failure
  }

  /// A client of Server-Sent Events that comes back names the last event it saw (HTML,
  /// "Server-sent events", `Last-Event-ID`); a token in the request itself goes before it.
  private static func resume(_ headers: RequestHeaders, _ route: Route, _ wire: inout [UInt8]) {
    guard let id = headers.lastEventID, !id.isEmpty, let field = route.requestResumeToken,
      headers.accept.map(MediaType.stream) == .events,
      wire.withUnsafeBytes({ field.value(in: $0) }) == nil
    else { return }
    field.append(id, to: &wire)
  }

  private static func deadline(
    _ timeout: Duration?, _ patience: Duration?
  ) throws(Failure) -> ContinuousClock.Instant? {
    guard let limit = timeout.map({ min($0, patience ?? $0) }) ?? patience else { return nil }
    guard limit > .zero else {
      throw Failure(504, .deadlineExceeded, Failure.deadline.message)
    }
    return .now + limit
  }
}
