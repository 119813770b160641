import Foundation
import GeneratedOpenTelemetry
import RPC
import Telemetry

/// An OpenTelemetry collector, as its contract has it.
struct TraceCollector: Sendable {
  private let stub: Opentelemetry_Proto_Collector_Trace_V1_TraceService.Client
  private let resource: Opentelemetry_Proto_Resource_V1_Resource
  private let timeout: Duration

  init(client: RPCClient, resource: [(String, String)], timeout: Duration) {
    stub = .init(wrapping: client)
    self.timeout = timeout
    self.resource = .with { message in
      message.attributes = resource.map { .init($0.0, .text($0.1)) }
    }
  }

  /// - Throws: `PartialSuccess`, or the call's error.
  func send(_ spans: [FinishedSpan]) async throws {
    let request = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest.with {
      $0.resourceSpans = [
        .with {
          $0.resource = resource
          $0.scopeSpans = [
            .with {
              $0.scope = .with { $0.name = "artel" }
              $0.spans = spans.map { .init($0) }
            }
          ]
        }
      ]
    }
    let answer = try await stub.export(request, options: CallOptions(timeout: timeout))
    let rejected = Int(clamping: answer.partialSuccess.rejectedSpans)
    if rejected > 0 { throw PartialSuccess(rejected: min(rejected, spans.count)) }
  }
}

extension Opentelemetry_Proto_Trace_V1_Span {
  /// A span as the contract has it.
  init(_ span: FinishedSpan) {
    self.init()
    traceID = Data(span.context.traceID.bytes)
    spanID = Data(span.context.spanID.bytes)
    if let parent = span.parent { parentSpanID = Data(parent.bytes) }
    name = span.name
    kind = .init(rawValue: span.kind.rawValue) ?? .unspecified
    startTimeUnixNano = UInt64(clamping: span.start)
    endTimeUnixNano = UInt64(clamping: span.end)
    // W3C's flags, and whether they are known (bits 8 and 9 of `flags` tell of the parent).
    flags = span.context.isSampled ? 1 : 0
    attributes = span.attributes.map { .init($0.key, $0.value) }
    if let link = span.link {
      links = [
        .with {
          $0.traceID = Data(link.traceID.bytes)
          $0.spanID = Data(link.spanID.bytes)
        }
      ]
    }
    if let failure = span.failure {
      status = .with {
        $0.code = .error
        $0.message = failure
      }
    }
  }
}

extension Opentelemetry_Proto_Common_V1_KeyValue {
  fileprivate init(_ key: String, _ value: Span.Attribute) {
    self.init()
    self.key = key
    switch value {
    case .text(let text): self.value.stringValue = text
    case .number(let number): self.value.intValue = Int64(number)
    }
  }
}
