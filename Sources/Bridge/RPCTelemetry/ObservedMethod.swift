import RPC
import Synchronization
import Telemetry

/// A method whose calls are measured and traced.
struct ObservedMethod: Sendable {
  /// The number by which the answer's reader and the operator's log speak of the same call.
  static let requestID = "x-request-id"

  let meter: MethodMeter
  let telemetry: CallTelemetry

  func wrap(_ method: RegisteredMethod) -> RegisteredMethod {
    let handler: RegisteredMethod.Handler =
      switch method.handler {
      case .unary(let serve):
        .unary { message, context in
          let door = meter.door(context.peer.door)
          door.requestBytes.record(message.count)
          var reply = try await observed(context, isStream: false) {
            try await serve(message, context)
          } mark: { reply, scope in
            reply.trailingMetadata.add("\(scope.context.traceID)", for: Self.requestID)
          }
          door.responseBytes.record(reply.message.count)
          return reply
        }
      case .clientStreaming(let serve):
        .clientStreaming { source, context in
          let source = CountedSource(
            source: source, counter: meter.door(context.peer.door).received)
          return try await observed(context, isStream: true) {
            try await serve(source, context)
          } mark: { reply, scope in
            reply.trailingMetadata.add("\(scope.context.traceID)", for: Self.requestID)
          }
        }
      case .serverStreaming(let serve):
        .serverStreaming { message, sink, context in
          let sink = CountedSink(sink: sink, counter: meter.door(context.peer.door).sent)
          return try await observed(context, isStream: true) {
            try await serve(message, sink, context)
          } mark: { metadata, scope in
            metadata.add("\(scope.context.traceID)", for: Self.requestID)
          }
        }
      case .bidirectionalStreaming(let serve):
        .bidirectionalStreaming { source, sink, context in
          let door = meter.door(context.peer.door)
          let source = CountedSource(source: source, counter: door.received)
          let sink = CountedSink(sink: sink, counter: door.sent)
          return try await observed(context, isStream: true) {
            try await serve(source, sink, context)
          } mark: { metadata, scope in
            metadata.add("\(scope.context.traceID)", for: Self.requestID)
          }
        }
      }
    return RegisteredMethod(descriptor: method.descriptor, handler: handler)
  }

  /// Runs a call in its trace.
  ///
  /// - Parameter mark: Adds the call's number to its answer, where the door does not do it itself.
  private func observed<Answer>(
    _ context: ServerContext, isStream: Bool, _ serve: () async throws -> Answer,
    mark: (inout Answer, TraceScope) -> Void
  ) async throws -> Answer {
    let door = context.peer.door
    let series = meter.door(door)
    series.running.add(1)
    if isStream { series.streams.add(1) }
    let start = ContinuousClock.now
    let scope = telemetry.begin(context, meter.method)
    do {
      var answer = try await TraceScope.$current.withValue(scope, operation: serve)
      finish(scope, door, nil, isStream: isStream, start)
      if door == .grpc { mark(&answer, scope) }
      return answer
    } catch {
      var seen = RPCError(hiding: error)
      finish(scope, door, seen, isStream: isStream, start)
      if door == .grpc { seen.metadata.add("\(scope.context.traceID)", for: Self.requestID) }
      throw seen
    }
  }

  private func finish(
    _ scope: TraceScope, _ door: Peer.Door, _ error: RPCError?, isStream: Bool,
    _ start: ContinuousClock.Instant
  ) {
    if isStream { meter.door(door).streams.add(-1) }
    meter.ended(door, error, isStream ? nil : start.duration(to: .now))
    guard let span = scope.span else { return }
    span.set("rpc.response.status_code", error?.code.name ?? "OK")
    if let error, error.code.isFault { span.fail(error.code.name) }
    span.end()
  }
}

/// Counts the messages that a stream's caller sends.
private struct CountedSource: MessageSource {
  let source: any MessageSource
  let counter: Counter

  func next() async throws -> MessageBytes? {
    let message = try await source.next()
    if message != nil { counter.increment() }
    return message
  }
}

/// Counts the messages that a stream's caller gets.
private struct CountedSink: MessageSink {
  let sink: any MessageSink
  let counter: Counter

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    try await sink.sendInitialMetadata(metadata)
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await sink.write(message, compressed: compressed)
    counter.increment()
  }
}
