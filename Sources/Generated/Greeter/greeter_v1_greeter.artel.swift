// Written by protoc-gen-artel from greeter/v1/greeter.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Greets people.
public enum Greeter_V1_Greeter {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "greeter.v1.Greeter")

  /// The service's methods.
  public enum Method {
    /// `greeter.v1.Greeter/Greet`.
    public enum Greet {
      /// What a caller sends.
      public typealias Input = Greeter_V1_GreetRequest

      /// What a caller gets.
      public typealias Output = Greeter_V1_GreetResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Greeter_V1_Greeter.descriptor, method: "Greet",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      Greet.descriptor,
    ]
  }
}

extension Greeter_V1_Greeter {
  /// Greets people.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Greets one person.
    func greet(
      request: RPC.ServerRequest<Greeter_V1_GreetRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Greeter_V1_GreetResponse>
  }

  /// Greets people.
  public protocol SimpleServiceProtocol: Greeter_V1_Greeter.ServiceProtocol {
    /// Greets one person.
    func greet(
      request: Greeter_V1_GreetRequest,
      context: RPC.ServerContext
    ) async throws -> Greeter_V1_GreetResponse
  }
}

extension Greeter_V1_Greeter.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Greeter_V1_Greeter.Method.Greet.descriptor,
      request: Greeter_V1_Greeter.Method.Greet.Input.self, response: Greeter_V1_Greeter.Method.Greet.Output.self,
      fullHandler: { request, context in
        try await self.greet(request: request, context: context)
      })
  }
}

extension Greeter_V1_Greeter.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Greeter_V1_Greeter.Method.Greet.descriptor,
      request: Greeter_V1_Greeter.Method.Greet.Input.self, response: Greeter_V1_Greeter.Method.Greet.Output.self,
      handler: { request, context in
        try await self.greet(request: request, context: context)
      })
  }
}

extension Greeter_V1_Greeter.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func greet(
    request: RPC.ServerRequest<Greeter_V1_GreetRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Greeter_V1_GreetResponse> {
    RPC.ServerResponse(
      message: try await self.greet(request: request.message, context: context))
  }
}

extension Greeter_V1_Greeter {
  /// Greets people.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Greets one person.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func greet(
      _ message: Greeter_V1_GreetRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Greeter_V1_GreetResponse {
      try await client.unary(
        Method.Greet.descriptor, message, metadata: metadata, options: options, as: Greeter_V1_GreetResponse.self)
    }

    /// Greets one person.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func greet(
      _ request: RPC.ClientRequest<Greeter_V1_GreetRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Greeter_V1_GreetResponse> {
      try await client.unary(
        Method.Greet.descriptor, request, options: options, as: Greeter_V1_GreetResponse.self)
    }
  }
}
