import Synchronization
import TestSupport
import Testing

@testable import Telemetry

@Suite("A span")
struct SpanTests {
  private final class Kept: Sendable {
    private let spans = Mutex<[[FinishedSpan]]>([])
    func add(_ more: [FinishedSpan]) { spans.withLock { $0.append(more) } }
    var all: [[FinishedSpan]] { spans.withLock { $0 } }
  }

  @Test("reads and writes traceparent as W3C has it")
  func traceparent() throws {
    let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    let context = try #require(SpanContext(traceparent: text))
    #expect(context.isSampled)
    #expect(context.traceparent == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03")
    #expect(context.traceID.bytes.prefix(2) == [0x0A, 0xF7])
    #expect(context.spanID.bytes.last == 0x31)
    let made = SpanContext.make()
    #expect(SpanContext(traceparent: made.traceparent) == made)
  }

  @Test("has a number that no other has")
  func numbers() {
    #expect(Set((0..<10_000).map { _ in SpanID.make() }).count == 10_000)
    #expect(Set((0..<10_000).map { _ in TraceID.make() }).count == 10_000)
  }

  @Test("tells by its number nothing of how many others there were", .covers("S-H11"))
  func secrecy() {
    // What splitmix64 makes of a counter is undone by anybody: then two numbers tell how many were
    // drawn between them.
    func counter(_ number: UInt64) -> UInt64 {
      var number = number
      number ^= number >> 31 ^ number >> 62
      number = number &* 0x3196_42B2_D24D_8EC3
      number ^= number >> 27 ^ number >> 54
      number = number &* 0x96DE_1B17_3F11_9089
      return number ^ number >> 30 ^ number >> 60
    }
    let numbers = (0..<1_000).map { _ in TraceNumbers.next() }
    for read in [counter, { $0 }] {
      let steps = zip(numbers, numbers.dropFirst()).map { read($1) &- read($0) }
      #expect(Set(steps).count == steps.count)
    }
  }

  @Test("is kept by its trace's number, in the share that is asked for")
  func sampling() {
    let tracer = Tracer(ratio: 0.25) { _ in }
    let kept = (0..<20_000).count { _ in tracer.samples(.make()) }
    #expect((4_500...5_500).contains(kept))
    #expect(!(0..<100).contains { _ in Tracer(ratio: 0) { _ in }.samples(.make()) })
    #expect((0..<100).allSatisfy { _ in Tracer(ratio: 1) { _ in }.samples(.make()) })
  }

  @Test("waits for its call, then goes where the call goes")
  func order() {
    let kept = Kept()
    let root = Tracer(ratio: 1) { kept.add($0) }.begin("root")
    let child = root.child("child", .client)
    let late = root.child("late", .client)
    child.end()
    child.end()
    #expect(kept.all.isEmpty)
    root.end()
    late.end()
    #expect(kept.all.map { $0.map(\.name) } == [["child", "root"], ["late"]])
  }

  @Test("is dropped with its call where nobody keeps it, and so many at most are held")
  func dropped() {
    let kept = Kept()
    let unsampled = Tracer(ratio: 0) { kept.add($0) }.begin("root")
    unsampled.child("child", .client).end()
    unsampled.end()
    #expect(kept.all.isEmpty)
    let root = Tracer(ratio: 1) { kept.add($0) }.begin("root")
    for _ in 0..<1_000 { root.child("child", .client).end() }
    root.end()
    #expect(kept.all.first?.count == 257)
  }

  @Test("says so much of itself at most")
  func attributes() throws {
    let kept = Kept()
    let root = Tracer(ratio: 1) { kept.add($0) }.begin("root")
    for number in 0..<100 { root.set("k\(number)", String(repeating: "x", count: 100_000)) }
    root.fail(String(repeating: "y", count: 100_000))
    root.end()
    let span = try #require(kept.all.first?.first)
    #expect(span.attributes.count == 32)
    #expect(span.failure.map { $0.utf8.count < 1_100 } == true)
  }

  @Test("is the current one of its work alone")
  func current() async throws {
    let kept = Kept()
    let root = Tracer(ratio: 1) { kept.add($0) }.begin("root")
    try await TraceScope.$current.withValue(TraceScope(context: root.context, span: root)) {
      try await TraceScope.span("inner", .internal) { span in
        #expect(TraceScope.current?.span === span)
      }
      #expect(TraceScope.current?.span === root)
    }
    root.end()
    #expect(kept.all.first?.map(\.name) == ["inner", "root"])
    #expect(try await TraceScope.span("none", .internal) { $0 == nil })
  }
}
