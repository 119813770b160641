import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: connections and shutdown")
struct LifecycleTests {
  private let resident = "/v1/complexes/c1/residents/r1"
  private let watch = "/v1/units/u1/accessEvents:watch"

  @Test("speaks plain HTTP on loopback only", arguments: ["0.0.0.0", "::", "192.0.2.1"])
  func loopbackOnly(host: String) async throws {
    let gateway = try Gateway(
      configuration: GatewayConfiguration(host: host), schema: Door.schema, methods: [],
      logger: .quiet)
    let error = await #expect(throws: GatewayError.self) { try await gateway.start() }
    #expect(error?.code == .plainTextExposed)
  }

  @Test("says where it listens, and refuses to listen twice or on a taken port")
  func start() async throws {
    try await Door.with([]) { door throws in
      #expect(door.port > 0)
      let twice = await #expect(throws: GatewayError.self) { try await door.gateway.start() }
      #expect(twice?.code == .alreadyStarted)
      let other = try Gateway(
        configuration: GatewayConfiguration(port: door.port), schema: Door.schema, methods: [],
        logger: .quiet)
      let taken = await #expect(throws: GatewayError.self) { try await other.start() }
      #expect(taken?.code == .cannotListen)
    }
  }

  @Test("refuses a host that cannot be resolved, and a certificate that cannot be read")
  func badConfiguration() async throws {
    let gateway = try Gateway(
      configuration: GatewayConfiguration(host: "no.such.host.invalid"), schema: Door.schema,
      methods: [], logger: .quiet)
    let error = await #expect(throws: GatewayError.self) { try await gateway.start() }
    #expect(error?.code == .cannotListen)
    let bad = #expect(throws: GatewayError.self) {
      try Gateway(
        configuration: GatewayConfiguration(
          tls: .init(certificateChain: Array("x".utf8), privateKey: Array("y".utf8))),
        schema: Door.schema, methods: [], logger: .quiet)
    }
    #expect(bad?.code == .badCertificate)
  }

  @Test("cancels the handler of a caller that goes", .covers("T67"))
  func disconnect() async throws {
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
      let client = try door.connect()
      client.send("GET", resident)
      await started.wait()
      client.disconnect()
      await cancelled.wait()
    }
  }

  @Test("cancels within a tenth of a second of the caller's going", .covers("T67"))
  func disconnectTime() async throws {
    let started = Shared(Signal())
    let cancelled = Shared(Signal())
    let method = Methods.getResident { bytes, _ in
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
      // A busy machine may be late once, and not each time.
      var shortest = Duration.seconds(60)
      for _ in 0..<5 {
        started.value = Signal()
        cancelled.value = Signal()
        let client = try door.connect()
        client.send("GET", resident)
        await started.value.wait()
        let begin = ContinuousClock.now
        client.disconnect()
        await cancelled.value.wait()
        shortest = min(shortest, .now - begin)
      }
      #expect(shortest < .milliseconds(100))
    }
  }

  @Test("answers 504 at the deadline, cancels the handler and goes on", .covers("T65"))
  func deadline() async throws {
    let cancelled = Signal()
    let end = Signal()
    let method = Methods.getResident { bytes, _ in
      // A handler that answers late, whatever the caller wants.
      await withTaskCancellationHandler {
        await end.wait()
      } onCancel: {
        cancelled.happen()
      }
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      let response = try client.exchange("GET", resident, ["X-Server-Timeout: 0.02"])
      #expect(response.status == 504)
      #expect(response.json("error", "status") == "DEADLINE_EXCEEDED")
      await cancelled.wait()
      #expect(try client.exchange("GET", "/healthz").status == 200)
      end.happen()
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("limits a handler by its own request timeout")
  func requestTimeout() async throws {
    let method = Methods.getResident { bytes, _ in
      try await Task.sleep(for: .seconds(600))
      return UnaryReply(message: bytes)
    }
    try await Door.with([method], configure: { $0.requestTimeout = .milliseconds(20) }) {
      door throws in
      #expect(try door.exchange("GET", resident).status == 504)
    }
  }

  @Test("closes a connection that says nothing")
  func idleTimeout() async throws {
    try await Door.with([], configure: { $0.idleTimeout = .milliseconds(50) }) { door throws in
      let client = try door.connect()
      #expect(try client.isClosed())
      // The machine may be slower than the timeout: then the door was right to close.
      while true {
        let kept = try door.connect()
        guard let response = try? kept.exchange("GET", "/healthz") else { continue }
        #expect(response.status == 200)
        #expect(try kept.isClosed())
        break
      }
    }
  }

  @Test("closes a connection whose request does not arrive", .covers("S-F11"))
  func slowRequest() async throws {
    try await Door.with(
      [Methods.createVisit],
      configure: {
        $0.headerTimeout = .milliseconds(50)
        $0.requestTimeout = .milliseconds(50)
      }
    ) { door throws in
      for beginning in [
        "GET / HT", "POST /v1/complexes/c/visits HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{",
      ] {
        let client = try door.connect()
        client.send(beginning)
        let response = try client.response()
        #expect(response.status == 408)
        #expect(response["connection"] == "close")
        #expect(try client.isClosed())
      }
    }
  }

  @Test("closes a connection whose peer does not read", .covers("S-F11"))
  func slowReader() async throws {
    let failed = Signal()
    let method = Methods.watch { _, sink, _ in
      let event = try Methods.event(String(repeating: "a", count: 100_000))
      do {
        while true { try await sink.write(event) }
      } catch {
        failed.happen()
        throw error
      }
    }
    try await Door.with([method], configure: { $0.idleTimeout = .milliseconds(100) }) {
      door throws in
      // The machine may be slower than the timeout: then the door was right to close.
      while true {
        let client = try door.connect()
        client.send("GET", watch)
        guard (try? client.head()) != nil else { continue }
        await failed.wait()
        client.disconnect()
        break
      }
    }
  }

  @Test("closes connections over the limit at once", .covers("S-F9"))
  func connectionLimit() async throws {
    try await Door.with([], configure: { $0.maxConnections = 2 }) { door throws in
      let first = try door.connect()
      let second = try door.connect()
      #expect(try first.exchange("GET", "/healthz").status == 200)
      #expect(try second.exchange("GET", "/healthz").status == 200)
      #expect(try door.connect().isClosed())
      #expect(try second.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("lets running requests end at shutdown, and closes the others", .covers("S-F16"))
  func drain() async throws {
    let started = Signal()
    let end = Signal()
    let method = Methods.getResident { _, _ in
      started.happen()
      await end.wait()
      return UnaryReply(message: MessageBytes([]))
    }
    try await Door.with([method]) { door throws in
      let idle = try door.connect()
      _ = try idle.exchange("GET", "/healthz")
      let busy = try door.connect()
      busy.send("GET", resident)
      await started.wait()
      let stopped = Task(executorPreference: ThreadExecutor()) { await door.gateway.stop() }
      #expect(try idle.isClosed())
      end.happen()
      let response = try busy.response()
      #expect(response.status == 200)
      #expect(response["connection"] == "close")
      #expect(try busy.isClosed())
      await stopped.value
    }
  }

  @Test("ends streams at shutdown")
  func drainStreams() async throws {
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event("a"))
      try await Task.sleep(for: .seconds(600))
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      client.send("GET", watch, ["Accept: text/event-stream"])
      #expect(try client.head().status == 200)
      _ = try client.chunk()
      let stopped = Task(executorPreference: ThreadExecutor()) { await door.gateway.stop() }
      #expect(try client.textChunk()?.contains("UNAVAILABLE") == true)
      #expect(try client.textChunk() == nil)
      await stopped.value
    }
  }

  @Test("closes what is left when the grace is over")
  func graceOver() async throws {
    let started = Signal()
    let method = Methods.getResident { bytes, _ in
      started.happen()
      try await Task.sleep(for: .seconds(600))
      return UnaryReply(message: bytes)
    }
    try await Door.with([method], configure: { $0.shutdownGrace = .milliseconds(20) }) {
      door throws in
      let client = try door.connect()
      client.send("GET", resident)
      await started.wait()
      await door.gateway.stop()
      #expect(try client.isClosed())
    }
  }

  @Test("runs until its task is cancelled")
  func run() async throws {
    let gateway = try Gateway(
      configuration: GatewayConfiguration(), schema: Door.schema, methods: [], logger: .quiet)
    let address = try await gateway.start()
    let running = Task(executorPreference: ThreadExecutor()) { try await gateway.run() }
    let client = try RawClient(port: address.port)
    #expect(try client.exchange("GET", "/healthz").status == 200)
    running.cancel()
    try await running.value
    #expect(try client.isClosed())
  }
}
