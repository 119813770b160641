import NIOCore
import NIOHPACK
import NIOHTTP2
import RPC
import Telemetry

/// One request on an HTTP/2 connection, with its answer.
final class HTTP2Stream {
  let connection: HTTP2Connection
  let id: HTTP2StreamID
  var exchange: (any RunningExchange)?
  private(set) var snapshot: Snapshot?
  /// The number of the request; nil where its head could not be read.
  private(set) var requestID: TraceID?
  /// The request whose body has not come whole.
  var request: IncomingRequest?
  /// What may still arrive, as the peer has it.
  var window = HTTP2Limits.streamWindow
  /// The request has come whole.
  private(set) var isRequestWhole = false
  /// Nothing more is sent or taken.
  private(set) var isClosed = false
  var isAnswered = false
  /// When the phase that the stream is in has lasted too long.
  var deadline: NIODeadline?
  /// Bytes of the answer that have not left.
  var unsent = 0
  /// More of them than the peer reads.
  var isFull = false
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
      case .malformed:
        tell(RPCError(code: .invalidArgument, message: "the request is not valid HTTP/2"), nil)
        return connection.refuse(id)
      case .tooLarge(let whole):
        tooLarge = true
        head = whole
      }
    }
    let request = IncomingRequest(
      head, snapshot: snapshot, core: core, serverName: connection.serverName, peer: peer)
    requestID = request.headers?.traceID
    if tooLarge {
      guard case .rpc(let call) = request.action else {
        return refuse(.headTooLarge, request)
      }
      // gRPC has statuses of its own: clients take any other of HTTP's for UNKNOWN.
      call.refuse(.headTooLarge)
      return serve(request)
    }
    if request.headers?.hadCertificateField == true {
      core.refusals.write(
        .warning, "a header field was dropped", why: "it names a client certificate",
        peer: "\(peer.address)")
    }
    if let failure = request.failure, failure.breaksConnection {
      return refuse(failure, request)
    }
    guard !isWhole else { return serve(request) }
    receive(request, head.framing)
  }

  /// Makes ready for the body.
  private func receive(_ request: IncomingRequest, _ framing: RequestHead.Framing) {
    var request = request
    let intake = Intake(request, core.configuration)
    if case .length(let length) = framing, length > intake.limit {
      return refuse(.bodyTooLarge, request)
    }
    if let headers = request.headers, headers.expectsContinue {
      if let failure = request.failure { return refuse(failure, request) }
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
      try request.intake?.end()
      self.request = nil
      forgetKept()
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
      tell(RPCError(.connectionFull), request)
      // It is told already.
      request = nil
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

  func forgetKept() {
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
  func extendWindow() {
    guard !isRequestWhole, !isClosed, exchange?.upload?.isFull != true else { return }
    let missing = HTTP2Limits.streamWindow - window
    guard missing >= HTTP2Limits.streamWindow / 2 else { return }
    connection.send(id, .windowUpdate(windowSizeIncrement: missing))
  }

  // MARK: Ends

  /// The request cannot be served: its answer says so.
  private func fail(_ failure: Failure) {
    if let exchange { return exchange.fail(failure) }
    tell(RPCError(failure), request)
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
    if let request { tellGone(request) }
    request = nil
    forgetKept()
    exchange?.abandon()
    exchange = nil
  }

  func timeIsUp() {
    deadline = nil
    if isLeavingRest { return reset(.noError) }
    // An answer that nobody reads, or a request that does not come.
    if isAnswered || isFull { return reset(.cancel) }
    fail(.receiveTimeout)
  }

  func due(_ time: Duration) {
    let deadline = NIODeadline.now() + TimeAmount(time)
    self.deadline = deadline
    connection.due(deadline)
  }
}
