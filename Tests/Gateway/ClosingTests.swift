import NIOCore
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: how connections end")
struct ClosingTests {
  private static let hidden = "GET /v1/notes/hidden HTTP/1.1\r\nHost: a\r\n\r\n"

  /// Counts the requests that came behind others.
  private static func notes(_ count: Shared<Int>) -> RegisteredMethod {
    Files.serve(
      "Show",
      .unary { _, _ in
        count.value += 1
        return UnaryReply(message: Files.receipt("r"))
      })
  }

  @Test("reads nothing behind a multipart body that is none as a request", .covers("S-F12"))
  func smuggledByMultipart() async throws {
    let served = Shared(0)
    let waits = Signal()
    let method = Files.upload("Batch") { source, _ in
      waits.happen()
      while try await source.next() != nil {}
      return Files.receipt("r")
    }
    try await Door.with([method, Self.notes(served)], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(
        "POST /v1/batches/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\n\r\n")
      await waits.wait()
      // The door reads much at a time when much has come; what gives an upload more time is in the
      // same read as the fault.
      client.send(String(repeating: "p", count: 512 << 10))
      try await Task.sleep(for: .milliseconds(50))
      client.send("\r\n--b!" + String(repeating: "p", count: 20 << 10))
      #expect(try client.response().status == 400)
      client.send(Self.hidden)
      #expect(try client.isClosed())
      #expect(served.value == 0)
    }
  }

  @Test("reads on behind an answer to an upload that waited, so that the answer arrives")
  func heldUpload() async throws {
    let full = Signal()
    let method = Files.upload { _, _ in
      await full.wait()
      throw RPCError(code: .permissionDenied, message: "no")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(64 << 20))
      Task {
        try await Task.sleep(for: .milliseconds(200))
        full.happen()
      }
      // Far more than the kernel and the door keep: its end waits for the door to read on.
      let isSent = client.send([UInt8](repeating: 7, count: 24 << 20))
      #expect(isSent)
      let response = try client.response()
      #expect(response.status == 403)
      #expect(response["connection"] == "close")
      #expect(try client.isClosed())
    }
  }

  @Test("gives an answer behind which it closes the time of any answer, and then lingers")
  func closingTakesTime() throws {
    var configuration = GatewayConfiguration()
    configuration.idleTimeout = .seconds(600)
    var watchdog = Watchdog(configuration)
    watchdog.enter(.closing)
    #expect(try #require(watchdog.neededWakeUp()) > .now() + .seconds(500))
    watchdog.sent()
    #expect(try #require(watchdog.neededWakeUp()) < .now() + .seconds(5))
  }

  @Test("gives a peer that reads slowly its time anew, and one that does not read none")
  func progress() {
    var configuration = GatewayConfiguration()
    configuration.idleTimeout = .zero
    for phase in [Connection.Phase.answering, .idle, .closing] {
      var watchdog = Watchdog(configuration)
      watchdog.enter(phase)
      watchdog.stalled(untaken: 4 << 20)
      #expect(watchdog.fired(untaken: 3 << 20) == .nothing)
      #expect(watchdog.fired(untaken: 2 << 20) == .nothing)
      #expect(watchdog.fired(untaken: 2 << 20) == .close)
      #expect(watchdog.fired(untaken: (2 << 20) - 1_000) == .close)
    }
  }

  @Test("leaves no closing behind")
  func closingIsTheEnd() {
    var watchdog = Watchdog(GatewayConfiguration())
    watchdog.enter(.closing)
    for phase in [Connection.Phase.idle, .receivingHead, .receivingBody, .answering] {
      watchdog.enter(phase)
      #expect(watchdog.phase == .closing)
    }
  }

  @Test("sends answers that are on their way at shutdown, whole", .covers("S-F16"))
  func drain() async throws {
    let size = 24 << 20
    let body = try Files.body("application/octet-stream", [UInt8](repeating: 7, count: size))
    let method = Files.serve("Get", .unary { _, _ in UnaryReply(message: body) })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/files/1")
      _ = try client.head()
      let stopped = Task(executorPreference: ThreadExecutor()) { await door.gateway.stop() }
      try await Task.sleep(for: .milliseconds(100))
      #expect(client.skip(upTo: size + 1) == size)
      await stopped.value
    }
  }

  @Test("sends the answer whole to who asks for the end and sends more")
  func moreBehindTheLast() async throws {
    let size = 8 << 20
    let body = try Files.body("application/octet-stream", [UInt8](repeating: 7, count: size))
    let method = Files.serve("Get", .unary { _, _ in UnaryReply(message: body) })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/files/1", ["Connection: close"])
      client.send(String(repeating: Self.hidden, count: 10_000))
      _ = try client.head()
      #expect(client.skip(upTo: size + 1) == size)
      #expect(try client.isClosed())
      #expect(!client.wasReset)
    }
  }

  @Test("cuts a body that fails, so that HTTP/1.0 does not take it for whole")
  func failedDownload() async throws {
    let method = Files.download { sink in
      try await sink.write(Files.body("text/plain", Array("abc".utf8)))
      throw RPCError(code: .dataLoss, message: "lost")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET /v1/downloads/1 HTTP/1.0\r\n\r\n")
      _ = try? client.rest()
      #expect(client.wasReset)
    }
  }

  @Test("says what is wrong with a head before that its body is too large")
  func failuresOfLargeBodies() async throws {
    try await Door.with([Methods.createVisit], configure: { $0.maxBodyBytes = 1_000 }) {
      door throws in
      let declared = try door.connect()
      declared.send("POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
      #expect(try declared.response().status == 404)
      #expect(try declared.isClosed())
      let chunked = try door.connect()
      chunked.send("POST /nope HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      chunked.send("3e9\r\n\(String(repeating: "a", count: 1_001))\r\n")
      #expect(try chunked.response().status == 404)
      #expect(try chunked.isClosed())
    }
  }

  @Test("cancels for a caller that goes with other requests behind the running one", .covers("T67"))
  func goneWithPipeline() async throws {
    let (started, cancelled) = (Signal(), Signal())
    let served = Shared(0)
    let method = Files.serve(
      "Get",
      .unary { _, _ in
        served.value += 1
        started.happen()
        await withTaskCancellationHandler {
          await cancelled.wait()
        } onCancel: {
          cancelled.happen()
        }
        return UnaryReply(message: MessageBytes([]))
      })
    try await Door.with([method, Self.notes(served)], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/files/1")
      client.send(String(repeating: Self.hidden, count: 500))
      await started.wait()
      client.disconnect()
      await cancelled.wait()
      #expect(try door.exchange("GET", "/healthz").status == 200)
      #expect(served.value == 1)
    }
  }

  @Test("forgets writers that a stream's handler leaves behind")
  func lostWriter() async throws {
    let (full, failed) = (Signal(), Signal())
    let method = Files.download { sink in
      let body = try Files.body("text/plain", [UInt8](repeating: 7, count: 1 << 20))
      Task {
        // Nobody reads: one of these waits until the handler has ended.
        for count in 0... {
          if count == 1 { full.happen() }
          do { try await sink.write(body) } catch { break }
        }
        failed.happen()
      }
      await full.wait()
      try await Task.sleep(for: .milliseconds(50))
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/downloads/1")
      await failed.wait()
    }
  }
}
