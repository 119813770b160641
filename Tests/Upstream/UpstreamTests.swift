import RPC
import RPCTestSupport
import TestSupport
import Testing

@testable import Upstream

@Suite("Methods of another server") struct UpstreamTests {
  private static let path = "/echo.v1.Echo"

  @Test("are those of the schema, of the services that are asked for")
  func methods() throws {
    let client = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:1"))
    let schema = try EchoContract.schema()
    let all = Upstream.methods(of: schema, client: client)
    #expect(
      all.map(\.descriptor.path) == [
        "/echo.v1.Echo/Unary", "/echo.v1.Echo/Collect", "/echo.v1.Echo/Spread",
        "/echo.v1.Echo/Chat", "/echo.v1.Other/Unary",
      ])
    #expect(
      all.map(\.descriptor.kind) == [
        .unary, .clientStreaming, .serverStreaming, .bidirectionalStreaming, .unary,
      ])
    let some = Upstream.methods(of: schema, services: ["echo.v1.Other"], client: client)
    #expect(some.map(\.descriptor.path) == ["/echo.v1.Other/Unary"])
  }

  @Test("carry one message each way, as it is")
  func unary() async throws {
    let answer = try await withRelay([.unary { message, _ in UnaryReply(message: message) }]) {
      try await $0.unary(path: "\(Self.path)/Unary", MessageBytes([0x0A, 0x01, 0x61, 0x38, 0x07]))
    }
    #expect(answer.withUnsafeBytes { [UInt8]($0) } == [0x0A, 0x01, 0x61, 0x38, 0x07])
  }

  @Test("carry a stream of requests to one response")
  func clientStreaming() async throws {
    let collected = Collected()
    let trailing = try await withRelay([
      .collect { requests, _ in
        var count: UInt8 = 0
        while try await requests.next() != nil { count += 1 }
        return UnaryReply(
          message: MessageBytes([0x0A, 0x01, 0x30 + count]), initialMetadata: ["first": "1"],
          trailingMetadata: ["last": "2"])
      }
    ]) {
      try await $0.call(
        path: "\(Self.path)/Collect", requests: Messages([[], [], []]), responses: collected)
    }
    #expect(collected.messages == [[0x0A, 0x01, 0x33]])
    #expect(collected.metadata.first("first") == "1")
    #expect(trailing.first("last") == "2")
  }

  @Test("carry one request to a stream of responses")
  func serverStreaming() async throws {
    let collected = Collected()
    let trailing = try await withRelay([
      .spread { message, responses, _ in
        try await responses.sendInitialMetadata(["first": "1"])
        for _ in 0..<3 { try await responses.write(message) }
        return ["last": "2"]
      }
    ]) {
      try await $0.call(
        path: "\(Self.path)/Spread", requests: Messages([[0x38, 0x01]]), responses: collected)
    }
    #expect(collected.messages == [[0x38, 0x01], [0x38, 0x01], [0x38, 0x01]])
    #expect(collected.metadata.first("first") == "1")
    #expect(trailing.first("last") == "2")
  }

  @Test("carry streams both ways at once: an answer comes before the next request")
  func bidirectional() async throws {
    let (requests, collected) = (Messages(ends: false), Collected())
    try await withRelay([
      .chat { requests, responses, _ in
        while let request = try await requests.next() { try await responses.write(request) }
        return [:]
      }
    ]) { client in
      async let call = client.call(
        path: "\(Self.path)/Chat", requests: requests, responses: collected)
      requests.give([0x38, 0x01])
      #expect(await collected.arrived.first == [0x38, 0x01])
      requests.give([0x38, 0x02])
      requests.finish()
      _ = try await call
    }
    #expect(collected.messages == [[0x38, 0x01], [0x38, 0x02]])
  }

  @Test("let a server end a stream that its caller has not ended")
  func earlyEnd() async throws {
    await #expect {
      try await withRelay([
        .chat { _, _, _ in throw RPCError(code: .outOfRange, message: "enough") }
      ]) {
        try await $0.call(
          path: "\(Self.path)/Chat", requests: Messages([[]], ends: false), responses: Collected())
      }
    } throws: { ($0 as? RPCError)?.code == .outOfRange }
  }

  @Test("that the server does not have are UNIMPLEMENTED")
  func unknown() async throws {
    await #expect {
      try await withRelay([]) { try await $0.unary(path: "\(Self.path)/Unary", MessageBytes([])) }
    } throws: { ($0 as? RPCError)?.code == .unimplemented }
  }

  // MARK: Ends

  @Test(
    "fail as the server says, with details and trailers",
    arguments: ["Unary", "Collect", "Spread", "Chat"])
  func failure(_ method: String) async throws {
    let reason = RPCError(
      code: .failedPrecondition, message: "the gate is ö", statusDetails: [0x08, 0x09],
      metadata: ["retry-after": "7"])
    let error = await #expect(throws: RPCError.self) {
      try await withRelay([
        .unary { _, _ in throw reason }, .collect { _, _ in throw reason },
        .spread { _, _, _ in throw reason }, .chat { _, _, _ in throw reason },
      ]) {
        try await $0.call(
          path: "\(Self.path)/\(method)", requests: Messages([[]]), responses: Collected())
      }
    }
    #expect(error?.code == reason.code)
    #expect(error?.message == reason.message)
    #expect(error?.statusDetails == reason.statusDetails)
    #expect(error?.metadata.first("retry-after") == "7")
  }

  @Test("do not say where a server is that cannot be reached")
  func unreachable() async throws {
    let nobody = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:1"))
    let methods = Upstream.methods(of: try EchoContract.schema(), client: nobody)
    for method in ["Unary", "Chat"] {
      let error = await #expect(throws: RPCError.self) {
        try await withMethods(methods) { client, _, _ in
          try await client.call(
            path: "\(Self.path)/\(method)", requests: Messages([[]]), responses: Collected())
        }
      }
      #expect(error?.code == .unavailable)
      #expect(error?.message == "the upstream is not reachable")
    }
  }

  @Test("repeat what a server itself says of being unavailable")
  func unavailable() async throws {
    let said = RPCError(code: .unavailable, message: "the shop is closed")
    #expect(said.ofUpstream.message == "the shop is closed")
    for text in ["Socket closed", "recvmsg:Connection reset by peer", "GOAWAY received"] {
      let broken = RPCError(code: .unavailable, message: text)
      #expect(broken.ofUpstream.message == "the upstream is not reachable")
    }
    let named = RPCError(code: .internalError, message: "failed to connect to all addresses")
    #expect(named.ofUpstream == named)
  }

  @Test("answer no more than is taken", arguments: ["Unary", "Spread"])
  func limit(_ method: String) async throws {
    let large = MessageBytes(repeating: 0, count: 2_000)
    let handlers: [RegisteredMethod] = [
      .unary { _, _ in UnaryReply(message: large) },
      .spread { _, responses, _ in
        try await responses.write(large)
        return [:]
      },
    ]
    let error = await #expect(throws: RPCError.self) {
      try await withMethods(handlers) { _, _, port in
        var configuration = ClientConfiguration(target: "127.0.0.1:\(port)")
        configuration.maxReceiveMessageBytes = 1_000
        let relayed = Upstream.methods(
          of: try EchoContract.schema(), client: RPCClient(configuration: configuration))
        try await withMethods(relayed) { client, _, _ in
          _ = try await client.call(
            path: "\(Self.path)/\(method)", requests: Messages([[]]), responses: Collected())
        }
      }
    }
    #expect(error?.code == .internalError)
    #expect(error?.message == "the upstream's answer is too large")
  }

  @Test("have the caller's deadline, and are not called behind it")
  func deadline() async throws {
    let seen = Noted<ContinuousClock.Instant?>()
    try await withRelay([
      .unary { message, context in
        seen.note(context.deadline)
        return UnaryReply(message: message)
      }
    ]) {
      _ = try await $0.unary(
        path: "\(Self.path)/Unary", MessageBytes([]), options: CallOptions(timeout: .seconds(50)))
    }
    let deadline = try #require(await seen.first ?? nil)
    let left = ContinuousClock.now.duration(to: deadline)
    #expect(left > .seconds(1) && left < .seconds(60))

    let client = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:1"))
    let method = UpstreamMethod(path: "\(Self.path)/Unary", client: client)
    let late = ServerContext(
      method: MethodDescriptor(
        service: ServiceDescriptor(fullyQualifiedService: EchoContract.service), method: "Unary",
        kind: .unary), metadata: [:], peer: Peer(address: "", door: .rest), deadline: .now)
    await #expect {
      _ = try await method.unary(MessageBytes([]), late)
    } throws: { ($0 as? RPCError)?.code == .deadlineExceeded }
    await #expect {
      _ = try await method.bidirectionalStreaming(Messages(), Collected(), late)
    } throws: { ($0 as? RPCError)?.code == .deadlineExceeded }
  }

  @Test("are cancelled when the caller goes", arguments: ["Unary", "Collect", "Spread", "Chat"])
  func cancellation(_ method: String) async throws {
    let (began, cancelled) = (Noted<Bool>(), Noted<Bool>())
    let wait: @Sendable () async throws -> Never = {
      began.note(true)
      do {
        try await Task.sleep(for: .seconds(60))
      } catch {
        cancelled.note(true)
        throw error
      }
      throw RPCError(code: .internalError, message: "nobody cancelled")
    }
    try await withRelay([
      .unary { _, _ in try await wait() }, .collect { _, _ in try await wait() },
      .spread { _, _, _ in try await wait() }, .chat { _, _, _ in try await wait() },
    ]) { client in
      let call = Task {
        try await client.call(
          path: "\(Self.path)/\(method)", requests: Messages([[]]), responses: Collected())
      }
      _ = await began.first
      call.cancel()
      #expect(await cancelled.first == true)
      _ = await call.result
    }
  }

  @Test("answer once where one answer is due")
  func oneReply() async throws {
    let none = ReplyCollector()
    #expect { try none.reply(trailing: [:]) } throws: { error in
      (error as? RPCError)?.code == .unimplemented
    }
    let two = ReplyCollector()
    try await two.write(MessageBytes([]), compressed: nil)
    await #expect {
      try await two.write(MessageBytes([]), compressed: nil)
    } throws: { ($0 as? RPCError)?.code == .unimplemented }
  }
}
