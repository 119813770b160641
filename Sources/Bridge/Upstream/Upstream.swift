public import RPC
public import Transcoding

/// Another gRPC server as the code behind methods: what is served here is called there.
///
/// Messages stay as they are on the wire, so neither side has to know their types. Metadata goes
/// there but for what belongs to a connection; the answer's metadata, messages, trailers and status
/// with its details come back. A caller that goes, and a deadline that passes, end the call there.
public enum Upstream {
  /// The methods of a schema, each served by calling the method of the same path.
  ///
  /// - Parameters:
  ///   - schema: The contracts.
  ///   - services: The full names of the services to serve; nil for all that the schema has.
  ///   - client: The channel to the server. It may be shared.
  /// - Returns: The methods, in the order of the schema.
  public static func methods(
    of schema: Schema, services: Set<String>? = nil, client: RPCClient
  ) -> [RegisteredMethod] {
    schema.methods.filter { services?.contains($0.serviceName) ?? true }.map { method in
      let descriptor = MethodDescriptor(
        service: ServiceDescriptor(fullyQualifiedService: method.serviceName), method: method.name,
        kind: method.kind)
      return RegisteredMethod(
        descriptor: descriptor, handler: handler(descriptor, client))
    }
  }

  private static func handler(
    _ method: MethodDescriptor, _ client: RPCClient
  ) -> RegisteredMethod.Handler {
    let call = UpstreamMethod(path: method.path, client: client)
    return switch method.kind {
    case .unary: .unary(call.unary)
    case .clientStreaming: .clientStreaming(call.clientStreaming)
    case .serverStreaming: .serverStreaming(call.serverStreaming)
    case .bidirectionalStreaming: .bidirectionalStreaming(call.bidirectionalStreaming)
    }
  }
}

extension MethodSchema {
  fileprivate var kind: MethodKind {
    switch (clientStreaming, serverStreaming) {
    case (false, false): .unary
    case (true, false): .clientStreaming
    case (false, true): .serverStreaming
    case (true, true): .bidirectionalStreaming
    }
  }
}
