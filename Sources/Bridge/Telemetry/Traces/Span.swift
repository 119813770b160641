import Synchronization

/// One thing that is being done within a trace. Exists only where traces are recorded.
public final class Span: Sendable {
  /// Which side of a call a span is (OpenTelemetry's kinds).
  public enum Kind: Int, Sendable {
    /// Within a process.
    case `internal` = 1
    /// Serves somebody's call.
    case server = 2
    /// Calls somebody.
    case client = 3
    /// Hands something over to be worked on later.
    case producer = 4
    /// Works on what was handed over.
    case consumer = 5
  }

  /// What is told of a span: never personal data, no secret, no value of a request.
  public enum Attribute: Sendable, Hashable {
    /// A text.
    case text(String)
    /// A number.
    case number(Int)
  }

  /// Where it stands.
  public let context: SpanContext
  let name: String
  let kind: Kind
  let parent: SpanID?
  let link: SpanContext?
  private let start: (wall: Int64, clock: ContinuousClock.Instant)
  private let recording: TraceRecording
  private let isRoot: Bool
  private let state = Mutex(State())

  private struct State {
    var attributes: [(key: String, value: Attribute)] = []
    var failure: String?
    var hasEnded = false
  }

  init(
    _ name: String, _ kind: Kind, _ context: SpanContext, parent: SpanID?, link: SpanContext?,
    isRoot: Bool, recording: TraceRecording
  ) {
    self.name = name
    self.kind = kind
    self.context = context
    self.parent = parent
    self.link = link
    self.isRoot = isRoot
    self.recording = recording
    start = (WallClock.nanoseconds, .now)
  }

  /// Begins a span within this one.
  public func child(_ name: String, _ kind: Kind) -> Span {
    Span(
      name, kind,
      SpanContext(traceID: context.traceID, spanID: .make(), isSampled: context.isSampled),
      parent: context.spanID, link: nil, isRoot: false, recording: recording)
  }

  /// Says more of it.
  public func set(_ key: String, _ value: Attribute) {
    state.withLock { state in
      guard !state.hasEnded, state.attributes.count < Self.mostAttributes else { return }
      state.attributes.append((key, value.shortened))
    }
  }

  /// Says more of it.
  public func set(_ key: String, _ value: String) { set(key, .text(value)) }

  /// It has failed: the trace is kept, whether or not it was sampled, where its root fails too.
  public func fail(_ reason: String) {
    state.withLock { $0.failure = Attribute.shortened(reason) }
  }

  /// It is over. A second end is none.
  public func end() {
    let duration = start.clock.duration(to: .now).nanoseconds
    let ended = state.withLock { state -> State? in
      guard !state.hasEnded else { return nil }
      state.hasEnded = true
      return state
    }
    guard let ended else { return }
    recording.add(
      FinishedSpan(
        context: context, parent: parent, link: link, name: name, kind: kind, start: start.wall,
        end: start.wall + duration, attributes: ended.attributes, failure: ended.failure),
      isRoot: isRoot)
  }

  private static let mostAttributes = 32
}

extension Span.Attribute {
  private static let longest = 1_024

  static func shortened(_ text: String) -> String {
    text.utf8.count <= longest ? text : String(text.prefix(longest / 4)) + "…"
  }

  var shortened: Self {
    if case .text(let text) = self { .text(Self.shortened(text)) } else { self }
  }
}

/// A span that is over.
public struct FinishedSpan: Sendable {
  /// Where it stood.
  public let context: SpanContext
  /// The span within which it was done.
  public let parent: SpanID?
  /// Another trace that has to do with it: the caller's own, which is not trusted.
  public let link: SpanContext?
  /// What was done.
  public let name: String
  /// Which side of a call it was.
  public let kind: Span.Kind
  /// When it began, in nanoseconds since 1970.
  public let start: Int64
  /// When it ended.
  public let end: Int64
  /// What is told of it.
  public let attributes: [(key: String, value: Span.Attribute)]
  /// Why it failed; nil where it did not.
  public let failure: String?
}

extension Duration {
  /// The whole of it.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
