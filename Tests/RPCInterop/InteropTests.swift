import GeneratedTesting
import InteropSuite
import RPC
import RPCTestSupport
import TestSupport
import Testing

@Suite("Between our client and our server")
struct InteropTests {
  @Test(
    "passes every case of gRPC's interoperability tests",
    arguments: InteropCase.all.map(\.name))
  func passes(name: String) async throws {
    let interopCase = try #require(InteropCase.named(name))
    try await withMethods(InteropServer.methods) { client, _, _ in
      try await interopCase.run(with: client)
    }
  }

  @Test("has the cases that other implementations have, by the same names")
  func names() {
    #expect(
      Set(InteropCase.all.map(\.name)) == [
        "empty_unary", "large_unary", "client_compressed_unary", "server_compressed_unary",
        "client_streaming", "client_compressed_streaming", "server_streaming",
        "server_compressed_streaming", "ping_pong", "empty_stream", "timeout_on_sleeping_server",
        "cancel_after_begin", "cancel_after_first_response", "custom_metadata",
        "status_code_and_message", "special_status_message", "unimplemented_method",
        "unimplemented_service",
      ])
    #expect(InteropCase.named("none") == nil)
  }

  /// Cases that a server cannot fail, or not for sure: they end before it answers.
  private static let hasty: Set<String> = [
    "timeout_on_sleeping_server", "cancel_after_begin", "unimplemented_method",
    "unimplemented_service",
  ]

  @Test(
    "fails where the server does nothing of what the case says",
    arguments: InteropCase.all.map(\.name).filter { !hasty.contains($0) })
  func fails(name: String) async throws {
    let interopCase = try #require(InteropCase.named(name))
    let broken = InteropServer.methods.map { method in
      RegisteredMethod(descriptor: method.descriptor, handler: Self.wrong(method.handler))
    }
    try await withMethods(broken) { client, _, _ in
      await #expect(throws: (any Error).self) { try await interopCase.run(with: client) }
    }
  }

  @Test("fails where a method is there that should be missing")
  func unexpected() async throws {
    let cases = [
      (Grpc_Testing_TestService.descriptor, "unimplemented_method"),
      (Grpc_Testing_UnimplementedService.descriptor, "unimplemented_service"),
    ]
    for (service, name) in cases {
      let interopCase = try #require(InteropCase.named(name))
      let method = RegisteredMethod(
        descriptor: MethodDescriptor(service: service, method: "UnimplementedCall", kind: .unary),
        handler: .unary { _, _ in UnaryReply(message: MessageBytes([])) })
      try await withMethods(InteropServer.methods + [method]) { client, _, _ in
        await #expect(throws: InteropFailure.self) { try await interopCase.run(with: client) }
      }
    }
  }

  /// Answers every call at once with a message that nobody asked for.
  private static func wrong(_ handler: RegisteredMethod.Handler) -> RegisteredMethod.Handler {
    // Field 15, a varint: an unknown field to every response.
    let message = MessageBytes([0x78, 0x01])
    return switch handler {
    case .unary: .unary { _, _ in UnaryReply(message: message) }
    case .clientStreaming: .clientStreaming { _, _ in UnaryReply(message: message) }
    case .serverStreaming:
      .serverStreaming { _, sink, _ in
        try await sink.write(message)
        return [:]
      }
    case .bidirectionalStreaming:
      .bidirectionalStreaming { _, sink, _ in
        try await sink.write(message)
        return [:]
      }
    }
  }
}
