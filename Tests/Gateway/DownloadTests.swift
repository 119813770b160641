import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: downloads")
struct DownloadTests {
  @Test("sends pieces as they are, with the type of the first", .covers("T72"))
  func pieces() async throws {
    let next = Signal()
    let method = Files.download { sink in
      try await sink.write(try Files.body("video/mp4", [0, 1]))
      await next.wait()
      try await sink.write(try Files.body("text/plain", []))
      try await sink.write(try Files.body("text/plain", [2, 10]))
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/downloads/a", ["Accept: video/*"])
      let head = try client.head()
      #expect(head.status == 200)
      #expect(head["content-type"] == "video/mp4")
      #expect(head["transfer-encoding"] == "chunked")
      #expect(try client.chunk() == [0, 1])
      next.happen()
      #expect(try client.chunk() == [2, 10])
      #expect(try client.chunk() == nil)
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("has a type before the first byte, and none of a body without messages", .covers("T75"))
  func empty() async throws {
    let typed = Files.download { try await $0.write(try Files.body("text/csv", [])) }
    try await Door.with([typed], schema: Files.schema) { door throws in
      let response = try door.exchange("GET", "/v1/downloads/a")
      #expect(response["content-type"] == "text/csv")
      #expect(response.body.isEmpty)
    }
    try await Door.with([Files.download { _ in }], schema: Files.schema) { door throws in
      let response = try door.exchange("GET", "/v1/downloads/a")
      #expect(response.status == 200)
      #expect(response["content-type"] == "application/octet-stream")
      #expect(response.body.isEmpty)
    }
  }

  @Test("does not guess a type for a download that has not begun")
  func slowFirst() async throws {
    let method = Files.download { sink in
      try await Task.sleep(for: .milliseconds(50))
      try await sink.write(try Files.body("text/csv", [1]))
    }
    try await Door.with(
      [method], schema: Files.schema, configure: { $0.streamOpenDelay = .milliseconds(1) }
    ) { door throws in
      #expect(try door.exchange("GET", "/v1/downloads/a")["content-type"] == "text/csv")
    }
  }

  @Test(
    "answers an early failure with its status, and cuts a body that fails later", .covers("T75"))
  func failures() async throws {
    let early = Files.download { _ in throw RPCError(code: .notFound, message: "no") }
    try await Door.with([early], schema: Files.schema) { door throws in
      #expect(try door.exchange("GET", "/v1/downloads/a").status == 404)
    }
    let late = Files.download { sink in
      try await sink.write(try Files.body("text/csv", [1, 2]))
      throw RPCError(code: .dataLoss, message: "no")
    }
    try await Door.with([late], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/downloads/a")
      #expect(try client.head().status == 200)
      #expect(try client.chunk() == [1, 2])
      // No last chunk: the peer must not take the body for whole.
      #expect(throws: RawClient.Closed.self) { try client.chunk() }
    }
  }

  @Test("answers HEAD on a download with the head alone", .covers("T26"))
  func head() async throws {
    let method = Files.download { try await $0.write(try Files.body("text/csv", [1])) }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      let response = try client.exchange("HEAD", "/v1/downloads/a")
      #expect(response["content-type"] == "text/csv")
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test(
    "holds a handler whose peer does not read, and keeps no more than one piece", .covers("T72"))
  func backpressure() async throws {
    let written = Shared(0)
    let count = 64
    let method = Files.download { sink in
      let piece = try Files.body("video/mp4", [UInt8](repeating: 1, count: 1 << 20))
      for _ in 0..<count {
        try await sink.write(piece)
        written.value += 1
      }
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/downloads/a")
      _ = try client.head()
      var before = -1
      while before != written.value {
        before = written.value
        for _ in 0..<20 { _ = try door.exchange("GET", "/healthz") }
      }
      // What the sockets hold, and a piece.
      #expect(before < 32)
      var received = 0
      while let chunk = try client.chunk() { received += chunk.count }
      #expect(received == count << 20)
    }
  }
}
