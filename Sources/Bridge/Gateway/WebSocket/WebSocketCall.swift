import NIOCore
import NIOWebSocket
import RPC
import Transcoding

/// What one WebSocket calls: makes messages of frames, and frames of messages.
final class WebSocketCall {
  let route: Route
  /// What the answers of its request depend on.
  let plan: AnswerPlan
  private let snapshot: Snapshot
  private let values: [String]
  private let query: Substring
  private let ifMatch: String?
  private let idempotencyKey: String?
  private let print: PrintOptions
  /// The request of a method that takes no body: path and query say all of it.
  private var first: MessageBytes?
  private var count = 0

  /// - Throws: `Failure` where the path or the query says what the method does not take.
  init(
    _ request: IncomingRequest, _ headers: RequestHeaders, route: Route, values: [String],
    snapshot: Snapshot
  ) throws(Failure) {
    self.route = route
    self.snapshot = snapshot
    self.values = values
    plan = request.traits.plan
    query = request.query
    ifMatch = try plan.demand()
    idempotencyKey = headers.idempotencyKey
    do throws(TranscodingError) {
      // Also where messages follow: what is wrong with all of them is said before the first.
      let bound = try route.binder.bind(
        RequestFacts(
          verb: request.verb, pathValues: values, query: query, ifMatch: ifMatch,
          idempotencyKey: idempotencyKey))
      print = bound.print.subtracting(.pretty)
      if !route.takesBody { first = MessageBytes(bound.wire) }
    } catch {
      throw Failure(error)
    }
  }

  /// The message that is there without a frame; once.
  func takeFirst() -> MessageBytes? {
    defer { first = nil }
    return first
  }

  /// The message of a frame: bound as the body of a request would be, with what path and query say.
  ///
  /// - Throws: `Failure` where it is not what the method takes.
  func message(_ message: WebSocketInbox.Message) throws(Failure) -> MessageBytes {
    count += 1
    let number = count
    guard route.takesBody else {
      throw Failure(400, .invalidArgument, "message \(number): this method takes no messages")
    }
    if let place = route.requestBodyPlace {
      let prefix = number == 1 ? try bound(ByteBuffer(), kind: .none, number) : []
      return message.bytes.withUnsafeReadableBytes {
        place.message(prefix, contentType: "", data: [$0])
      }
    }
    guard message.isText else {
      throw Failure(400, .invalidArgument, "message \(number): messages are text, as JSON")
    }
    return MessageBytes(try bound(message.bytes, kind: .json, number))
  }

  private func bound(
    _ bytes: ByteBuffer, kind: BodyKind, _ number: Int
  ) throws(Failure) -> [UInt8] {
    let result = bytes.withUnsafeReadableBytes { body -> Result<[UInt8], TranscodingError> in
      do throws(TranscodingError) {
        return .success(
          try route.binder.bind(
            RequestFacts(
              verb: "GET", pathValues: values, query: query, body: body, bodyKind: kind,
              ifMatch: number == 1 ? ifMatch : nil,
              idempotencyKey: number == 1 ? idempotencyKey : nil)
          ).wire)
      } catch {
        return .failure(error)
      }
    }
    do throws(TranscodingError) {
      return try result.get()
    } catch {
      var error = error
      error.message = "message \(number) of the stream: \(error.message)"
      throw Failure(error)
    }
  }

  /// The frame of a message of the answer.
  ///
  /// - Throws: `RPCError` with INTERNAL where the handler's bytes are no message.
  func frame(
    _ message: MessageBytes, _ allocator: ByteBufferAllocator, _ scratch: inout [UInt8]
  ) throws(RPCError) -> WebSocketFrame {
    if let place = route.responseBodyPlace {
      let data = message.withUnsafeBytes { wire in
        OwnBody(place, in: wire).map { allocator.buffer(bytes: wire[$0.data]) }
      }
      guard let data else { throw RPCError(code: .internalError, message: "internal error") }
      return WebSocketFrame(fin: true, opcode: .binary, data: data)
    }
    scratch.removeAll(keepingCapacity: true)
    var text = scratch
    scratch = []
    defer { scratch = text }
    let failed = message.withUnsafeBytes { wire -> Bool in
      do throws(TranscodingError) {
        try route.printer.json(wire: wire, options: print, into: &text)
        return false
      } catch {
        return true
      }
    }
    guard !failed else { throw RPCError(code: .internalError, message: "internal error") }
    return WebSocketFrame(fin: true, opcode: .text, data: allocator.buffer(bytes: text))
  }

  /// The text of a failure that is refined.
  func json(_ failure: Failure) -> [UInt8] {
    snapshot.statusPrinter.json(
      httpCode: failure.httpCode, statusName: failure.status.name, message: failure.message,
      statusDetails: failure.statusDetails)
  }
}
