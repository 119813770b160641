public import Logging
public import RPC
public import ServiceLifecycle
import Synchronization
public import Telemetry

/// Sends spans to an OpenTelemetry collector (OTLP over gRPC), in batches, from a bounded queue:
/// whatever the collector does, no call waits for it and no memory grows. What has no place, or is
/// refused, is dropped and counted.
public final class SpanExporter: Service {
  /// How much is held and sent.
  public struct Limits: Sendable {
    /// The most spans that wait.
    public var queued = 8_192
    /// The most spans of one request.
    public var batch = 512
    /// How long a span waits for others.
    public var interval: Duration = .seconds(2)
    /// How long one attempt may take.
    public var timeout: Duration = .seconds(5)
    /// How often a batch is sent in all.
    public var attempts = 4
    /// How long it waits before the second attempt; each next one twice as long.
    public var pause: Duration = .milliseconds(500)

    /// Creates the usual limits.
    public init() {}
  }

  private let limits: Limits
  private let send: @Sendable ([FinishedSpan]) async throws -> Void
  private let logger: Logger
  private let queue = SpanQueue()
  private let dropped: MetricFamily<Counter>
  private let sent: Counter

  /// Creates an exporter over a client of ours.
  ///
  /// - Parameters:
  ///   - client: Where the collector is.
  ///   - resource: What the process is, by OpenTelemetry's names: `service.name`.
  public convenience init(
    client: RPCClient, resource: [(String, String)], registry: MetricRegistry,
    limits: Limits = Limits(), logger: Logger
  ) {
    let collector = TraceCollector(client: client, resource: resource, timeout: limits.timeout)
    self.init(registry: registry, limits: limits, logger: logger) { try await collector.send($0) }
  }

  init(
    registry: MetricRegistry, limits: Limits, logger: Logger,
    send: @escaping @Sendable ([FinishedSpan]) async throws -> Void
  ) {
    self.limits = limits
    self.send = send
    self.logger = logger
    (dropped, sent) = Self.metrics(registry)
    let queue = queue
    registry.observe("artel_spans_queued", "Spans that wait for the collector.") {
      [MetricSample(queue.count)]
    }
  }

  /// Adds what is counted of spans to a registry: zeros where nothing is sent.
  @discardableResult
  public static func metrics(
    _ registry: MetricRegistry
  ) -> (dropped: MetricFamily<Counter>, sent: Counter) {
    let dropped = registry.counters(
      "artel_spans_dropped_total", "Spans that no collector got, by the reason.",
      labels: ["reason"])
    for reason in Drop.allCases { _ = dropped.labeled(reason.rawValue) }
    return (
      dropped, registry.counter("artel_spans_exported_total", "Spans that a collector took.")
    )
  }

  private enum Drop: String, CaseIterable {
    case queueFull = "queue_full"
    case refused
    case unreachable
  }

  /// Takes spans; never waits.
  public func add(_ spans: [FinishedSpan]) {
    let surplus = queue.add(spans, most: limits.queued)
    if surplus > 0 { count(.queueFull, surplus) }
  }

  /// Sends until the process ends, then what is left, once.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.pause()
        await self.flush()
      }
    }
    await finish()
  }

  /// Sends the last ones, for which the process's end does not wait long: one attempt for each
  /// batch, and none behind one that failed.
  func finish() async {
    var isReached = true
    for batch in takeAll() {
      if isReached {
        isReached = await export(batch, attempts: 1)
      } else {
        count(.unreachable, batch.count)
      }
    }
  }

  /// Until there is a batch, or the time is over, or the task's.
  private func pause() async {
    let end = ContinuousClock.now + limits.interval
    while queue.count < limits.batch, .now < end {
      let step = min(.milliseconds(100), ContinuousClock.now.duration(to: end))
      guard (try? await Task.sleep(for: step)) != nil else { return }
    }
  }

  /// Sends what waits.
  func flush() async {
    for batch in takeAll() { await export(batch, attempts: limits.attempts) }
  }

  private func takeAll() -> [[FinishedSpan]] {
    let spans = queue.takeAll()
    return stride(from: 0, to: spans.count, by: limits.batch).map {
      Array(spans[$0..<min($0 + limits.batch, spans.count)])
    }
  }

  /// - Returns: Whether the collector answered.
  @discardableResult
  private func export(_ batch: [FinishedSpan], attempts: Int) async -> Bool {
    var pause = limits.pause
    for attempt in 1...max(1, attempts) {
      do {
        try await send(batch)
        sent.increment(by: batch.count)
        return true
      } catch let error as PartialSuccess {
        sent.increment(by: batch.count - error.rejected)
        count(.refused, error.rejected)
        return true
      } catch let error as RPCError where !Self.isRetryable(error) {
        logger.warning("the collector refuses spans", metadata: ["error": "\(error)"])
        count(.refused, batch.count)
        return true
      } catch {
        guard attempt < attempts, (try? await Task.sleep(for: pause)) != nil else { break }
        pause *= 2
      }
    }
    count(.unreachable, batch.count)
    return false
  }

  /// As OTLP has it (opentelemetry.io/docs/specs/otlp, "Failures"). RESOURCE_EXHAUSTED may be tried
  /// again only where the collector says when: ours is taken for a refusal.
  static func isRetryable(_ error: RPCError) -> Bool {
    switch error.code {
    case .cancelled, .deadlineExceeded, .aborted, .outOfRange, .unavailable, .dataLoss: true
    default: false
    }
  }

  private func count(_ reason: Drop, _ number: Int) {
    dropped.labeled(reason.rawValue).increment(by: number)
  }
}

/// The collector took some spans, and never takes the others.
struct PartialSuccess: Error {
  let rejected: Int
}

/// Spans that wait.
private final class SpanQueue: Sendable {
  private let spans = Mutex<[FinishedSpan]>([])

  var count: Int { spans.withLock { $0.count } }

  /// - Returns: How many had no place.
  func add(_ more: [FinishedSpan], most: Int) -> Int {
    spans.withLock { spans in
      let room = min(max(0, most - spans.count), more.count)
      spans.append(contentsOf: more.prefix(room))
      return more.count - room
    }
  }

  func takeAll() -> [FinishedSpan] {
    spans.withLock { spans in
      defer { spans = [] }
      return spans
    }
  }
}
