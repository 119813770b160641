import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: how calls flow")
struct CallFlowTests {
  private let list = "/test.v1.Files/List"

  private func name(_ name: String) -> [UInt8] {
    let message = [0x0A, UInt8(name.utf8.count)] + Array(name.utf8)
    return [0] + FrameClient.bytes(UInt32(message.count)) + message
  }

  /// Frames of a body: flags and bytes.
  private func frames(_ bytes: [UInt8]) -> [(flags: UInt8, text: String)] {
    ConnectTests.envelopes(bytes)
  }

  @Test("lets a stream of requests be silent for longer than a request may be")
  func silence() async throws {
    let both = Files.serve(
      "Both",
      .bidirectionalStreaming { source, sink, _ in
        try await sink.sendInitialMetadata([:])
        while try await source.next() != nil {}
        return [:]
      })
    try await Door.with(
      [both], schema: Files.schema, configure: { $0.requestTimeout = .milliseconds(100) }
    ) { door throws in
      let client = try FrameClient(door)
      let stream = client.request(
        "POST", "/test.v1.Files/Both", [("content-type", "application/grpc")], end: false)
      try client.until { $0.answers[stream]?.status == 200 }
      try await Task.sleep(for: .milliseconds(300))
      client.data(stream, name("1"), end: true)
      #expect(
        try client.answer(stream).trailers.first { $0.name == "grpc-status" }?.value == "0")
    }
  }

  @Test("stops a stream that nobody reads, and cancels it with its caller")
  func backpressure() async throws {
    let written = Shared(0)
    let cancelled = Signal()
    let endless = Files.serve(
      "List",
      .serverStreaming { _, sink, _ in
        let message = Files.receipt(String(repeating: "x", count: 10_000))
        do {
          while true {
            try await sink.write(message)
            written.value += 1
          }
        } catch {
          cancelled.happen()
          throw error
        }
      })
    try await Door.with([endless], schema: Files.schema) { door throws in
      let client = try FrameClient(door, window: 0)
      let stream = client.request(
        "POST", list, [("content-type", "application/grpc")], body: name("1"))
      try client.until { $0.answers[stream]?.status == 200 }
      #expect(written.value < 20)
      client.reset(stream)
      await cancelled.wait()
    }
  }

  @Test("puts the status behind messages that had to wait")
  func order() async throws {
    let long = Files.serve(
      "List",
      .serverStreaming { _, sink, _ in
        try await sink.write(Files.receipt(String(repeating: "x", count: 10_000)))
        return [:]
      })
    try await Door.with([long], schema: Files.schema) { door throws in
      let client = try FrameClient(door, window: 100)
      let stream = client.request(
        "POST", list, [("content-type", "application/grpc")], body: name("1"))
      try client.until { $0.answers[stream]?.body.count == 100 }
      #expect(client.answers[stream]?.trailers.isEmpty == true)
      client.send(8, stream: stream, payload: FrameClient.bytes(1 << 20))
      let answer = try client.answer(stream)
      #expect(frames(answer.body).count == 1)
      #expect(answer.trailers.first?.value == "0")
    }
  }

  @Test("takes tens of thousands of messages in one stream, however they are cut")
  func many() async throws {
    let upload = Files.upload { source, _ in
      var count = 0
      while try await source.next() != nil { count += 1 }
      return Files.receipt("\(count)")
    }
    try await Door.with([upload], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let stream = client.request(
        "POST", "/test.v1.Files/Upload", [("content-type", "application/grpc")], end: false)
      // 5 bytes each, in frames of 16,384: almost every frame ends within a message.
      let bytes = [UInt8](repeating: 0, count: 16_384)
      var sent = 0
      for _ in 0..<20 {
        try client.until { sent + bytes.count <= 65_535 + ($0.room[stream] ?? 0) }
        client.data(stream, bytes, end: false)
        sent += bytes.count
      }
      client.data(stream, [UInt8](repeating: 0, count: 5 - sent % 5), end: true)
      let answer = try client.answer(stream)
      #expect(answer.trailers.first?.value == "0")
      let count = (sent + 5 - sent % 5) / 5
      #expect(frames(answer.body).first.map { $0.text.contains("\(count)") } == true)
    }
  }

  @Test("keeps little of messages that do not end, of all streams together", .covers("S-F11"))
  func kept() async throws {
    let upload = Files.upload { source, _ in
      while try await source.next() != nil {}
      return Files.receipt("")
    }
    try await Door.with([upload], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let piece = [UInt8](repeating: 0, count: 16_384)
      var statuses: [String] = []
      for _ in 0..<10 where statuses.isEmpty {
        let stream = client.request(
          "POST", "/test.v1.Files/Upload", [("content-type", "application/grpc")], end: false)
        client.data(stream, [0] + FrameClient.bytes(4 << 20), end: false)
        var sent = 5
        while sent < 3 << 20 {
          try client.until {
            $0.answers[stream]?.isOver == true
              || sent + piece.count <= 65_535 + ($0.room[stream] ?? 0)
          }
          if client.answers[stream]?.isOver == true { break }
          client.data(stream, piece, end: false)
          sent += piece.count
        }
        if let status = client.answers[stream]?["grpc-status"] { statuses.append(status) }
      }
      #expect(statuses == ["8"])
    }
  }

  @Test("ends a call at its deadline, while a stream is silent")
  func deadline() async throws {
    let silent = Files.serve(
      "List",
      .serverStreaming { _, _, _ in
        try await Task.sleep(for: .seconds(60))
        return [:]
      })
    try await Door.with([silent], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let answer = try client.exchange(
        "POST", list, [("content-type", "application/grpc"), ("grpc-timeout", "50m")],
        body: name("1"))
      #expect(answer["grpc-status"] == "4")
    }
  }
}
