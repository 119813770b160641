import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A stream of requests")
struct RequestStreamTests {
  /// Joins what comes.
  private static let join = Raw.clientStreaming("Join") { requests, context in
    var texts: [String] = []
    while let request = try await requests.next() { texts.append(request.text) }
    return UnaryReply(
      message: MessageBytes(text: texts.joined(separator: " ")),
      initialMetadata: ["initial": "i"], trailingMetadata: ["trailing-bin": .binary([7])])
  }

  @Test("brings every message in order, then its end", arguments: [0, 1, 1000])
  func order(count: Int) async throws {
    try await withMethods([Self.join]) { client, _ in
      let responses = Responses()
      let sent = (0..<count).map(String.init)
      let trailing = try await client.call(
        path: Raw.path("Join"), requests: Requests(sent), responses: responses)
      #expect(responses.texts == [sent.joined(separator: " ")])
      #expect(responses.metadata.first("initial") == "i")
      #expect(trailing.firstBinary("trailing-bin") == [7])
    }
  }

  @Test("that its caller resets is no end: the handler does not take a part for the whole")
  func reset() async throws {
    let signal = Signal()
    let method = Raw.clientStreaming("Read") { requests, _ in
      do {
        while let request = try await requests.next() { signal.send(request.text) }
        signal.send("end")
      } catch {
        signal.send("\((error as? RPCError)?.code.name ?? "another error")")
      }
      return UnaryReply(message: MessageBytes(text: ""))
    }
    try await withMethods([method]) { client, _ in
      let source = StallingSource(first: "one")
      let call = Task {
        try await client.call(
          path: Raw.path("Read"), requests: source, responses: Responses())
      }
      #expect(await signal.next() == "one")
      call.cancel()
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .cancelled)
      #expect(await signal.next() == "CANCELLED")
    }
  }

  @Test("whose producer fails cancels the call, and the producer's error is thrown")
  func producerFails() async throws {
    struct Broken: Error {}
    struct BrokenSource: MessageSource {
      let started: Signal
      func next() async throws -> MessageBytes? {
        _ = await started.next()
        throw Broken()
      }
    }
    let signal = Signal()
    let started = Signal()
    let method = Raw.clientStreaming("Wait") { requests, _ in
      started.send("started")
      do { _ = try await requests.next() } catch { signal.send("cancelled") }
      throw CancellationError()
    }
    try await withMethods([method]) { client, _ in
      await #expect(throws: Broken.self) {
        try await client.call(
          path: Raw.path("Wait"), requests: BrokenSource(started: started), responses: Responses())
      }
      #expect(await signal.next() == "cancelled")
    }
  }

  @Test("ends for its producer when the handler answers early")
  func early() async throws {
    let method = Raw.clientStreaming("First") { requests, _ in
      UnaryReply(message: try await requests.next()!)
    }
    try await withMethods([method]) { client, _ in
      let responses = Responses()
      try await client.call(
        path: Raw.path("First"), requests: StallingSource(first: "one"), responses: responses)
      #expect(responses.texts == ["one"])
    }
  }

  @Test("stops its sender while the handler does not read")
  func backpressure() async throws {
    let open = Signal()
    let method = Raw.clientStreaming("Slow") { requests, _ in
      _ = await open.next()
      var count = 0
      while try await requests.next() != nil { count += 1 }
      return UnaryReply(message: MessageBytes(text: "\(count)"))
    }
    let source = CountingSource(total: 500, size: 64 << 10)
    try await withMethods([method]) { client, _ in
      let responses = Responses()
      async let call = client.call(
        path: Raw.path("Slow"), requests: source, responses: responses)
      // 32 MB do not fit into the windows: the sender stops far before its end.
      var last = -1
      while source.given != last {
        last = source.given
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(last < 500)
      open.send("go")
      _ = try await call
      #expect(responses.texts == ["500"])
    }
  }

  @Test("that is too large in one message is refused with RESOURCE_EXHAUSTED")
  func tooLarge() async throws {
    try await withMethods([Self.join], configure: { $0.maxReceiveMessageBytes = 1000 }) {
      client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.call(
          path: Raw.path("Join"), requests: Requests([String(repeating: "x", count: 1001)]),
          responses: Responses())
      }
      #expect(error?.code == .resourceExhausted)
    }
  }
}

@Suite("Streams both ways")
struct BidirectionalTests {
  private static let echo = Raw.bidirectional("Echo") { requests, responses, _ in
    while let request = try await requests.next() { try await responses.write(request) }
    return ["count": "all"]
  }

  @Test("take turns")
  func turns() async throws {
    try await withMethods([Self.echo]) { client, _ in
      let turns = Turns(["a", "b", "c"])
      let trailing = try await client.call(
        path: Raw.path("Echo"), requests: turns, responses: turns)
      #expect(turns.seen == ["a", "b", "c"])
      #expect(trailing.first("count") == "all")
    }
  }

  @Test("run at once, thousands of messages each")
  func atOnce() async throws {
    try await withMethods([Self.echo]) { client, _ in
      let sent = (0..<5000).map { "message \($0)" }
      let responses = Responses()
      try await client.call(path: Raw.path("Echo"), requests: Requests(sent), responses: responses)
      #expect(responses.texts == sent)
    }
  }

  @Test("end when the handler returns, although the caller would write on")
  func handlerEnds() async throws {
    let method = Raw.bidirectional("One") { requests, responses, _ in
      try await responses.write(try await requests.next()!)
      return [:]
    }
    try await withMethods([method]) { client, _ in
      let responses = Responses()
      try await client.call(
        path: Raw.path("One"), requests: StallingSource(first: "x"), responses: responses)
      #expect(responses.texts == ["x"])
    }
  }

  @Test("bring metadata before the first message, while the handler has none yet")
  func metadataFirst() async throws {
    let open = Signal()
    let method = Raw.bidirectional("Early") { _, responses, _ in
      try await responses.sendInitialMetadata(["early": "yes"])
      _ = await open.next()
      try await responses.write(MessageBytes(text: "late"))
      return [:]
    }
    struct Opening: MessageSink {
      let open: Signal
      let inner = Responses()
      func sendInitialMetadata(_ metadata: Metadata) async throws {
        try await inner.sendInitialMetadata(metadata)
        open.send("go")
      }
      func write(_ message: MessageBytes, compressed: Bool?) async throws {
        try await inner.write(message, compressed: compressed)
      }
    }
    try await withMethods([method]) { client, _ in
      let sink = Opening(open: open)
      try await client.call(path: Raw.path("Early"), requests: Requests([]), responses: sink)
      #expect(sink.inner.metadata.first("early") == "yes")
      #expect(sink.inner.texts == ["late"])
    }
  }

  @Test("take metadata once, and only what the wire can carry")
  func metadataOnce() async throws {
    let method = Raw.bidirectional("Twice") { _, responses, _ in
      await #expect(throws: RPCError.self) {
        try await responses.sendInitialMetadata(["grpc-status": "0"])
      }
      try await responses.sendInitialMetadata(["a": "1"])
      await #expect(throws: RPCError.self) {
        try await responses.sendInitialMetadata(["b": "2"])
      }
      return [:]
    }
    try await withMethods([method]) { client, _ in
      let responses = Responses()
      try await client.call(path: Raw.path("Twice"), requests: Requests([]), responses: responses)
      #expect(responses.metadata.first("a") == "1")
      #expect(responses.metadata.first("b") == nil)
    }
  }
}

/// One request, and then none until the call is over.
final class StallingSource: MessageSource {
  private let first: Mutex<String?>
  init(first: String) { self.first = Mutex(first) }
  func next() async throws -> MessageBytes? {
    let text = first.withLock { first -> String? in
      defer { first = nil }
      return first
    }
    if let text { return MessageBytes(text: text) }
    await untilCancelled()
    throw CancellationError()
  }
}

/// Large requests, counted when they are asked for.
final class CountingSource: MessageSource {
  private let total: Int
  private let message: MessageBytes
  private let count = Atomic<Int>(0)

  init(total: Int, size: Int) {
    self.total = total
    message = MessageBytes(repeating: 120, count: size)
  }

  var given: Int { count.load(ordering: .relaxed) }

  func next() async throws -> MessageBytes? {
    guard count.add(1, ordering: .relaxed).newValue <= total else { return nil }
    return message
  }
}

/// Sends the next request when the answer to the last has come.
final class Turns: MessageSource, MessageSink {
  private let answers = Signal()
  private let state: Mutex<(waiting: [String], seen: [String], sent: Bool)>

  init(_ texts: [String]) { state = Mutex((texts, [], false)) }

  var seen: [String] { state.withLock { $0.seen } }

  func next() async throws -> MessageBytes? {
    let sent = state.withLock { $0.sent }
    if sent { _ = await answers.next() }
    return state.withLock { state in
      guard !state.waiting.isEmpty else { return nil }
      state.sent = true
      return MessageBytes(text: state.waiting.removeFirst())
    }
  }

  func sendInitialMetadata(_ metadata: Metadata) async throws {}

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    state.withLock { $0.seen.append(message.text) }
    answers.send("next")
  }
}
