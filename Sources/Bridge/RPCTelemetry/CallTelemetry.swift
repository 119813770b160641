import Mutation
public import RPC
public import Telemetry

/// Measures and traces every call, on whichever door it comes: stands before the pipeline, so that
/// what is refused is seen, too.
public struct CallTelemetry: Sendable {
  private let metrics: CallMetrics
  private let tracer: Tracer?
  private let trusts: @Sendable (Peer) -> Bool

  /// Creates it.
  ///
  /// - Parameters:
  ///   - registry: Where calls are counted.
  ///   - tracer: Records spans; nil where nobody wants them: calls then have a trace's number alone.
  ///   - trustsTraces: Whether a peer's `traceparent` goes on here. Another's is a link at most: it
  ///     chooses neither our traces' numbers nor whether they are kept (S-H11).
  public init(
    registry: MetricRegistry, tracer: Tracer? = nil,
    trustsTraces: @escaping @Sendable (Peer) -> Bool = { _ in false }
  ) {
    metrics = CallMetrics(registry)
    self.tracer = tracer
    trusts = trustsTraces
  }

  /// Stands before methods.
  ///
  /// - Parameter objective: What a method promises; nil for nothing.
  public func observe(
    _ methods: [RegisteredMethod], objective: (MethodDescriptor) -> ObjectiveClass? = { _ in nil }
  ) -> [RegisteredMethod] {
    methods.map { method in
      let meter = MethodMeter(metrics, method.descriptor.path, objective(method.descriptor))
      return ObservedMethod(meter: meter, telemetry: self).wrap(method)
    }
  }

  /// Where a call stands, and its span where spans are recorded.
  func begin(_ context: ServerContext, _ method: String) -> TraceScope {
    let told = context.metadata.first("traceparent")
    let parent = told.flatMap(SpanContext.init(traceparent:))
    if context.beganTrace, let parent {
      // The door has begun it: the number is this call's own. A caller's, not trusted, may follow.
      let link = tracer == nil ? nil : Self.link(context.metadata)
      return serve(parent.traceID, spanID: parent.spanID, parent: nil, link: link, method, context)
    }
    if let parent, trusts(context.peer) || Mutation.isOn(.trustsEveryTrace) {
      return serve(
        parent.traceID, spanID: .make(), parent: parent, link: nil, method, context)
    }
    return serve(.make(), spanID: .make(), parent: nil, link: parent, method, context)
  }

  private func serve(
    _ traceID: TraceID, spanID: SpanID, parent: SpanContext?, link: SpanContext?, _ method: String,
    _ call: ServerContext
  ) -> TraceScope {
    guard let tracer else {
      return TraceScope(
        context: SpanContext(
          traceID: traceID, spanID: spanID, isSampled: parent?.isSampled ?? false))
    }
    let context = SpanContext(
      traceID: traceID, spanID: spanID,
      isSampled: parent?.isSampled ?? tracer.samples(traceID))
    let span = tracer.serve(method, context, parent: parent?.spanID, link: link)
    span.set("rpc.system.name", "grpc")
    span.set("rpc.method", method)
    span.set("artel.door", call.peer.door.rawValue)
    return TraceScope(context: context, span: span)
  }

  private static func link(_ metadata: Metadata) -> SpanContext? {
    metadata[stringValues: "traceparent"].dropFirst().first.flatMap(SpanContext.init(traceparent:))
  }
}
