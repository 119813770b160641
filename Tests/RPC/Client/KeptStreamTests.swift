import GeneratedPeer
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A stream that is kept beyond its call")
struct KeptStreamTests {
  private typealias Message = Peer_V1_Resident
  private typealias Stream = RPCResponseStream<Message>

  private static let one = Raw.serverStreaming("One") { _, responses, _ in
    try await responses.write(MessageBytes(text: ""))
    return ["trailing": "t"]
  }

  private static let fail = Raw.serverStreaming("Fail") { _, _, _ in
    throw RPCError(code: .dataLoss, message: "lost")
  }

  private static let echo = Raw.bidirectional("Echo") { requests, responses, _ in
    while let request = try await requests.next() { try await responses.write(request) }
    return [:]
  }

  /// Gives what `body` keeps when the client was let go, and waits until it is gone with that.
  private func outliving<Kept: Sendable>(
    _ body: (RPCClient) async throws -> Kept, then look: (Kept) async throws -> Void
  ) async throws {
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"),
      methods: [Self.one, Self.fail, Self.echo])
    let port = try server.start()
    weak var watched: RPCClient?
    do {
      var client: RPCClient? = RPCClient(
        configuration: ClientConfiguration(target: "127.0.0.1:\(port)"))
      watched = client
      let kept = try await body(client!)
      client = nil
      try await look(kept)
    }
    while watched != nil { await Task.yield() }
    await server.shutdown()
  }

  @Test("has ended, however often it is asked, where it was read to its end")
  func read() async throws {
    try await outliving { client in
      try await client.serverStreaming(
        Self.one.descriptor, Message(), as: Message.self
      ) { (responses: Stream) in
        for try await _ in responses {}
        return responses
      }
    } then: { responses in
      for _ in 0..<3 {
        var iterator = responses.makeAsyncIterator()
        let next = try await iterator.next()
        #expect(next == nil)
      }
      let (initial, trailing) = try await (responses.metadata, responses.trailingMetadata)
      #expect(initial.isEmpty)
      #expect(trailing.first("trailing") == "t")
    }
  }

  @Test("says that it was cancelled where it was not read")
  func unread() async throws {
    try await outliving { client in
      try await client.bidirectionalStreaming(
        Self.echo.descriptor, as: Message.self,
        requestProducer: { (_: RPCWriter<Message>) in await untilCancelled() },
        onResponse: { (responses: Stream) in responses })
    } then: { responses in
      for _ in 0..<2 {
        var iterator = responses.makeAsyncIterator()
        let error = await #expect(throws: RPCError.self) { try await iterator.next() }
        #expect(error?.code == .cancelled)
      }
    }
  }

  @Test("throws the status of its call again")
  func failed() async throws {
    try await outliving { client in
      let kept = Mutex<Stream?>(nil)
      await #expect(throws: RPCError.self) {
        try await client.serverStreaming(
          Self.fail.descriptor, Message(), as: Message.self
        ) { (responses: Stream) in
          kept.withLock { $0 = responses }
          for try await _ in responses {}
        }
      }
      return kept.withLock { $0 }
    } then: { responses in
      var iterator = try #require(responses).makeAsyncIterator()
      let error = await #expect(throws: RPCError.self) { try await iterator.next() }
      #expect(error?.code == .dataLoss)
    }
  }

  @Test("takes no request")
  func written() async throws {
    final class Box: Sendable {
      let writer = Mutex<RPCWriter<Message>?>(nil)
    }
    try await outliving { client in
      let box = Box()
      try await client.bidirectionalStreaming(
        Self.echo.descriptor, as: Message.self,
        requestProducer: { writer in
          box.writer.withLock { $0 = writer }
          try await writer.write(Message())
        },
        onResponse: { (responses: Stream) in for try await _ in responses {} })
      return box
    } then: { box in
      let writer = try #require(box.writer.withLock { $0 })
      let error = await #expect(throws: RPCError.self) { try await writer.write(Message()) }
      #expect(error?.code == .cancelled)
    }
  }

  @Test("takes no request behind the last")
  func behindTheLast() async throws {
    let kept = Mutex<RPCWriter<Message>?>(nil)
    let open = Signal()
    let method = Raw.bidirectional("Held") { requests, responses, _ in
      while try await requests.next() != nil {}
      try await responses.sendInitialMetadata(["closed": "yes"])
      _ = await open.next()
      return [:]
    }
    try await withMethods([method]) { client, _ in
      try await client.bidirectionalStreaming(
        method.descriptor, as: Message.self,
        requestProducer: { writer in kept.withLock { $0 = writer } },
        onResponse: { (responses: Stream) in
          _ = try await responses.metadata
          let writer = try #require(kept.withLock { $0 })
          let error = await #expect(throws: RPCError.self) { try await writer.write(Message()) }
          #expect(error?.code == .internalError)
          open.send("go")
          for try await _ in responses {}
        })
    }
  }

  @Test("is counted among the living calls as long as it is kept")
  func counted() async throws {
    try await outliving { client in
      try await client.serverStreaming(
        Self.one.descriptor, Message(), as: Message.self
      ) { (responses: Stream) in responses }
    } then: { responses in
      #expect(LiveClientCalls.count > 0)
      withExtendedLifetime(responses) {}
    }
  }
}
