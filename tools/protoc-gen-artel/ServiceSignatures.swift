import SwiftProtobufPluginLibrary

/// How a method is written in one of the two protocols.
struct ServiceSignatures {
  /// Which of the protocols.
  enum Level {
    /// `ServiceProtocol`: metadata both ways.
    case full
    /// `SimpleServiceProtocol`: messages alone.
    case simple
  }

  let names: SwiftNames
  let level: Level

  /// The method's requirement, without a body.
  func signature(_ method: MethodDescriptor) -> String {
    let function = names.function(of: method)
    let result = result(of: method).map { " -> \($0)" } ?? ""
    return method.shape.streamsResponses
      ? """
      func \(function)(
        request: \(request(of: method)),
        response: RPC.RPCWriter<\(names.output(of: method))>,
        context: RPC.ServerContext
      ) async throws\(result)
      """
      : """
      func \(function)(
        request: \(request(of: method)),
        context: RPC.ServerContext
      ) async throws\(result)
      """
  }

  /// The closure that registers the method, with its label.
  func handler(_ method: MethodDescriptor) -> String {
    let function = names.function(of: method)
    let label = level == .full ? "fullHandler" : "handler"
    return method.shape.streamsResponses
      ? """
        \(label): { request, response, context in
          try await self.\(function)(request: request, response: response, context: context)
        })
      """
      : """
        \(label): { request, context in
          try await self.\(function)(request: request, context: context)
        })
      """
  }

  private func request(of method: MethodDescriptor) -> String {
    let input = names.input(of: method)
    let messages = method.shape.streamsRequests ? "RPC.RPCRequestStream<\(input)>" : input
    return level == .full ? "RPC.ServerRequest<\(messages)>" : messages
  }

  private func result(of method: MethodDescriptor) -> String? {
    let output = names.output(of: method)
    return switch (level, method.shape.streamsResponses) {
    case (.full, true): "RPC.Metadata"
    case (.full, false): "RPC.ServerResponse<\(output)>"
    case (.simple, true): nil
    case (.simple, false): output
    }
  }
}
