import RPC
import RPCTestSupport
import Synchronization
import Upstream

/// A server, a second one that serves the first one's methods by calling it, and a client of the
/// second: for one test.
func withRelay<Result: Sendable>(
  _ handlers: [RegisteredMethod],
  _ body: (RPCClient) async throws -> Result
) async throws -> Result {
  try await withMethods(handlers) { origin, _, _ in
    let relayed = Upstream.methods(of: try EchoContract.schema(), client: origin)
    return try await withMethods(relayed) { client, _, _ in try await body(client) }
  }
}

extension RegisteredMethod {
  /// A method of the echo contract with code of a test's own.
  static func echo(_ name: String, _ kind: MethodKind, _ handler: Handler) -> RegisteredMethod {
    RegisteredMethod(
      descriptor: MethodDescriptor(
        service: ServiceDescriptor(fullyQualifiedService: EchoContract.service), method: name,
        kind: kind),
      handler: handler)
  }

  static func unary(_ serve: @escaping UnaryHandler) -> RegisteredMethod {
    echo("Unary", .unary, .unary(serve))
  }

  static func collect(_ serve: @escaping ClientStreamingHandler) -> RegisteredMethod {
    echo("Collect", .clientStreaming, .clientStreaming(serve))
  }

  static func spread(_ serve: @escaping ServerStreamingHandler) -> RegisteredMethod {
    echo("Spread", .serverStreaming, .serverStreaming(serve))
  }

  static func chat(_ serve: @escaping BidirectionalStreamingHandler) -> RegisteredMethod {
    echo("Chat", .bidirectionalStreaming, .bidirectionalStreaming(serve))
  }
}

/// What a test notes from a handler, and waits for.
final class Noted<Value: Sendable>: Sendable {
  private let stream: AsyncStream<Value>
  private let continuation: AsyncStream<Value>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func note(_ value: Value) { continuation.yield(value) }

  var first: Value? {
    get async {
      for await value in stream { return value }
      return nil
    }
  }
}

/// Messages that a test gives one by one.
final class Messages: MessageSource {
  private let stream: AsyncStream<[UInt8]>
  private let continuation: AsyncStream<[UInt8]>.Continuation

  init(_ messages: [[UInt8]] = [], ends: Bool = true) {
    (stream, continuation) = AsyncStream.makeStream()
    for message in messages { continuation.yield(message) }
    if ends { continuation.finish() }
  }

  func give(_ message: [UInt8]) { continuation.yield(message) }
  func finish() { continuation.finish() }

  func next() async throws -> MessageBytes? {
    for await message in stream { return MessageBytes(message) }
    return nil
  }
}

/// Keeps what is written.
final class Collected: MessageSink {
  private let state = Mutex<(metadata: Metadata, messages: [[UInt8]])>(([:], []))
  let arrived = Noted<[UInt8]>()

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    state.withLock { $0.metadata = metadata }
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    let bytes = message.withUnsafeBytes { [UInt8]($0) }
    state.withLock { $0.messages.append(bytes) }
    arrived.note(bytes)
  }

  var messages: [[UInt8]] { state.withLock { $0.messages } }
  var metadata: Metadata { state.withLock { $0.metadata } }
}
