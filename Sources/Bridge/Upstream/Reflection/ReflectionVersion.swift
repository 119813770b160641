import GeneratedReflection
import RPC

/// A version of the reflection protocol. Versions differ by their package alone: the messages of
/// one serve both.
enum ReflectionVersion: CaseIterable {
  case v1
  case v1alpha

  private var method: MethodDescriptor {
    switch self {
    case .v1: Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor
    case .v1alpha: Grpc_Reflection_V1alpha_ServerReflection.Method.ServerReflectionInfo.descriptor
    }
  }

  /// Asks for everything, on one stream.
  ///
  /// - Throws: `UpstreamError`, and `RPCError` with the status of the call.
  func contracts(
    _ client: RPCClient, _ metadata: Metadata, _ options: CallOptions, _ known: [UInt8]
  ) async throws -> ReflectedContracts {
    let (questions, asking) = AsyncStream<Grpc_Reflection_V1_ServerReflectionRequest>.makeStream()
    return try await client.bidirectionalStreaming(
      method, metadata: metadata, options: options,
      as: Grpc_Reflection_V1_ServerReflectionResponse.self,
      requestProducer: { writer in
        for await question in questions { try await writer.write(question) }
      },
      onResponse: { responses in
        defer { asking.finish() }
        var conversation = ReflectionConversation(asking, responses.makeAsyncIterator())
        return try await conversation.everything(known: known)
      })
  }
}
