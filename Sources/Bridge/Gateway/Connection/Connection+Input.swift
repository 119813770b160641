import Mutation
import NIOCore
import RPC

extension Connection {
  /// Bytes wait for something other than more bytes.
  var isBlocked: Bool {
    guard session == nil else { return false }
    guard input.readableBytes > 0 else { return exchange?.upload?.isFull ?? false }
    return !takesInput
  }

  private var takesInput: Bool {
    guard session == nil, watchdog.phase != .closing, context?.channel.isWritable == true else {
      return false
    }
    return exchange == nil || (body != nil && exchange?.upload?.isFull == false)
  }

  /// Takes what there is, as far as it can be taken now.
  func drive() {
    guard !isDriving else { return }
    isDriving = true
    do throws(Failure) {
      while takesInput, body == nil ? try takeHead() : try takeBody() {}
    } catch {
      if error.httpCode == 505, beginsHTTP2 {
        becomeHTTP2()
      } else {
        fail(error)
      }
    }
    isDriving = false
    watchUpload()
    if input.readableBytes == 0 { input = ByteBuffer() }
    if readHeld, !isBlocked {
      readHeld = false
      context?.read()
    }
  }

  /// Goes on with the next request; false where none has come whole.
  private func takeHead() throws(Failure) -> Bool {
    guard input.readableBytes > 0 else { return false }
    let parsed: (head: RequestHead, length: Int)?
    do {
      parsed = try input.withUnsafeReadableBytes { try parser.parse($0) }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .malformed
    }
    guard let parsed else {
      if watchdog.phase == .idle { watchdog.enter(.receivingHead) }
      return false
    }
    hasBegun = true
    input.moveReaderIndex(forwardBy: parsed.length)
    begin(parsed.head)
    return true
  }

  private func begin(_ head: RequestHead) {
    let snapshot = loop.snapshot
    self.snapshot = snapshot
    let request = IncomingRequest(
      head, snapshot: snapshot, core: core, serverName: serverName, peer: peer)
    requestID = request.headers?.traceID
    if request.headers?.hadCertificateField == true {
      core.refusals.write(
        .warning, "a header field was dropped", why: "it names a client certificate",
        peer: "\(peer.address)")
    }
    if let failure = request.failure, failure.breaksConnection {
      return refuse(failure, leaving: request)
    }
    // Most requests have no body, and are answered where they are read.
    guard head.framing != .length(0) else {
      watchdog.enter(.answering)
      return serve(request)
    }
    watchdog.enter(.receivingBody)
    receive(request, head.framing)
  }

  /// Makes ready for the body of a request.
  private func receive(_ request: consuming IncomingRequest, _ framing: RequestHead.Framing) {
    let intake = Intake(request, core.configuration)
    if case .length(let length) = framing, length > intake.limit {
      return refuse(request.failure ?? .bodyTooLarge, leaving: request)
    }
    if let headers = request.headers, headers.expectsContinue {
      if let failure = request.failure { return refuse(failure, leaving: request) }
      loop.buffer.clear()
      loop.buffer.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
      write(isLast: false)
      flush(now: false)
    }
    request.intake = intake
    body = BodyDecoder(framing)
    if intake.isStreamed { serve(request) } else { self.request = request }
  }

  /// A body that is not read has its time as soon as it is read again.
  private func watchUpload() {
    guard body != nil, let upload = exchange?.upload, let context else { return }
    let phase: Phase = upload.isFull || !upload.isPaced ? .answering : .receivingBody
    if watchdog.phase != phase { watchdog.enter(phase) }
    if !isReading { rearm(context) }
  }

  private func takeBody() throws(Failure) -> Bool {
    switch try body?.next(&input) {
    case .data(let part):
      if let upload = exchange?.upload {
        // May find that the body is none, and end all of it.
        try upload.accept(part)
        if watchdog.received(part.readableBytes) { watchdog.enter(.receivingBody) }
      } else {
        do throws(Failure) {
          try request?.intake?.accept(part)
        } catch {
          // What is wrong with the head was wrong before.
          throw request?.failure ?? error
        }
      }
      return true
    case .end:
      body = nil
      if let upload = exchange?.upload {
        watchdog.enter(.answering)
        try upload.end()
      } else {
        try request?.intake?.end()
        complete()
      }
      return true
    case nil:
      return false
    }
  }

  private func complete() {
    // Taken out, not copied: a request holds much.
    var whole: IncomingRequest?
    swap(&whole, &self.request)
    guard let request = whole else { return }
    watchdog.enter(.answering)
    serve(request)
  }
}

extension RequestChannel {
  /// Does what a request asks for.
  func serve(_ request: IncomingRequest) {
    switch request.action {
    case .fail(let failure): refuse(failure, request)
    case .options(let allow):
      var head = ResponseHead(body: .none, connection: .keep)
      head.httpCode = 204
      head.allow = allow
      answer(head, [], request.traits)
    case .liveness:
      answer(
        ResponseHead(body: .length(0), connection: .keep), Array(#"{"status":"SERVING"}"#.utf8),
        request.traits)
    case .readiness:
      let isReady = core.configuration.isReady() || Mutation.isOn(.staysReady)
      var head = ResponseHead(body: .length(0), connection: .keep)
      head.httpCode = isReady ? 200 : 503
      head.isPrivate = true
      answer(
        head, Array((isReady ? #"{"status":"SERVING"}"# : #"{"status":"NOT_SERVING"}"#).utf8),
        request.traits)
    case .webSocket(let handshake, let route, let values):
      upgrade(request, handshake, route, values)
    case .document(let document): answer(document, request.traits)
    case .rpc(let call): serve(call, request)
    case .call(let route, let values):
      do throws(Failure) {
        guard let headers = request.headers else { throw .malformed }
        let call = try CallRequest(
          request, headers, route: route, values: values,
          patience: core.configuration.requestTimeout)
        var traits = request.traits
        traits.plan.ignored = IgnoredFields.value(call.ignored)
        let exchange = Exchange(
          self, route: route, call: call, traits: traits, executor: loop.executor,
          upload: try Upload(
            request, headers, route, values, messageLimit: core.configuration.maxBodyBytes),
          rawBody: request.intake?.raw)
        self.exchange = exchange
        exchange.start(
          headers.metadata(for: route), from: caller(headers), beganTrace: headers.beganTrace)
      } catch {
        refuse(error, request, of: route.method.path)
      }
    }
  }
}
