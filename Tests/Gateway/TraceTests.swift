import RPC
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// W3C Trace Context.
@Suite("The REST door: traces")
struct TraceTests {
  private let trace = "0af7651916cd43dd8448eb211c80319c"
  private let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  private func seen(_ headers: [String]) async throws -> Metadata {
    let seen = Shared(Metadata())
    let method = Things.serve("Get") { message, context in
      seen.value = context.metadata
      return UnaryReply(message: message)
    }
    return try await Door.with([method], schema: Things.schema) { door throws in
      #expect(try door.exchange("GET", "/v1/things/a", headers).status == 200)
      return seen.value
    }
  }

  @Test("passes a trace on, with what vendors have to say of it")
  func passed() async throws {
    let metadata = try await seen([
      "Traceparent: \(parent)", "Tracestate: a=1", "Tracestate: b@c=2,",
    ])
    #expect(metadata[stringValues: "traceparent"] == [parent])
    #expect(metadata[stringValues: "tracestate"] == ["a=1,b@c=2,"])
  }

  @Test(
    "begins a trace where there is none, or one that is not valid",
    arguments: [
      "", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
      "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
      "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ])
  func begun(value: String) async throws {
    let metadata = try await seen(["Traceparent: \(value)", "Tracestate: a=1"])
    let begun = try #require(metadata.first("traceparent"))
    #expect(begun != value)
    #expect(TraceContext.isParent(begun))
    #expect(metadata.first("tracestate") == nil)
  }

  @Test("begins another trace each time, and takes none of two")
  func fresh() async throws {
    #expect(!TraceContext.isParent("\(parent)\0"))
    let two = try await seen(["Traceparent: \(parent)", "Traceparent: \(parent)"])
    #expect(two[stringValues: "traceparent"].count == 1)
    #expect(two.first("traceparent")?.contains(trace) == false)
    let many = (0..<1_000).map { _ in SpanContext.make().traceparent }
    #expect(Set(many.map { $0.dropFirst(3).prefix(32) }).count == 1_000)
    #expect(many.allSatisfy(TraceContext.isParent))
  }

  @Test(
    "begins a trace where the caller is not trusted, and names the other behind", .covers("S-H11"))
  func untrusted() async throws {
    let seen = Shared(Metadata())
    let began = Shared(false)
    let method = Things.serve("Get") { message, context in
      seen.value = context.metadata
      began.value = context.beganTrace
      return UnaryReply(message: message)
    }
    let parent = parent
    let number = try await Door.with(
      [method], schema: Things.schema, configure: { $0.trustsTraces = { _ in false } }
    ) { door throws in
      let answer = try door.exchange(
        "GET", "/v1/things/a", ["Traceparent: \(parent)", "Tracestate: a=1"])
      return answer["x-request-id"]
    }
    let traces = seen.value[stringValues: "traceparent"]
    #expect(began.value)
    #expect(traces.count == 2 && traces.last == parent)
    #expect(traces.first?.contains(trace) == false)
    #expect(seen.value.first("tracestate") == nil)
    #expect(traces.first.map { String($0.dropFirst(3).prefix(32)) } == number)
  }

  @Test(
    "has the trace's number in every answer, and none twice",
    arguments: ["/v1/things/a", "/nowhere", "/healthz", "/v1/things/a%zz"])
  func numbered(path: String) async throws {
    let method = Things.serve("Get") { message, _ in
      UnaryReply(message: message, trailingMetadata: ["x-request-id": "ours"])
    }
    let answers = try await Door.with([method], schema: Things.schema) { door throws in
      try (0..<2).map { _ in try door.exchange("GET", path) }
    }
    for answer in answers {
      let numbers = answer.headers.filter { $0.name.lowercased() == "x-request-id" }
      #expect(numbers.count == 1)
      #expect(numbers.first?.value.utf8.count == 32)
    }
    #expect(answers[0]["x-request-id"] != answers[1]["x-request-id"])
  }

  @Test("takes later versions by what is known of them")
  func later() {
    #expect(TraceContext.isParent("01-\(trace)-b7ad6b7169203331-01"))
    #expect(TraceContext.isParent("cc-\(trace)-b7ad6b7169203331-01-what"))
    #expect(!TraceContext.isParent("cc-\(trace)-b7ad6b7169203331-01what"))
  }

  @Test(
    "drops a state that is none, and keeps the trace",
    arguments: [
      "a", "A=1", "a=1,a=2", "=1", "a=", "a=b=c", "a@=1", "@a=1", "a@b@c=1", ",",
      (0...32).map { "k\($0)=1" }.joined(separator: ","),
      "\(String(repeating: "a", count: 257))=1",
    ])
  func state(value: String) async throws {
    #expect(!TraceContext.isState(value))
    let metadata = try await seen(["Traceparent: \(parent)", "Tracestate: \(value)"])
    #expect(metadata.first("traceparent") == parent)
    #expect(metadata.first("tracestate") == nil)
  }
}
