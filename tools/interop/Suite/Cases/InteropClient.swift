import FoundationEssentials
import GeneratedTesting
import RPC

/// What the cases call with.
struct InteropClient: Sendable {
  typealias OutputRequest = Grpc_Testing_StreamingOutputCallRequest
  typealias OutputResponse = Grpc_Testing_StreamingOutputCallResponse

  /// The channel, for calls over serialized messages.
  let channel: RPCClient

  /// The service.
  let test: Grpc_Testing_TestService.Client

  /// The service that no server has.
  let missing: Grpc_Testing_UnimplementedService.Client

  init(_ client: RPCClient) {
    channel = client
    test = Grpc_Testing_TestService.Client(wrapping: client)
    missing = Grpc_Testing_UnimplementedService.Client(wrapping: client)
  }

  /// How every call is made: it waits for the server, but not for ever.
  static let options = CallOptions(timeout: .seconds(30), waitForReady: true)

  /// The same with compression.
  static func options(_ compression: Compression) -> CallOptions {
    var options = options
    options.compression = compression
    return options
  }

  /// What a large unary call sends.
  static func largeRequest() throws -> Grpc_Testing_SimpleRequest {
    try .with {
      $0.responseSize = 314_159
      $0.payload = try .zeros(271_828)
    }
  }

  /// Asks a stream for answers of some sizes, with a payload of its own.
  static func outputRequest(_ sizes: [Int32], payload: Int32? = nil) throws -> OutputRequest {
    try .with {
      $0.responseParameters = sizes.map { size in .with { $0.size = size } }
      if let payload { $0.payload = try .zeros(payload) }
    }
  }
}

/// Fails the case where a payload is not the zeros that were asked for.
func require(_ payload: Grpc_Testing_Payload, has count: Int) throws {
  try require(payload.type, is: .compressable, "the payload's type")
  try require(payload.body.count, is: count, "the payload's bytes")
  try require(payload.body.allSatisfy { $0 == 0 }, "the payload is not of zeros")
}

/// Waits until the task is cancelled: what a producer does that leaves its stream open.
func untilCancelled() async {
  let (stream, continuation) = AsyncStream<Never>.makeStream()
  await withTaskCancellationHandler {
    for await _ in stream {}
  } onCancel: {
    continuation.finish()
  }
}
