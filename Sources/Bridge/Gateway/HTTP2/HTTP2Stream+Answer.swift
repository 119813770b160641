import NIOCore
import NIOHPACK
import NIOHTTP2

extension HTTP2Stream: RequestChannel {
  var isWritable: Bool { !isClosed && !isFull && connection.isWritable }

  func drive() {
    guard !isRequestWhole else { return }
    if exchange?.upload?.isPaced == true { due(core.configuration.requestTimeout) }
    extendWindow()
    flush(now: false)
  }

  func persistence(_ traits: AnswerTraits) -> ResponseHead.Persistence { .keep }

  func write(_ head: ResponseHead, isLast: Bool) {
    guard !isClosed else { return }
    core.counts.answered(head.httpCode)
    let fields = head.fields(
      &loop.buffer, date: loop.date.current(), requestID: requestID ?? .make())
    connection.send(id, .headers(.init(headers: fields, endStream: isLast)))
  }

  func write(_ head: ResponseHead, body: [UInt8]) {
    write(head, isLast: body.isEmpty)
    guard !body.isEmpty else { return }
    loop.buffer.clear(minimumCapacity: body.count)
    loop.buffer.writeBytes(body)
    write(isLast: true)
  }

  /// In pieces, so that a slow reader of a great answer or message is seen to read.
  func write(isLast: Bool) {
    var rest = loop.buffer
    repeat {
      let length = min(rest.readableBytes, HTTP2Limits.highWatermark)
      guard let piece = rest.readSlice(length: length) else { return }
      write(piece, isLast: isLast && rest.readableBytes == 0)
    } while rest.readableBytes > 0
  }

  private func write(_ piece: ByteBuffer, isLast: Bool) {
    guard !isClosed else { return }
    unsent += piece.readableBytes
    if unsent > HTTP2Limits.highWatermark, !isFull {
      isFull = true
      due(core.configuration.idleTimeout)
    }
    connection.send(self, piece, isLast: isLast)
  }

  func write(trailers: [(name: String, value: String)]) {
    guard !isClosed else { return }
    connection.send(id, .headers(.init(headers: HPACKHeaders(trailers: trailers), endStream: true)))
  }

  func flush(now: Bool) { connection.flush(now: now) }

  /// Bytes of the answer have left, or never will.
  func sent(_ count: Int) {
    unsent -= count
    guard !isClosed else { return }
    if isFull, unsent <= HTTP2Limits.lowWatermark {
      isFull = false
      if !isAnswered { deadline = nil }
      if isWritable { exchange?.becameWritable() }
    }
    // The reader is slow, and reads.
    if isFull || (isAnswered && unsent > 0) { due(core.configuration.idleTimeout) }
    leaveRest()
    flush(now: false)
  }

  func connectionBecameWritable() {
    if isWritable { exchange?.becameWritable() }
  }

  func exchangeEnded(_ persistence: ResponseHead.Persistence) {
    exchange = nil
    answered(persistence, lingering: false)
  }

  func answered(_ persistence: ResponseHead.Persistence, lingering: Bool) {
    isAnswered = true
    request = nil
    forgetKept()
    loop.shrink()
    guard !isClosed else { return }
    // Its reader may take as long as the next request may.
    due(core.configuration.idleTimeout)
    leaveRest()
    flush(now: false)
  }

  /// The answer is whole without the rest of the request (RFC 9113 section 8.1), which is read and
  /// dropped for a moment: some clients lose an answer behind which a reset comes at once.
  private func leaveRest() {
    guard isLeavingRest else { return }
    due(HTTP2Limits.restPatience)
  }

  /// All of the answer has left, and not all of the request has come.
  var isLeavingRest: Bool { isAnswered && unsent == 0 && !isRequestWhole && !isClosed }

  func abort() { reset(.internalError) }

  func reset() { abort() }

  /// An `Upgrade` has no place in HTTP/2 (RFC 9113 section 8.6), so that no request asks for one.
  func upgrade(
    _ request: IncomingRequest, _ handshake: WebSocketHandshake, _ route: Route, _ values: [String]
  ) {
    refuse(.upgradeRequired, request)
  }
}
