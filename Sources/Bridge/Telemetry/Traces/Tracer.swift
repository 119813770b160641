import Synchronization

/// Begins the spans of a process, and hands those that are kept to whoever sends them on.
///
/// A trace is kept by its number, so that all processes decide alike, or because whoever called
/// keeps it, or because it failed here: a process holds the spans of a call until the call is over.
public final class Tracer: Sendable {
  private let threshold: UInt64
  private let keep: @Sendable ([FinishedSpan]) -> Void

  /// Creates a tracer.
  ///
  /// - Parameters:
  ///   - ratio: The share of traces that are kept, from 0 to 1.
  ///   - keep: Gets the spans of a call that is over. Must not wait.
  public init(ratio: Double, keep: @escaping @Sendable ([FinishedSpan]) -> Void) {
    threshold = UInt64(max(0, min(1, ratio)) * Double(1 << 56 as UInt64))
    self.keep = keep
  }

  /// Whether a trace that nobody has decided on is kept: by the random bits of its number, as
  /// OpenTelemetry's samplers do.
  public func samples(_ traceID: TraceID) -> Bool {
    traceID.low & (1 << 56 - 1) >= 1 << 56 - threshold
  }

  /// Begins the span of a call that this process serves.
  ///
  /// - Parameters:
  ///   - context: Where it stands.
  ///   - parent: The caller's span, where the caller is trusted.
  ///   - link: The caller's, where it is not.
  public func serve(
    _ name: String, _ context: SpanContext, parent: SpanID? = nil, link: SpanContext? = nil
  ) -> Span {
    Span(
      name, .server, context, parent: parent, link: link, isRoot: true,
      recording: TraceRecording(isSampled: context.isSampled, keep))
  }

  /// Begins the span of something that nobody called for: a job in the background.
  public func begin(_ name: String, _ kind: Span.Kind = .internal) -> Span {
    let traceID = TraceID.make()
    let context = SpanContext(traceID: traceID, spanID: .make(), isSampled: samples(traceID))
    return Span(
      name, kind, context, parent: nil, link: nil, isRoot: true,
      recording: TraceRecording(isSampled: context.isSampled, keep))
  }
}

/// The spans of one call in this process, until it is known whether they are kept.
final class TraceRecording: Sendable {
  private static let most = 256

  private let isSampled: Bool
  private let keep: @Sendable ([FinishedSpan]) -> Void
  private let state = Mutex<(spans: [FinishedSpan], isKept: Bool?)>(([], nil))

  init(isSampled: Bool, _ keep: @escaping @Sendable ([FinishedSpan]) -> Void) {
    self.isSampled = isSampled
    self.keep = keep
  }

  func add(_ span: FinishedSpan, isRoot: Bool) {
    let ready = state.withLock { state -> [FinishedSpan] in
      // What ends behind the call goes where the call went.
      if let isKept = state.isKept { return isKept ? [span] : [] }
      if isRoot || state.spans.count < Self.most { state.spans.append(span) }
      guard isRoot else { return [] }
      let isKept = isSampled || span.failure != nil
      state.isKept = isKept
      defer { state.spans = [] }
      return isKept ? state.spans : []
    }
    if !ready.isEmpty { keep(ready) }
  }
}
