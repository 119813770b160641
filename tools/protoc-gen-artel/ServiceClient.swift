import SwiftProtobufPluginLibrary

/// The struct that calls a service.
struct ServiceClient {
  let service: ServiceDescriptor
  let names: SwiftNames

  func write(to out: inout CodePrinter) {
    out.print("extension \(names.namespace(of: service)) {")
    out.withIndentation { out in
      out.print(
        service.documentation(or: "The service `\(service.fullName)`."),
        "public struct Client: Sendable {",
        """
          private let client: RPC.RPCClient

          /// Calls the service over the client's channel.
          public init(wrapping client: RPC.RPCClient) {
            self.client = client
          }
        """)
      out.withIndentation { out in
        for method in service.methods {
          out.print()
          write(method, to: &out)
        }
      }
      out.print("}")
    }
    out.print("}")
  }

  private func write(_ method: MethodDescriptor, to out: inout CodePrinter) {
    let input = names.input(of: method)
    let output = names.output(of: method)
    let function = names.function(of: method)
    out.print(method.documentation(or: "Calls `\(method.policyName)`."), "///")
    out.print(
      """
      /// - Parameters:
      ///   - message: What to send.
      ///   - metadata: What to send with it.
      ///   - options: How to call.
      """)
    out.print(
      method.serverStreaming
        ? """
        ///   - onResponse: Reads the stream; the call ends when it returns.
        /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
        public func \(function)<Result: Sendable>(
          _ message: \(input),
          metadata: RPC.Metadata = [:],
          options: RPC.CallOptions = .defaults,
          onResponse: (RPC.RPCResponseStream<\(output)>) async throws -> Result
        ) async throws -> Result {
          try await client.serverStreaming(
            Method.\(names.type(of: method)).descriptor, message, metadata: metadata,
            options: options, as: \(output).self, onResponse: onResponse)
        }
        """
        : """
        /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
        public func \(function)(
          _ message: \(input),
          metadata: RPC.Metadata = [:],
          options: RPC.CallOptions = .defaults
        ) async throws -> \(output) {
          try await client.unary(
            Method.\(names.type(of: method)).descriptor, message, metadata: metadata,
            options: options, as: \(output).self)
        }
        """)
  }
}
