import GeneratedTesting
import RPC
import SwiftProtobuf

/// A request that may say how it was sent.
protocol CompressionExpecting: Message {
  var hasExpectCompressed: Bool { get }
  var expectCompressed: Grpc_Testing_BoolValue { get }
}

extension Grpc_Testing_SimpleRequest: CompressionExpecting {}
extension Grpc_Testing_StreamingInputCallRequest: CompressionExpecting {}

/// Compares what requests say of their compression with how they came. A typed handler does not see
/// how, so this stands before it.
enum ExpectedCompression {
  /// Puts the comparison before a method that is asked for it; others stay as they are.
  static func check(_ method: RegisteredMethod) -> RegisteredMethod {
    switch (method.descriptor.method, method.handler) {
    case ("UnaryCall", .unary(let handler)):
      RegisteredMethod(
        descriptor: method.descriptor,
        handler: .unary { message, context in
          try check(message, Grpc_Testing_SimpleRequest.self)
          return try await handler(message, context)
        })
    case ("StreamingInputCall", .clientStreaming(let handler)):
      RegisteredMethod(
        descriptor: method.descriptor,
        handler: .clientStreaming { source, context in
          try await handler(CheckedSource(source: source), context)
        })
    default: method
    }
  }

  private struct CheckedSource: MessageSource {
    let source: any MessageSource

    func next() async throws -> MessageBytes? {
      guard let message = try await source.next() else { return nil }
      try check(message, Grpc_Testing_StreamingInputCallRequest.self)
      return message
    }
  }

  private static func check<Request: CompressionExpecting>(
    _ message: MessageBytes, _ type: Request.Type
  ) throws {
    let request = try message.decode(type)
    guard request.hasExpectCompressed, request.expectCompressed.value != message.wasCompressed
    else { return }
    throw RPCError(
      code: .invalidArgument,
      message: message.wasCompressed
        ? "the request came compressed" : "the request did not come compressed")
  }
}
