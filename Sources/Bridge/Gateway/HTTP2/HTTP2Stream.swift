import NIOCore
import NIOHPACK
import NIOHTTP2
import RPC

/// One request on an HTTP/2 connection, with its answer.
final class HTTP2Stream {
  let connection: HTTP2Connection
  let id: HTTP2StreamID
  var exchange: (any RunningExchange)?
  private(set) var snapshot: Snapshot?
  /// The request whose body has not come whole.
  private var request: IncomingRequest?
  /// What may still arrive, as the peer has it.
  var window = HTTP2Limits.streamWindow
  /// The request has come whole.
  private(set) var isRequestWhole = false
  /// Nothing more is sent or taken.
  private(set) var isClosed = false
  private(set) var isAnswered = false
  /// When the phase that the stream is in has lasted too long.
  private(set) var deadline: NIODeadline?
  private var unsent = 0
  private var isFull = false
  private var kept = 0
  /// Bytes of a streamed body since it was last given time.
  private var progress = 0

  init(_ connection: HTTP2Connection, _ id: HTTP2StreamID) {
    self.connection = connection
    self.id = id
  }

  var core: GatewayCore { connection.core }
  var loop: LoopState { connection.loop }
  var peer: Peer { connection.peer }

  // MARK: The request

  func begin(_ fields: HPACKHeaders, isWhole: Bool) {
    isRequestWhole = isWhole
    let snapshot = loop.snapshot
    self.snapshot = snapshot
    let head: RequestHead
    var tooLarge = false
    do throws(HTTP2Head.Fault) {
      head = try HTTP2Head.read(fields, limit: core.configuration.maxHeaderBytes, isWhole: isWhole)
    } catch {
      switch error {
      case .malformed: return connection.refuse(id)
      case .tooLarge(let whole):
        tooLarge = true
        head = whole
      }
    }
    let request = IncomingRequest(
      head, snapshot: snapshot, core: core, serverName: connection.serverName,
      traces: loop.traces)
    if tooLarge { return answer(.headTooLarge, request.traits) }
    if request.headers?.hadCertificateField == true {
      core.logger.warning(
        "a header field that names a client certificate was dropped",
        metadata: ["peer": "\(peer.address)"])
    }
    if let failure = request.failure, failure.breaksConnection {
      return answer(failure, request.traits)
    }
    guard !isWhole else { return serve(request) }
    receive(request, head.framing)
  }

  /// Makes ready for the body.
  private func receive(_ request: IncomingRequest, _ framing: RequestHead.Framing) {
    var request = request
    let intake = Intake(request, core.configuration)
    if case .length(let length) = framing, length > intake.limit {
      return answer(.bodyTooLarge, request.traits)
    }
    if let headers = request.headers, headers.expectsContinue {
      if let failure = request.failure { return answer(failure, request.traits) }
      connection.send(id, .headers(.init(headers: [":status": "100"])))
      flush(now: false)
    }
    request.intake = intake
    if intake.isPaced { due(core.configuration.requestTimeout) }
    if intake.isStreamed { serve(request) } else { self.request = request }
  }

  /// A part of the body has come.
  func received(_ bytes: ByteBuffer, isLast: Bool) {
    // The peer needs no more room than it had.
    isRequestWhole = isLast
    guard !isAnswered, !isClosed else { return extendWindow() }
    do throws(Failure) {
      if let upload = exchange?.upload {
        try upload.accept(bytes)
        keep(upload.held)
        watch(upload, bytes.readableBytes)
      } else if request != nil {
        try request?.intake?.accept(bytes)
        keep(held)
      }
    } catch {
      return fail(error)
    }
    if isLast { ended() } else { extendWindow() }
  }

  /// The request has come whole.
  func ended() {
    isRequestWhole = true
    guard !isAnswered, !isClosed else { return }
    deadline = nil
    do throws(Failure) {
      if let upload = exchange?.upload { return try upload.end() }
      guard let request else { return }
      self.request = nil
      forgetKept()
      try request.intake?.end()
      serve(request)
    } catch {
      fail(error)
    }
  }

  /// What all bodies of a connection hold together has a limit, too.
  private func keep(_ count: Int) {
    connection.kept += count - kept
    kept = count
    guard connection.keepsTooMuch() else { return }
    if let exchange {
      exchange.fail(.connectionFull)
    } else {
      reset(.refusedStream)
    }
  }

  /// What of the request waits for the rest of it, or for its reader.
  var held: Int {
    exchange?.upload?.held ?? request?.intake?.bytes.readableBytes ?? 0
  }

  /// Counts again what is held: readers do not say when they take some.
  func recount() {
    connection.kept += held - kept
    kept = held
  }

  private func forgetKept() {
    connection.kept -= kept
    kept = 0
  }

  /// A body that is not read has its time as soon as it is read again.
  private func watch(_ upload: Upload, _ count: Int) {
    guard upload.isPaced else { return }
    progress += count
    if upload.isFull {
      deadline = nil
    } else if progress >= Watchdog.progressStep || deadline == nil {
      progress = 0
      due(core.configuration.requestTimeout)
    }
  }

  /// Lets the peer send as much again as was taken.
  private func extendWindow() {
    guard !isRequestWhole, !isClosed, exchange?.upload?.isFull != true else { return }
    let missing = HTTP2Limits.streamWindow - window
    guard missing >= HTTP2Limits.streamWindow / 2 else { return }
    connection.send(id, .windowUpdate(windowSizeIncrement: missing))
  }

  // MARK: Ends

  /// The request cannot be served: its answer says so.
  private func fail(_ failure: Failure) {
    if let exchange { return exchange.fail(failure) }
    let traits =
      request?.traits ?? AnswerTraits(isHead: false, framing: .frames, persistence: .keep)
    request = nil
    forgetKept()
    answer(failure, traits)
  }

  func reset(_ code: HTTP2ErrorCode) {
    guard !isClosed else { return }
    connection.reset(id, code)
    flush(now: false)
  }

  /// Nothing more comes or goes: both sides have ended, or one has taken its part back.
  func closed() {
    isClosed = true
    deadline = nil
    request = nil
    forgetKept()
    exchange?.abandon()
    exchange = nil
  }

  func timeIsUp() {
    deadline = nil
    // An answer that nobody reads, or a request that does not come.
    if isAnswered || isFull { return reset(.cancel) }
    fail(.receiveTimeout)
  }

  private func due(_ time: Duration) {
    let deadline = NIODeadline.now() + TimeAmount(time)
    self.deadline = deadline
    connection.due(deadline)
  }
}

// MARK: - The answer

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
    let fields = head.fields(&loop.buffer, date: loop.date.current())
    connection.send(id, .headers(.init(headers: fields, endStream: isLast)))
  }

  func write(_ head: ResponseHead, body: [UInt8]) {
    write(head, isLast: body.isEmpty)
    guard !body.isEmpty else { return }
    loop.buffer.clear(minimumCapacity: body.count)
    loop.buffer.writeBytes(body)
    // In pieces, so that a slow reader of a great answer is seen to read.
    var rest = loop.buffer
    while let piece = rest.readSlice(length: min(rest.readableBytes, HTTP2Limits.highWatermark)),
      piece.readableBytes > 0
    {
      write(piece, isLast: rest.readableBytes == 0)
    }
  }

  func write(isLast: Bool) { write(loop.buffer, isLast: isLast) }

  private func write(_ piece: ByteBuffer, isLast: Bool) {
    guard !isClosed else { return }
    unsent += piece.readableBytes
    if unsent > HTTP2Limits.highWatermark, !isFull {
      isFull = true
      due(core.configuration.idleTimeout)
    }
    connection.send(self, piece, isLast: isLast)
  }

  /// Writes the fields that end an answer.
  func write(trailers: [(name: String, value: String)]) {
    guard !isClosed else { return }
    let fields = HPACKHeaders(trailers.map { ($0.name, $0.value) })
    connection.send(id, .headers(.init(headers: fields, endStream: true)))
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

  /// The answer is whole without the rest of the request (RFC 9113 section 8.1): says so when all
  /// of it has left, as a reset drops what has not.
  private func leaveRest() {
    guard isAnswered, unsent == 0, !isRequestWhole, !isClosed else { return }
    connection.reset(id, .noError)
  }

  func abort() { reset(.internalError) }

  func reset() { abort() }

  /// An `Upgrade` has no place in HTTP/2 (RFC 9113 section 8.6), so that no request asks for one.
  func upgrade(
    _ request: IncomingRequest, _ handshake: WebSocketHandshake, _ route: Route, _ values: [String]
  ) {
    answer(.upgradeRequired, request.traits)
  }
}
