import RPC
import RPCTestSupport
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import RPCTelemetry

@Suite("A call that is observed")
struct CallTelemetryTests {
  private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
  private static let echo = MethodDescriptor(
    service: ServiceDescriptor(fullyQualifiedService: "test.v1.Echo"), method: "Say", kind: .unary)

  private final class Seen: Sendable {
    let spans = Mutex<[FinishedSpan]>([])
    let scopes = Mutex<[TraceScope?]>([])
    var kept: [FinishedSpan] { spans.withLock { $0 } }
  }

  private struct Rig {
    let registry = MetricRegistry()
    let seen = Seen()

    func methods(
      ratio: Double = 1, trusts: Bool = false, objective: ObjectiveClass? = nil,
      _ serve: @escaping RegisteredMethod.UnaryHandler = { message, _ in
        UnaryReply(message: message)
      }
    ) -> [RegisteredMethod] {
      let seen = seen
      let telemetry = CallTelemetry(
        registry: registry,
        tracer: Tracer(ratio: ratio) { spans in seen.spans.withLock { $0 += spans } },
        trustsTraces: { _ in trusts })
      let method = RegisteredMethod(
        descriptor: CallTelemetryTests.echo,
        handler: .unary { message, context in
          seen.scopes.withLock { $0.append(TraceScope.current) }
          return try await serve(message, context)
        })
      return telemetry.observe([method]) { _ in objective }
    }

    func text() -> String { Exposition.text(of: registry, as: .prometheus) }
  }

  private func call(
    _ methods: [RegisteredMethod], metadata: Metadata = [:]
  ) async throws -> ClientResponse<MessageBytes> {
    try await withMethods(methods) { client, _, _ in
      try await client.unary(
        path: Self.echo.path, ClientRequest(metadata: metadata, message: MessageBytes([1, 2, 3])),
        options: CallOptions(timeout: .seconds(10)))
    }
  }

  @Test("is counted with its code, its time and its sizes", .covers("A30", "B32"))
  func counted() async throws {
    let rig = Rig()
    _ = try await call(rig.methods())
    await #expect(throws: RPCError.self) {
      _ = try await call(
        rig.methods { _, _ in throw RPCError(code: .notFound, message: "no") })
    }
    let text = rig.text()
    #expect(
      text.contains(
        #"artel_requests_total{door="grpc",method="test.v1.Echo/Say",code="OK"} 1"#))
    #expect(
      text.contains(
        #"artel_requests_total{door="grpc",method="test.v1.Echo/Say",code="NOT_FOUND"} 1"#))
    #expect(text.contains(#"artel_refusals_total{reason="NOT_FOUND"} 1"#))
    #expect(text.contains(#"artel_requests_in_flight{door="grpc"} 0"#))
    #expect(
      text.contains(
        #"artel_request_duration_seconds_count{door="grpc",method="test.v1.Echo/Say"} 2"#))
    #expect(text.contains(#"artel_message_bytes_sum{door="grpc",direction="request"} 6"#))
    #expect(text.contains(#"artel_message_bytes_count{door="grpc",direction="response"} 1"#))
  }

  @Test("has a number in its answer, whether it succeeds or fails")
  func numbered() async throws {
    let rig = Rig()
    let answer = try await call(rig.methods())
    let number = try #require(answer.trailingMetadata.first("x-request-id"))
    #expect(number.utf8.count == 32)
    #expect(rig.seen.kept.first?.context.traceID.description == number)
    do {
      _ = try await call(
        rig.methods { _, _ in throw RPCError(code: .permissionDenied, message: "no") })
      Issue.record("the call succeeded")
    } catch let error as RPCError {
      #expect(error.metadata.first("x-request-id")?.utf8.count == 32)
    }
  }

  @Test("begins a trace of its own where its caller is not trusted, and links it", .covers("S-H11"))
  func untrusted() async throws {
    let rig = Rig()
    _ = try await call(rig.methods(ratio: 1), metadata: ["traceparent": .string(Self.parent)])
    let span = try #require(rig.seen.kept.first)
    #expect(span.context.traceID.description != "0af7651916cd43dd8448eb211c80319c")
    #expect(span.parent == nil)
    #expect(span.link?.traceID.description == "0af7651916cd43dd8448eb211c80319c")
  }

  @Test("is not kept because a caller says so who is not trusted", .covers("S-H11"))
  func unsampled() async throws {
    let rig = Rig()
    _ = try await call(rig.methods(ratio: 0), metadata: ["traceparent": .string(Self.parent)])
    #expect(rig.seen.kept.isEmpty)
  }

  @Test("goes on in the trace of a caller that is trusted", .covers("B33", "S-H11"))
  func trusted() async throws {
    let rig = Rig()
    _ = try await call(
      rig.methods(ratio: 0, trusts: true), metadata: ["traceparent": .string(Self.parent)])
    let span = try #require(rig.seen.kept.first)
    #expect(span.context.traceID.description == "0af7651916cd43dd8448eb211c80319c")
    #expect(span.parent?.description == "b7ad6b7169203331")
    #expect(span.context.isSampled)
  }

  @Test(
    "begins a trace where the caller's makes no sense", .covers("S-H11"),
    arguments: [
      "", "x", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
      "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
    ])
  func malformed(value: String) async throws {
    let rig = Rig()
    _ = try await call(rig.methods(trusts: true), metadata: ["traceparent": .string(value)])
    let span = try #require(rig.seen.kept.first)
    #expect(span.parent == nil && span.link == nil)
    #expect(span.context.traceID.description != "0af7651916cd43dd8448eb211c80319c")
  }

  @Test("is kept where it fails by our fault, though its trace is not sampled")
  func failed() async throws {
    let rig = Rig()
    for code in [RPCError.Code.internalError, .invalidArgument] {
      await #expect(throws: RPCError.self) {
        _ = try await call(
          rig.methods(ratio: 0) { _, _ in
            try await TraceScope.span("inside", .client) { _ in
              throw RPCError(code: code, message: "no")
            }
          })
      }
    }
    let spans = rig.seen.kept
    #expect(spans.map(\.name) == ["inside", "test.v1.Echo/Say"])
    #expect(spans.first?.parent == spans.last?.context.spanID)
    #expect(spans.last?.failure == "INTERNAL")
  }

  @Test("has the number of the trace that its door has begun")
  func begunByDoor() async throws {
    let rig = Rig()
    let method = try #require(rig.methods().first)
    guard case .unary(let serve) = method.handler else { return }
    var context = ServerContext(
      method: Self.echo,
      metadata: ["traceparent": .string(Self.parent)], peer: Peer(address: "", door: .rest))
    context.beganTrace = true
    context.metadata.add(
      "00-11111111111111111111111111111111-2222222222222222-01", for: "traceparent")
    let reply = try await serve(MessageBytes([]), context)
    // The REST door says it itself.
    #expect(reply.trailingMetadata.first("x-request-id") == nil)
    let span = try #require(rig.seen.kept.first)
    #expect(span.context.spanID.description == "b7ad6b7169203331")
    #expect(span.parent == nil)
    #expect(span.link?.traceID.description == "11111111111111111111111111111111")
  }

  @Test("counts for its objective: faults of ours, and not its caller's mistakes", .covers("B35"))
  func objective() async throws {
    let rig = Rig()
    let book = ObjectiveBook(registry: rig.registry)
    let objective = book.objectives(of: .critical)
    for code in [RPCError.Code.internalError, .invalidArgument] {
      await #expect(throws: RPCError.self) {
        _ = try await call(
          rig.methods(objective: objective) { _, _ in throw RPCError(code: code, message: "no") })
      }
    }
    let report = try #require(book.reports.first { $0.definition.kind == .availability })
    #expect(report.total == 1 && report.good == 0)
  }

  @Test("of a stream has its messages counted, and its end")
  func stream() async throws {
    let registry = MetricRegistry()
    let descriptor = MethodDescriptor(
      service: Self.echo.service, method: "Chat", kind: .bidirectionalStreaming)
    let methods = CallTelemetry(registry: registry).observe([
      RegisteredMethod(
        descriptor: descriptor,
        handler: .bidirectionalStreaming { source, sink, _ in
          while let message = try await source.next() { try await sink.write(message) }
          return [:]
        })
    ])
    guard case .bidirectionalStreaming(let serve) = methods[0].handler else { return }
    let trailing = try await serve(
      Source(rest: 3), Sink(),
      ServerContext(method: descriptor, metadata: [:], peer: Peer(address: "", door: .grpc)))
    #expect(trailing.first("x-request-id") != nil)
    let text = Exposition.text(of: registry, as: .prometheus)
    #expect(text.contains(#"artel_stream_messages_total{door="grpc",direction="request"} 3"#))
    #expect(text.contains(#"artel_stream_messages_total{door="grpc",direction="response"} 3"#))
    #expect(text.contains(#"artel_streams_open{door="grpc"} 0"#))
    #expect(!text.contains("artel_request_duration_seconds_count"))
  }

  private final class Source: MessageSource {
    private let rest: Mutex<Int>
    init(rest: Int) { self.rest = Mutex(rest) }
    func next() async throws -> MessageBytes? {
      rest.withLock { rest in
        rest -= 1
        return rest >= 0 ? MessageBytes([1]) : nil
      }
    }
  }

  private struct Sink: MessageSink {
    func sendInitialMetadata(_ metadata: Metadata) async throws {}
    func write(_ message: MessageBytes, compressed: Bool?) async throws {}
  }
}
