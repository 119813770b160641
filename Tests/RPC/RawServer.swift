import RPC
import Synchronization

/// The methods of tests that need no contract.
enum Raw {
  static let service = ServiceDescriptor(fullyQualifiedService: "test.Raw")

  static func unary(
    _ name: String, _ handler: @escaping RegisteredMethod.UnaryHandler
  ) -> RegisteredMethod {
    method(name, .unary, .unary(handler))
  }

  static func clientStreaming(
    _ name: String, _ handler: @escaping RegisteredMethod.ClientStreamingHandler
  ) -> RegisteredMethod {
    method(name, .clientStreaming, .clientStreaming(handler))
  }

  static func serverStreaming(
    _ name: String, _ handler: @escaping RegisteredMethod.ServerStreamingHandler
  ) -> RegisteredMethod {
    method(name, .serverStreaming, .serverStreaming(handler))
  }

  static func bidirectional(
    _ name: String, _ handler: @escaping RegisteredMethod.BidirectionalStreamingHandler
  ) -> RegisteredMethod {
    method(name, .bidirectionalStreaming, .bidirectionalStreaming(handler))
  }

  private static func method(
    _ name: String, _ kind: MethodKind, _ handler: RegisteredMethod.Handler
  ) -> RegisteredMethod {
    RegisteredMethod(
      descriptor: MethodDescriptor(service: service, method: name, kind: kind), handler: handler)
  }

  static func path(_ name: String) -> String { "/test.Raw/\(name)" }
}

extension MessageBytes {
  init(text: String) { self.init(Array(text.utf8)) }
  var text: String { withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
}

/// Requests from a list.
final class Requests: MessageSource {
  private let messages: Mutex<ArraySlice<String>>
  init(_ messages: [String]) { self.messages = Mutex(messages[...]) }
  func next() async throws -> MessageBytes? {
    messages.withLock { $0.popFirst() }.map(MessageBytes.init(text:))
  }
}

/// Responses into a list.
final class Responses: MessageSink {
  private let state = Mutex((metadata: Metadata(), messages: [MessageBytes]()))
  var metadata: Metadata { state.withLock { $0.metadata } }
  var messages: [MessageBytes] { state.withLock { $0.messages } }
  var texts: [String] { messages.map(\.text) }
  func sendInitialMetadata(_ metadata: Metadata) async throws {
    state.withLock { $0.metadata = metadata }
  }
  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    state.withLock { $0.messages.append(message) }
  }
}

/// Runs a server of methods and a client for one test, and stops both.
func withMethods(
  _ methods: [RegisteredMethod], interceptors: [ServerInterceptorRule] = [],
  configure: (inout ServerConfiguration) -> Void = { _ in },
  configureClient: (inout ClientConfiguration) throws -> Void = { _ in },
  starts: [any ClientStartInterceptor] = [],
  clientInterceptors: [any ClientInterceptor] = [],
  _ body: (RPCClient, RPCServer) async throws -> Void
) async throws {
  var configuration = ServerConfiguration(address: "127.0.0.1:0")
  configuration.gracePeriod = .seconds(5)
  configure(&configuration)
  var clientConfiguration = ClientConfiguration(target: "")
  try configureClient(&clientConfiguration)
  let server = RPCServer(
    configuration: configuration, methods: methods, interceptors: interceptors)
  let port = try server.start()
  clientConfiguration.target = port == 0 ? configuration.address : "127.0.0.1:\(port)"
  let client = RPCClient(
    configuration: clientConfiguration, starts: starts, interceptors: clientInterceptors)
  do {
    try await body(client, server)
  } catch {
    await server.shutdown()
    throw error
  }
  await server.shutdown()
}
