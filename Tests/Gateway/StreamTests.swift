import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: streams")
struct StreamTests {
  private let watch = "/v1/units/u1/accessEvents:watch"

  /// Sends events with these names and tokens, then ends, or fails.
  private func events(_ names: [String], _ error: RPCError? = nil) -> RegisteredMethod {
    Methods.watch { _, sink, _ in
      for name in names { try await sink.write(try Methods.event(name, token: "t-\(name)")) }
      if let error { throw error }
    }
  }

  @Test("frames a stream by Accept", .covers("T74"))
  func formats() async throws {
    try await Door.with([events(["a", "b"])]) { door throws in
      let client = try door.connect()
      for accept in ["application/x-ndjson", "*/*", "application/x-ndjson, */*;q=0.1"] {
        let response = try client.exchange("GET", watch, ["Accept: \(accept)"])
        #expect(response.status == 200)
        #expect(response["content-type"] == "application/x-ndjson")
        #expect(response["cache-control"] == "no-store")
        let lines = response.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3)
        #expect(JSON(String(lines[0])).value("name") == "a")
        #expect(JSON(String(lines[1])).value("name") == "b")
      }
      #expect(try client.exchange("GET", watch)["content-type"] == "application/x-ndjson")
      let array = try client.exchange("GET", watch, ["Accept: application/json"])
      #expect(array["content-type"] == "application/json")
      #expect(array.json("1", "name") == "b")
      let stream = try client.exchange("GET", watch, ["Accept: text/event-stream"])
      #expect(stream["content-type"] == "text/event-stream")
      #expect(stream.text.hasPrefix("id: t-a\ndata: {"))
      #expect(stream.text.hasSuffix("}\n\n"))
      #expect(stream.text.contains("}\n\nid: t-b\ndata: {"))
      #expect(try client.exchange("GET", watch, ["Accept: text/html"]).status == 406)
    }
  }

  @Test("sends each message when the handler writes it", .covers("T74"))
  func flushing() async throws {
    let next = Signal()
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event("a"))
      await next.wait()
      try await sink.write(try Methods.event("b"))
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      client.send("GET", watch, ["Accept: application/json"])
      #expect(try client.head().status == 200)
      #expect(try client.textChunk()?.hasPrefix("[{") == true)
      next.happen()
      #expect(try client.textChunk()?.hasPrefix(",{") == true)
      #expect(try client.textChunk() == "]")
      #expect(try client.textChunk() == nil)
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("ends an empty stream in its format", .covers("T75"))
  func empty() async throws {
    try await Door.with([events([])]) { door throws in
      let client = try door.connect()
      for (accept, body) in [
        ("application/json", "[]"), ("application/x-ndjson", ""), ("text/event-stream", ""),
      ] {
        let response = try client.exchange("GET", watch, ["Accept: \(accept)"])
        #expect(response.status == 200)
        #expect(response.text == body)
      }
    }
  }

  @Test("answers a failure before the first message with its own status", .covers("T75"))
  func earlyFailure() async throws {
    let method = events([], RPCError(code: .permissionDenied, message: "no"))
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      for accept in ["application/json", "application/x-ndjson", "text/event-stream"] {
        let response = try client.exchange("GET", watch, ["Accept: \(accept)"])
        #expect(response.status == 403)
        #expect(response["content-type"] == "application/json")
        #expect(response.json("error", "status") == "PERMISSION_DENIED")
      }
    }
  }

  @Test("ends a failed stream with an error in its format", .covers("T76"))
  func lateFailure() async throws {
    let method = events(["a"], RPCError(code: .aborted, message: "no"))
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      let array = try client.exchange("GET", watch, ["Accept: application/json"])
      #expect(array.status == 200)
      #expect(array.json("0", "name") == "a")
      #expect(array.json("1", "error", "status") == "ABORTED")
      let lines = try client.exchange("GET", watch).text.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(JSON(String(lines[1])).value("error", "code") == "409")
      let stream = try client.exchange("GET", watch, ["Accept: text/event-stream"])
      #expect(stream.text.contains("}\n\nevent: error\ndata: {"))
      #expect(stream.text.hasSuffix("\n\n"))
    }
  }

  @Test("fails the stream where a message cannot be printed")
  func corruptMessage() async throws {
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event("a"))
      try await sink.write(MessageBytes([0x0A, 0xFF]))
    }
    try await Door.with([method]) { door throws in
      let array = try door.exchange("GET", watch, ["Accept: application/json"])
      #expect(array.json("1", "error", "status") == "INTERNAL")
    }
  }

  @Test("resumes Server-Sent Events behind the last one seen")
  func lastEventID() async throws {
    let seen = Shared("")
    let method = Methods.watch { bytes, _, _ in
      let schema = Door.schema.message(named: "artel.residential.v1.WatchAccessEventsRequest")
      seen.value = String(
        decoding: try bytes.withUnsafeBytes { try schema?.json(fromWire: $0) ?? [] },
        as: UTF8.self)
    }
    try await Door.with([method]) { door throws in
      let events = ["Accept: text/event-stream", "Last-Event-ID: e7"]
      _ = try door.exchange("GET", watch, events)
      #expect(JSON(seen.value).value("resumeToken") == "e7")
      #expect(JSON(seen.value).value("parent") == "units/u1")
      _ = try door.exchange("GET", "\(watch)?resumeToken=own", events)
      #expect(JSON(seen.value).value("resumeToken") == "own")
      _ = try door.exchange("GET", watch, ["Last-Event-ID: e7"])
      #expect(JSON(seen.value).value("resumeToken") == nil)
    }
  }

  @Test("leaves out an event id that would break the stream")
  func brokenID() async throws {
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event("a", token: #"x\ndata: y"#))
    }
    try await Door.with([method]) { door throws in
      let stream = try door.exchange("GET", watch, ["Accept: text/event-stream"])
      #expect(stream.text.hasPrefix("data: {"))
    }
  }

  @Test("opens a silent stream, and keeps Server-Sent Events alive with comments")
  func heartbeat() async throws {
    let end = Signal()
    let method = Methods.watch { _, _, _ in await end.wait() }
    try await Door.with(
      [method],
      configure: {
        $0.streamOpenDelay = .milliseconds(10)
        $0.heartbeatInterval = .milliseconds(20)
      }
    ) { door throws in
      let client = try door.connect()
      client.send("GET", watch, ["Accept: text/event-stream"])
      #expect(try client.head().status == 200)
      #expect(try client.textChunk() == ":\n\n")
      #expect(try client.textChunk() == ":\n\n")
      let lines = try door.connect()
      lines.send("GET", watch)
      #expect(try lines.head().status == 200)
      end.happen()
      #expect(try lines.textChunk() == nil)
    }
  }

  @Test("answers HEAD on a stream with the head alone", .covers("T26"))
  func head() async throws {
    let cancelled = Signal()
    let method = Methods.watch { _, sink, _ in
      do {
        while true { try await sink.write(try Methods.event("a")) }
      } catch {
        cancelled.happen()
        throw error
      }
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      #expect(try client.exchange("HEAD", watch).status == 200)
      await cancelled.wait()
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("sends HTTP/1.0 an unframed stream up to the end of the connection")
  func oldVersion() async throws {
    try await Door.with([events(["a", "b"])]) { door throws in
      let client = try door.connect()
      client.send("GET \(watch) HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      let response = try client.response()
      #expect(response["transfer-encoding"] == nil)
      #expect(response.text.split(separator: "\n").count == 2)
    }
  }
}
