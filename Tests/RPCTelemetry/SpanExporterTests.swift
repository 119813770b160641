import GeneratedOpenTelemetry
import Logging
import RPC
import RPCTestSupport
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import RPCTelemetry

@Suite("The exporter of spans")
struct SpanExporterTests {
  private typealias Request = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest
  private typealias Response = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse

  private struct Collector: Opentelemetry_Proto_Collector_Trace_V1_TraceService
      .SimpleServiceProtocol
  {
    let requests = Shared<[Request]>([])
    let answer: @Sendable () throws -> Response

    func export(request: Request, context: ServerContext) async throws -> Response {
      requests.value.append(request)
      return try answer()
    }
  }

  private final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>
    init(_ value: Value) { state = Mutex(value) }
    var value: Value {
      get { state.withLock { $0 } }
      set { state.withLock { $0 = newValue } }
    }
  }

  private static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

  private static var limits: SpanExporter.Limits {
    var limits = SpanExporter.Limits()
    limits.pause = .milliseconds(1)
    return limits
  }

  private func spans(_ count: Int = 1) -> [FinishedSpan] {
    let kept = Shared<[FinishedSpan]>([])
    let tracer = Tracer(ratio: 1) { kept.value += $0 }
    for number in 0..<count {
      let root = tracer.begin("work \(number)")
      root.set("n", .number(number))
      let child = root.child("part", .client)
      child.fail("it broke")
      child.end()
      root.end()
    }
    return kept.value
  }

  private func dropped(_ registry: MetricRegistry, _ reason: String) -> Bool {
    Exposition.text(of: registry, as: .prometheus)
      .contains("artel_spans_dropped_total{reason=\"\(reason)\"} 2\n")
  }

  @Test("sends spans with their parents, over gRPC", .covers("B33"))
  func sends() async throws {
    let collector = Collector { Response() }
    let registry = MetricRegistry()
    try await withServices([collector]) { client, _, _ in
      let exporter = SpanExporter(
        client: client, resource: [("service.name", "artel")], registry: registry,
        logger: Self.quiet)
      exporter.add(spans())
      await exporter.flush()
    }
    let request = try #require(collector.requests.value.first)
    let group = try #require(request.resourceSpans.first)
    #expect(group.resource.attributes.first?.value.stringValue == "artel")
    let sent = try #require(group.scopeSpans.first?.spans)
    #expect(sent.map(\.name) == ["part", "work 0"])
    #expect(sent[0].parentSpanID == sent[1].spanID && sent[1].parentSpanID.isEmpty)
    #expect(sent[0].traceID.count == 16 && sent[0].traceID == sent[1].traceID)
    #expect(sent[0].status.code == .error && sent[0].status.message == "it broke")
    #expect(sent[1].endTimeUnixNano >= sent[1].startTimeUnixNano)
    #expect(
      Exposition.text(of: registry, as: .prometheus).contains("artel_spans_exported_total 2\n"))
  }

  @Test("tries again where the collector is away, then drops and counts", .covers("B33"))
  func away() async throws {
    let registry = MetricRegistry()
    let attempts = Shared(0)
    let exporter = SpanExporter(registry: registry, limits: Self.limits, logger: Self.quiet) { _ in
      attempts.value += 1
      throw RPCError(code: .unavailable, message: "away")
    }
    exporter.add(spans())
    await exporter.flush()
    #expect(attempts.value == 4)
    #expect(dropped(registry, "unreachable"))
  }

  @Test("does not hold up the end of the process where the collector is away")
  func lastOnes() async {
    let registry = MetricRegistry()
    let attempts = Shared(0)
    var limits = Self.limits
    limits.batch = 1
    let exporter = SpanExporter(registry: registry, limits: limits, logger: Self.quiet) { _ in
      attempts.value += 1
      throw RPCError(code: .unavailable, message: "away")
    }
    exporter.add(spans())
    await exporter.finish()
    #expect(attempts.value == 1)
    #expect(dropped(registry, "unreachable"))
  }

  @Test("does not insist where the collector refuses")
  func refused() async throws {
    let registry = MetricRegistry()
    let collector = Collector { throw RPCError(code: .invalidArgument, message: "no") }
    try await withServices([collector]) { client, _, _ in
      let exporter = SpanExporter(
        client: client, resource: [], registry: registry, limits: Self.limits, logger: Self.quiet)
      exporter.add(spans())
      await exporter.flush()
    }
    #expect(collector.requests.value.count == 1)
    #expect(dropped(registry, "refused"))
  }

  @Test("counts what the collector takes only in part")
  func partial() async throws {
    let registry = MetricRegistry()
    let collector = Collector { .with { $0.partialSuccess.rejectedSpans = 2 } }
    try await withServices([collector]) { client, _, _ in
      let exporter = SpanExporter(
        client: client, resource: [], registry: registry, logger: Self.quiet)
      exporter.add(spans(2))
      await exporter.flush()
    }
    #expect(dropped(registry, "refused"))
    #expect(
      Exposition.text(of: registry, as: .prometheus).contains("artel_spans_exported_total 2\n"))
  }

  @Test("holds so many, and drops the rest")
  func full() {
    let registry = MetricRegistry()
    var limits = Self.limits
    limits.queued = 2
    let exporter = SpanExporter(registry: registry, limits: limits, logger: Self.quiet) { _ in }
    exporter.add(spans(2))
    #expect(dropped(registry, "queue_full"))
  }

  @Test("tries again after the codes that OTLP names, and no others")
  func codes() {
    let codes: [RPCError.Code] = [
      .cancelled, .deadlineExceeded, .aborted, .outOfRange, .unavailable, .dataLoss,
    ]
    for status in Status.Code.allCases {
      guard let code = RPCError.Code(status) else { continue }
      #expect(
        SpanExporter.isRetryable(RPCError(code: code, message: "")) == codes.contains(code))
    }
  }
}
