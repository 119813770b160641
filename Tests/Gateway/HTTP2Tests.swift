import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: HTTP/2")
struct HTTP2Tests {
  private let resident = "/v1/complexes/c1/residents/r1"
  private let watch = "/v1/units/u1/accessEvents:watch"

  @Test("answers as over HTTP/1.1, but for what belongs to a connection", .covers("T87"))
  func answers() async throws {
    try await Door.with([Methods.echoResident, Methods.createVisit]) { door throws in
      let client = try FrameClient(door)
      let answer = try client.exchange("GET", resident)
      #expect(answer.status == 200)
      #expect(answer.json("residentId") == "r1")
      #expect(answer["content-length"] == "\(answer.body.count)")
      #expect(answer["connection"] == nil)
      let visit = try client.exchange(
        "POST", "/v1/complexes/c1/visits", [("content-type", "application/json")],
        body: Array(#"{"visitorName":"A"}"#.utf8))
      #expect(visit.json("visitorName") == "A")
      let head = try client.exchange("HEAD", resident)
      #expect(head.body.isEmpty)
      #expect(head["content-length"] == answer["content-length"])
      #expect(try client.exchange("GET", "/nope").json("error", "code") == "404")
    }
  }

  @Test("says 304 without a body")
  func notModified() async throws {
    let method = Files.serve(
      "Show",
      .unary { _, _ in
        UnaryReply(message: Files.receipt("a"), initialMetadata: ["etag": "\"1\""])
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      #expect(try client.exchange("GET", "/v1/notes/a")["etag"] == "\"1\"")
      let answer = try client.exchange("GET", "/v1/notes/a", [("if-none-match", "\"1\"")])
      #expect(answer.status == 304)
      #expect(answer.body.isEmpty)
    }
  }

  @Test("answers requests in the order in which they are done")
  func order() async throws {
    let release = Signal()
    let method = Methods.getResident { bytes, context in
      if context.metadata.first("x-wait") != nil { await release.wait() }
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door)
      let slow = client.request("GET", resident, [("x-wait", "1")])
      #expect(try client.exchange("GET", resident).status == 200)
      #expect(client.answers[slow]?.isOver == false)
      release.happen()
      #expect(try client.answer(slow).status == 200)
    }
  }

  @Test("cancels the handler within a tenth of a second of a reset", .covers("T67"))
  func reset() async throws {
    let started = Shared(Signal())
    let cancelled = Shared(Signal())
    let method = Methods.getResident { bytes, context in
      guard context.metadata.first("x-wait") != nil else { return UnaryReply(message: bytes) }
      let signal = cancelled.value
      started.value.happen()
      await withTaskCancellationHandler {
        await signal.wait()
      } onCancel: {
        signal.happen()
      }
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door)
      var shortest = Duration.seconds(60)
      // A busy machine may be late once, and not each time.
      for _ in 0..<5 {
        started.value = Signal()
        cancelled.value = Signal()
        let stream = client.request("GET", resident, [("x-wait", "1")])
        await started.value.wait()
        let begin = ContinuousClock.now
        client.reset(stream)
        await cancelled.value.wait()
        shortest = min(shortest, begin.duration(to: .now))
      }
      #expect(shortest < .milliseconds(100))
      #expect(try client.exchange("GET", resident).status == 200)
    }
  }

  @Test("cancels all handlers of a connection that goes")
  func gone() async throws {
    let started = Signal()
    let cancelled = Signal()
    let method = Methods.getResident { bytes, _ in
      started.happen()
      await withTaskCancellationHandler {
        await cancelled.wait()
      } onCancel: {
        cancelled.happen()
      }
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door)
      _ = client.request("GET", resident)
      await started.wait()
      client.raw.disconnect()
      await cancelled.wait()
    }
  }

  @Test("sends a stream as it comes, in frames without chunks")
  func stream() async throws {
    let second = Signal()
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event("a"))
      await second.wait()
      try await sink.write(try Methods.event("b"))
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door)
      let stream = client.request("GET", watch, [("accept", "application/x-ndjson")])
      try client.until { $0.answers[stream]?.body.isEmpty == false }
      #expect(client.answers[stream]?.isOver == false)
      second.happen()
      let answer = try client.answer(stream)
      #expect(answer["content-type"] == "application/x-ndjson")
      let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
      #expect(lines.map { JSON(String($0)).value("name") } == ["a", "b"])
    }
  }

  @Test("goes on behind bodies of every length", arguments: [0, 1, 16_384, 32_768, 40_000, 60_000])
  func lengths(count: Int) async throws {
    try await Door.with([Methods.createVisit, Methods.echoResident]) { door throws in
      let client = try FrameClient(door)
      let body = #"{"visitorName":"A","purpose":""# + String(repeating: "x", count: count) + #""}"#
      for _ in 0..<3 {
        let answer = try client.exchange(
          "POST", "/v1/complexes/c1/visits", [("content-type", "application/json")],
          body: Array(body.utf8))
        #expect(answer.json("purpose") == "\(count)")
      }
      #expect(try client.exchange("GET", resident).status == 200)
    }
  }

  @Test("stops a stream that nobody reads, and goes on when it is read")
  func backpressure() async throws {
    let written = Shared(0)
    let method = Methods.watch { _, sink, _ in
      let event = try Methods.event(String(repeating: "x", count: 10_000))
      for _ in 0..<100 {
        try await sink.write(event)
        written.value += 1
      }
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door, window: 0)
      let stream = client.request("GET", watch)
      try client.until { $0.answers[stream]?.fields.isEmpty == false }
      #expect(written.value < 20)
      client.send(8, stream: stream, payload: FrameClient.bytes(1 << 24))
      let answer = try client.answer(stream)
      #expect(answer.body.count > 1_000_000)
      #expect(written.value == 100)
    }
  }

  @Test("makes no room for an upload that nobody reads, and does when it is read")
  func upload() async throws {
    let read = Signal()
    let method = Files.upload { source, _ in
      await read.wait()
      var count = 0
      while let piece = try await source.next() { count += Files.content(piece).data.count }
      return Files.receipt("\(count)")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let stream = client.request("PUT", "/v1/uploads/a", end: false)
      let piece = [UInt8](repeating: 7, count: 16_384)
      var sent = 0
      func send(upTo limit: Int) throws {
        while sent < limit {
          try client.until { sent + piece.count <= 65_535 + ($0.room[stream] ?? 0) }
          client.data(stream, piece, end: false)
          sent += piece.count
        }
      }
      // The first window, and what the upload keeps before its reader comes.
      try send(upTo: 256 << 10)
      let answer = try client.exchange("GET", "/healthz")
      #expect(answer.status == 200)
      #expect((client.room[stream] ?? 0) < 320 << 10)
      read.happen()
      try send(upTo: 1 << 20)
      client.data(stream, [], end: true)
      #expect(try client.answer(stream).json("name") == "\(sent)")
    }
  }
}
