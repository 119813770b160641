internal import CGRPC
public import SwiftProtobuf

/// A channel to a server. The core connects when the first call is made, and again when the
/// connection is lost.
///
/// Safe: the core's channel may be used from any thread and is destroyed once, in `deinit`.
public final class RPCClient: @unchecked Sendable {
  private let library = Library()
  private let channel: OpaquePointer
  private let loop: CompletionLoop

  /// Creates a client; it does not connect yet.
  public init(configuration: ClientConfiguration) {
    var arguments = ChannelArguments()
    arguments.set(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, configuration.maxReceiveMessageBytes)
    arguments.set(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0)
    if let name = configuration.serverName {
      arguments.set(GRPC_SSL_TARGET_NAME_OVERRIDE_ARG, name)
    }
    let credentials = Self.credentials(configuration.security)
    // The channel keeps its own reference to the credentials.
    defer { grpc_channel_credentials_release(credentials) }
    channel = arguments.withCore { grpc_channel_create(configuration.target, credentials, $0) }
    loop = CompletionLoop(library: library)
    loop.start()
  }

  deinit {
    let (channel, loop) = (SendablePointer(channel), loop)
    // Not here: the last reference may be dropped on the loop's own thread.
    OSThread.run(named: "rpc-client-end") {
      grpc_channel_destroy(channel.pointer)
      loop.shutdown()
    }
  }

  /// A pointer that goes to another thread. Safe: only that thread uses it from then on.
  private struct SendablePointer: @unchecked Sendable {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
  }

  private static func credentials(_ security: ClientConfiguration.Security) -> OpaquePointer? {
    switch security {
    case .plaintext: return grpc_insecure_credentials_create()
    case .tls(let roots, nil): return grpc_ssl_credentials_create_ex(roots, nil, nil, nil)
    case .tls(let roots, let identity?):
      return identity.certificateChainPEM.withCString { chain in
        identity.privateKeyPEM.withCString { key in
          // The credentials copy all of it.
          var pair = grpc_ssl_pem_key_cert_pair(private_key: key, cert_chain: chain)
          return grpc_ssl_credentials_create_ex(roots, &pair, nil, nil)
        }
      }
    }
  }

  /// Makes a unary call over serialized messages.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func unary(
    path: String, _ message: MessageBytes, metadata: Metadata = [:],
    options: CallOptions = .defaults
  ) async throws -> MessageBytes {
    let call = try makeCall(path, metadata, options)
    return try await withTaskCancellationHandler {
      try await call.unary(message, metadata, flags: flags(options))
    } onCancel: {
      call.cancel()
    }
  }

  /// Makes a server-streaming call over serialized messages; each goes to `onMessage`.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func serverStreaming(
    path: String, _ message: MessageBytes, metadata: Metadata = [:],
    options: CallOptions = .defaults, onMessage: (MessageBytes) async throws -> Void
  ) async throws {
    try await streaming(path, message, metadata, options) { call in
      while let message = try await call.next() { try await onMessage(message) }
    }
  }

  /// Makes a unary call.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func unary<Input: Message, Output: Message>(
    _ method: MethodDescriptor, _ message: Input, metadata: Metadata = [:],
    options: CallOptions = .defaults, as: Output.Type
  ) async throws -> Output {
    let bytes = try MessageBytes(serializing: message)
    return try await unary(path: method.path, bytes, metadata: metadata, options: options)
      .decode(Output.self, failing: .internalError)
  }

  /// Makes a server-streaming call; it is cancelled when `onResponse` returns before its end.
  ///
  /// - Throws: `RPCError` with the status of the call, or what `onResponse` throws.
  public func serverStreaming<Input: Message, Output: Message & Sendable, Result: Sendable>(
    _ method: MethodDescriptor, _ message: Input, metadata: Metadata = [:],
    options: CallOptions = .defaults, as: Output.Type,
    onResponse: (RPCResponseStream<Output>) async throws -> Result
  ) async throws -> Result {
    let bytes = try MessageBytes(serializing: message)
    return try await streaming(method.path, bytes, metadata, options) { call in
      try await onResponse(RPCResponseStream(call: call))
    }
  }

  private func streaming<Result: Sendable>(
    _ path: String, _ message: MessageBytes, _ metadata: Metadata, _ options: CallOptions,
    _ body: (ClientCall) async throws -> Result
  ) async throws -> Result {
    let call = try makeCall(path, metadata, options)
    return try await withTaskCancellationHandler {
      await call.sendRequest(message, metadata, flags: flags(options))
      do {
        let result = try await body(call)
        call.cancel()
        await call.drain()
        return result
      } catch {
        call.cancel()
        await call.drain()
        throw error
      }
    } onCancel: {
      call.cancel()
    }
  }

  private func makeCall(_ path: String, _ metadata: Metadata, _ options: CallOptions) throws
    -> ClientCall
  {
    if let illegal = metadata.firstIllegal() {
      throw RPCError(
        code: .invalidArgument,
        message: "the metadata '\(illegal.key)' is not legal: \(illegal.reason)")
    }
    let deadline =
      if let timeout = options.timeout {
        gpr_time_add(
          gpr_now(GPR_CLOCK_MONOTONIC),
          gpr_time_from_micros(Int64(timeout / .microseconds(1)), GPR_TIMESPAN))
      } else {
        gpr_inf_future(GPR_CLOCK_MONOTONIC)
      }
    let slice = CoreMetadata.slice(path)
    defer { grpc_slice_unref(slice) }  // The call keeps its own reference.
    guard
      let call = grpc_channel_create_call(
        channel, nil, 0, loop.queue, slice, nil, deadline, nil)
    else { throw RPCError(code: .internalError, message: "the call cannot be created") }
    return ClientCall(owning: call)
  }

  private func flags(_ options: CallOptions) -> UInt32 {
    guard options.waitForReady else { return 0 }
    return UInt32(GRPC_INITIAL_METADATA_WAIT_FOR_READY)
      | UInt32(GRPC_INITIAL_METADATA_WAIT_FOR_READY_EXPLICITLY_SET)
  }
}
