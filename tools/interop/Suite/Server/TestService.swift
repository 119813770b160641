import GeneratedTesting
import RPC

/// The server's half of gRPC's interoperability tests: it does what each request asks for.
struct TestService: Grpc_Testing_TestService.ServiceProtocol {
  typealias Empty = Grpc_Testing_Empty
  typealias OutputRequest = Grpc_Testing_StreamingOutputCallRequest
  typealias OutputResponse = Grpc_Testing_StreamingOutputCallResponse

  /// How the answer names the server, where that is asked.
  static let serverID = "artel"

  /// How many requests a half-duplex call may send before it is answered.
  static let halfDuplexLimit = 1000

  func emptyCall(request: ServerRequest<Empty>, context: ServerContext) async throws
    -> ServerResponse<Empty>
  {
    let echo = EchoedMetadata(request.metadata)
    return ServerResponse(
      message: Empty(), metadata: echo.initial, trailingMetadata: echo.trailing)
  }

  func unaryCall(
    request: ServerRequest<Grpc_Testing_SimpleRequest>, context: ServerContext
  ) async throws -> ServerResponse<Grpc_Testing_SimpleResponse> {
    let (asked, echo) = (request.message, EchoedMetadata(request.metadata))
    try asked.responseStatus.throwIfFailure(trailing: echo.trailing)
    let response = try Grpc_Testing_SimpleResponse.with {
      $0.payload = try .zeros(asked.responseSize)
      if asked.fillServerID { $0.serverID = Self.serverID }
    }
    return ServerResponse(
      message: response, metadata: echo.initial, trailingMetadata: echo.trailing,
      compressed: asked.hasResponseCompressed ? asked.responseCompressed.value : nil)
  }

  func cacheableUnaryCall(
    request: ServerRequest<Grpc_Testing_SimpleRequest>, context: ServerContext
  ) async throws -> ServerResponse<Grpc_Testing_SimpleResponse> {
    var response = try await unaryCall(request: request, context: context)
    response.metadata.add("max-age=60, public", for: "cache-control")
    return response
  }

  func streamingOutputCall(
    request: ServerRequest<OutputRequest>, response: RPCWriter<OutputResponse>,
    context: ServerContext
  ) async throws -> Metadata {
    let echo = EchoedMetadata(request.metadata)
    try await echo.send(response)
    try await answer(request.message, response, echo)
    return echo.trailing
  }

  func streamingInputCall(
    request: ServerRequest<RPCRequestStream<Grpc_Testing_StreamingInputCallRequest>>,
    context: ServerContext
  ) async throws -> ServerResponse<Grpc_Testing_StreamingInputCallResponse> {
    let echo = EchoedMetadata(request.metadata)
    var size = 0
    for try await part in request.message {
      size += part.payload.body.count
      guard size <= Int32.max else {
        throw RPCError(code: .resourceExhausted, message: "the payloads are too many to count")
      }
    }
    return ServerResponse(
      message: .with { $0.aggregatedPayloadSize = Int32(size) }, metadata: echo.initial,
      trailingMetadata: echo.trailing)
  }

  func fullDuplexCall(
    request: ServerRequest<RPCRequestStream<OutputRequest>>, response: RPCWriter<OutputResponse>,
    context: ServerContext
  ) async throws -> Metadata {
    let echo = EchoedMetadata(request.metadata)
    try await echo.send(response)
    for try await part in request.message { try await answer(part, response, echo) }
    return echo.trailing
  }

  func halfDuplexCall(
    request: ServerRequest<RPCRequestStream<OutputRequest>>, response: RPCWriter<OutputResponse>,
    context: ServerContext
  ) async throws -> Metadata {
    let echo = EchoedMetadata(request.metadata)
    try await echo.send(response)
    var parts: [OutputRequest] = []
    for try await var part in request.message {
      guard parts.count < Self.halfDuplexLimit else {
        throw RPCError(code: .resourceExhausted, message: "there are too many requests to be kept")
      }
      part.clearPayload()
      parts.append(part)
    }
    for part in parts { try await answer(part, response, echo) }
    return echo.trailing
  }

  func unimplementedCall(request: ServerRequest<Empty>, context: ServerContext) async throws
    -> ServerResponse<Empty>
  {
    throw RPCError(code: .unimplemented, message: "the method is there to be missing")
  }

  /// Sends what a request asks for.
  private func answer(
    _ request: OutputRequest, _ response: RPCWriter<OutputResponse>, _ echo: EchoedMetadata
  ) async throws {
    try request.responseStatus.throwIfFailure(trailing: echo.trailing)
    for wanted in request.responseParameters {
      if wanted.intervalUs > 0 { try await Task.sleep(for: .microseconds(wanted.intervalUs)) }
      try await response.write(
        .with { $0.payload = try .zeros(wanted.size) },
        compressed: wanted.hasCompressed ? wanted.compressed.value : nil)
    }
  }
}
