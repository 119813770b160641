import NIOCore
import RPC

/// The body of a server stream: its head, its messages in their format, its end.
///
/// The head waits for the first message, so that a failure before it has its own HTTP status; a
/// stream that stays silent for a moment is opened without one.
final class StreamAnswer {
  /// Owns this answer, and alone calls it.
  private unowned let exchange: Exchange
  private let format: StreamFormat
  /// The messages are pieces of one body: what they hold goes out as it is.
  private let isVerbatim: Bool
  private var ownContentType: String?
  /// What the handler has said before its first message.
  var metadata: Metadata = [:]
  private var deflater: Deflater?
  private var isOpen = false
  private var isFirst = true
  private var persistence = ResponseHead.Persistence.close
  /// Writers that wait for the peer to read.
  private var waiting: [UnsafeContinuation<Void, any Error>] = []
  private var timer: Scheduled<Void>?
  private var lastWrite = NIODeadline.now()

  init(_ exchange: Exchange, format: StreamFormat) {
    self.exchange = exchange
    self.format = format
    isVerbatim = exchange.route.responseBodyPlace != nil
  }

  private var connection: any RequestChannel { exchange.connection }

  // MARK: Messages

  /// Sends a message at once; resumes when the connection takes more.
  func send(_ message: MessageBytes, _ continuation: UnsafeContinuation<Void, any Error>) {
    do throws(Failure) {
      let contentType = try exchange.print(message)
      // The first message says what the body is.
      if !isOpen { ownContentType = contentType }
    } catch {
      return continuation.resume(
        throwing: RPCError(code: .internalError, message: error.message))
    }
    guard open() else { return continuation.resume(throwing: RPCError.peerGone) }
    // A piece without bytes is no piece.
    guard !isVerbatim || !connection.loop.scratch.isEmpty else { return wait(continuation) }
    let id = exchange.route.responseResumeToken.flatMap { field in
      format == .events ? message.withUnsafeBytes { field.value(in: $0) } : nil
    }
    connection.loop.buffer.clear(minimumCapacity: connection.loop.scratch.count + 64)
    writeChunk { buffer in
      self.writeElement(connection.loop.scratch, id: id, to: &buffer)
    }
    connection.write(isLast: false)
    connection.flush(now: true)
    lastWrite = .now()
    wait(continuation)
  }

  /// Resumes a writer when the peer takes more.
  private func wait(_ continuation: UnsafeContinuation<Void, any Error>) {
    if connection.isWritable {
      continuation.resume()
    } else if exchange.isOver {
      continuation.resume(throwing: RPCError.peerGone)
    } else {
      waiting.append(continuation)
    }
  }

  private func writeElement(_ json: [UInt8], id: String?, to buffer: inout ByteBuffer) {
    guard !isVerbatim else {
      buffer.writeBytes(json)
      return
    }
    switch format {
    case .lines:
      buffer.writeBytes(json)
      buffer.writeStaticString("\n")
    case .array:
      buffer.writeStaticString(isFirst ? "[" : ",")
      buffer.writeBytes(json)
    case .events:
      // A line end or a NUL would break the field (HTML, "Server-sent events").
      if let id, !id.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) {
        buffer.writeStaticString("id: ")
        buffer.writeString(id)
        buffer.writeStaticString("\n")
      }
      buffer.writeStaticString("data: ")
      buffer.writeBytes(json)
      buffer.writeStaticString("\n\n")
    }
    isFirst = false
  }

  func becameWritable() {
    let writers = waiting
    waiting.removeAll()
    for writer in writers { writer.resume() }
  }

  /// Nobody reads any more.
  func abandon() {
    timer?.cancel()
    timer = nil
    let writers = waiting
    waiting.removeAll()
    for writer in writers { writer.resume(throwing: RPCError.peerGone) }
  }

  // MARK: Begin and end

  /// Writes the head, once. False where nothing may follow it: the request was a HEAD.
  private func open() -> Bool {
    guard !isOpen else { return true }
    writeHead()
    guard !exchange.traits.isHead else {
      exchange.endAfterHead(persistence)
      return false
    }
    return true
  }

  /// Writes the end, or the whole answer of a stream that failed before it began; returns how the
  /// connection goes on.
  ///
  /// - Parameter metadata: What the handler says behind its last message.
  func end(_ failure: Failure?, _ metadata: Metadata) -> ResponseHead.Persistence {
    timer?.cancel()
    timer = nil
    if let failure, !isOpen {
      return connection.write(failure, exchange.traits)
    }
    if !isOpen { writeHead() }
    guard !exchange.traits.isHead else { return persistence }
    // Nothing in such a body could say that it is not whole: only its missing end does, and where
    // the end of the connection is the end of the body, a reset.
    if isVerbatim, failure != nil {
      if exchange.traits.framing == .untilClose { connection.reset() } else { connection.abort() }
      return .close
    }
    let failure = failure.map(exchange.traits.plan.refine)
    connection.loop.buffer.clear()
    writeChunk(isLast: true) { buffer in
      guard !isVerbatim else { return }
      if let failure {
        self.writeError(connection.json(failure, exchange.traits), to: &buffer)
      }
      if format == .array { buffer.writeStaticString(isFirst ? "[]" : "]") }
    }
    if hasTrailers {
      connection.write(isLast: false)
      connection.write(trailers: trailers(failure, metadata))
    } else {
      if isChunked { connection.loop.buffer.writeStaticString("0\r\n\r\n") }
      connection.write(isLast: true)
    }
    connection.flush(now: true)
    return persistence
  }

  private func writeHead() {
    isOpen = true
    let traits = exchange.traits
    persistence = traits.framing == .untilClose ? .close : connection.persistence(traits)
    var head = ResponseHead(
      body: isChunked ? .chunked : .untilClose, connection: persistence)
    head.contentType = format.contentType
    head.variesByType = !isVerbatim
    if isVerbatim { head.ownContentType = ownContentType ?? "application/octet-stream" }
    head.isPrivate = true
    traits.plan.stream(&head, metadata)
    if hasTrailers { head.fields = [("trailer", "grpc-status, grpc-message")] }
    // HTTP/1.0 has no way to say where a flushed part ends.
    head.variesByCoding = traits.mayCompress(head) && traits.framing != .untilClose
    if head.variesByCoding, traits.takesGzip {
      deflater = Deflater(.stream)
      head.isCompressed = deflater != nil
    }
    connection.write(head, isLast: traits.isHead)
  }

  // MARK: Trailers

  /// Whether the status comes behind the body, too: a body that says itself what it is breaks off
  /// where it fails, and has no other end.
  private var hasTrailers: Bool { exchange.traits.takesTrailers && !isVerbatim }

  private func trailers(
    _ failure: Failure?, _ metadata: Metadata
  ) -> [(name: String, value: String)] {
    // The details stand in the body: a header list is no place for much.
    var error = failure.map { RPCError($0) }
    error?.statusDetails = []
    guard exchange.traits.plan.passesMetadata else { return RPCFields.trailers(error) }
    return RPCFields.trailers(error) + RPCFields.fields(failure?.metadata ?? metadata)
  }

  private func writeError(_ json: [UInt8], to buffer: inout ByteBuffer) {
    if format == .events { buffer.writeStaticString("event: error\n") }
    writeElement(json, id: nil, to: &buffer)
  }

  private func writeChunk(isLast: Bool = false, _ write: (inout ByteBuffer) -> Void) {
    if let deflater {
      var plain = ByteBuffer()
      write(&plain)
      guard isLast || plain.readableBytes > 0 else { return }
      plain.withUnsafeReadableBytes { bytes in
        frame { deflater.part(bytes, isLast: isLast, into: &$0) }
      }
    } else {
      frame(write)
    }
  }

  private func frame(_ write: (inout ByteBuffer) -> Void) {
    if isChunked {
      connection.loop.buffer.writeChunk(write)
    } else {
      write(&connection.loop.buffer)
    }
  }

  /// HTTP/1.1 alone has chunks: HTTP/1.0 ends a body with the connection, HTTP/2 with a flag.
  private var isChunked: Bool { exchange.traits.framing == .chunks }

  // MARK: Silence

  /// The handler waits for something to send.
  func wait() {
    if !isOpen {
      // A body that says itself what it is has no head before its first piece.
      guard !isVerbatim else { return }
      schedule(TimeAmount(connection.core.configuration.streamOpenDelay))
    } else if format == .events, !isVerbatim {
      schedule(heartbeat)
    }
  }

  private var heartbeat: TimeAmount {
    TimeAmount(connection.core.configuration.heartbeatInterval)
  }

  private func schedule(_ delay: TimeAmount) {
    let eventLoop = connection.loop.executor.eventLoop
    // A timer may still fire once after it was cancelled: it keeps what it needs alive.
    let bound = NIOLoopBound(exchange, eventLoop: eventLoop)
    timer = eventLoop.scheduleTask(in: delay) { bound.value.streamWasSilent() }
  }

  /// The handler has sent nothing for as long as it was asked.
  func wasSilent() {
    guard !exchange.isOver else { return }
    if !isOpen {
      guard open() else { return }
      connection.flush(now: true)
    }
    guard format == .events, !isVerbatim else { return }
    let silence = NIODeadline.now() - lastWrite
    guard silence >= heartbeat else { return schedule(heartbeat - silence) }
    if connection.isWritable {
      connection.loop.buffer.clear()
      writeChunk { $0.writeStaticString(":\n\n") }
      connection.write(isLast: false)
      connection.flush(now: true)
    }
    lastWrite = .now()
    schedule(heartbeat)
  }
}
