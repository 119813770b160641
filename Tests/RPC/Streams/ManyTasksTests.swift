import Synchronization
import TestSupport
import Testing

@testable import RPC

/// The rule is one task per direction; who breaks it is told, and harms nobody else.
@Suite("A stream that several tasks use")
struct ManyTasksTests {
  /// Responses that are taken once a signal came.
  private struct Held: MessageSink {
    let open: Signal
    let inner = Responses()
    func sendInitialMetadata(_ metadata: Metadata) async throws {}
    func write(_ message: MessageBytes, compressed: Bool?) async throws {
      if inner.messages.isEmpty { _ = await open.next() }
      try await inner.write(message, compressed: compressed)
    }
  }

  /// One request, once a signal came.
  private final class Waiting: MessageSource {
    private let go: Signal
    private let given = Atomic<Bool>(false)
    init(go: Signal) { self.go = go }
    func next() async throws -> MessageBytes? {
      guard !given.exchange(true, ordering: .relaxed) else { return nil }
      _ = await go.next()
      return MessageBytes(text: "one")
    }
  }

  /// Waits until a state of the call holds.
  private static func wait(
    for call: ServerCall, _ holds: @Sendable (borrowing ServerCall.State) -> Bool
  ) async {
    while !call.state.withLock({ holds($0) }) { await Task.yield() }
  }

  @Test("refuses a writer while another one waits for room, and sends nothing of it")
  func writers() async throws {
    let open = Signal()
    let count = 100
    let method = Raw.serverStreaming("Write") { _, responses, _ in
      let call = (responses as! ServerMessageSink).call
      async let first: Void = {
        for _ in 0..<count {
          try await responses.write(MessageBytes(repeating: 1, count: 64 << 10))
        }
      }()
      await Self.wait(for: call) { $0.writing.writer?.continuation != nil }
      // At once, on the loop's own thread: so no room comes in between. Cancelled too: to give up is
      // its own business.
      let second = Task.immediate {
        withUnsafeCurrentTask { $0?.cancel() }
        try await responses.write(MessageBytes(text: "refused"))
      }
      let error = await #expect(throws: RPCError.self) { try await second.value }
      #expect(error?.code == .internalError)
      open.send("go")
      try await first
      return [:]
    }
    try await withMethods([method]) { client, _ in
      let responses = Held(open: open)
      try await client.call(
        path: Raw.path("Write"), requests: Requests([""]), responses: responses)
      #expect(responses.inner.messages.map(\.count) == Array(repeating: 64 << 10, count: count))
    }
  }

  @Test("ends the call of a writer that is cancelled while it waits for room")
  func cancelledWriter() async throws {
    let open = Signal()
    let method = Raw.serverStreaming("Write") { _, responses, _ in
      let call = (responses as! ServerMessageSink).call
      let writer = Task {
        while true { try await responses.write(MessageBytes(repeating: 1, count: 64 << 10)) }
      }
      await Self.wait(for: call) { $0.writing.writer?.continuation != nil }
      writer.cancel()
      let error = await #expect(throws: RPCError.self) { try await writer.value }
      #expect(error?.code == .cancelled)
      open.send("go")
      return [:]
    }
    try await withMethods([method]) { client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.call(
          path: Raw.path("Write"), requests: Requests([""]), responses: Held(open: open))
      }
      #expect(error?.code == .cancelled)
    }
  }

  @Test("refuses a reader while another one waits, who is given the message")
  func readers() async throws {
    let go = Signal()
    let method = Raw.clientStreaming("Read") { requests, _ in
      let call = (requests as! ServerMessageSource).call
      async let first = requests.next()
      await Self.wait(for: call) { $0.reading.reader?.continuation != nil }
      // Cancelled too: to give up is its own business.
      let second = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await requests.next()
      }
      let error = await #expect(throws: RPCError.self) { try await second.value }
      #expect(error?.code == .internalError)
      go.send("go")
      return UnaryReply(message: try #require(try await first))
    }
    try await withMethods([method]) { client, _ in
      let responses = Responses()
      try await client.call(
        path: Raw.path("Read"), requests: Waiting(go: go), responses: responses)
      #expect(responses.texts == ["one"])
    }
  }

  @Test("keeps what comes for the next reader where one was cancelled while it waited")
  func cancelledReader() async throws {
    let go = Signal()
    let method = Raw.clientStreaming("Read") { requests, _ in
      let call = (requests as! ServerMessageSource).call
      let first = Task { try await requests.next() }
      await Self.wait(for: call) { $0.reading.reader?.continuation != nil }
      first.cancel()
      let error = await #expect(throws: RPCError.self) { try await first.value }
      #expect(error?.code == .cancelled)
      go.send("go")
      await Self.wait(for: call) { $0.reading.kept != nil }
      return UnaryReply(message: try #require(try await requests.next()))
    }
    try await withMethods([method]) { client, _ in
      let responses = Responses()
      try await client.call(
        path: Raw.path("Read"), requests: Waiting(go: go), responses: responses)
      #expect(responses.texts == ["one"])
    }
  }

  @Test("gives each message of a pipe to who wrote it for taken, and refuses a second writer")
  func pipe() async throws {
    let pipe = MessagePipe()
    async let first: Void = pipe.write(MessageBytes(text: "first"), compressed: nil)
    while pipe.canRestart { await Task.yield() }
    let error = await #expect(throws: RPCError.self) {
      try await pipe.write(MessageBytes(text: "second"), compressed: nil)
    }
    #expect(error?.code == .internalError)
    #expect(try await pipe.next()?.text == "first")
    try await first
    pipe.finish(.success([:]))
    #expect(try await pipe.next() == nil)
  }
}
