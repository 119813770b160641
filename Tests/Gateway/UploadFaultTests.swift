import NIOCore
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: uploads that fail")
struct UploadFaultTests {
  @Test("ends the handler's stream where the peer goes", .covers("T67"))
  func disconnect() async throws {
    let started = Signal()
    let failed = Signal()
    let method = Files.upload { source, _ in
      do {
        while try await source.next() != nil { started.happen() }
      } catch {
        #expect((error as? RPCError)?.code == .cancelled)
        failed.happen()
        throw error
      }
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(100) + "abc")
      await started.wait()
      client.disconnect()
      await failed.wait()
    }
  }

  @Test("leaves a handler's reader behind when the handler has failed")
  func cancelledReader() async throws {
    let method = Files.upload { source, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { while try await source.next() != nil {} }
        group.addTask { throw RPCError(code: .permissionDenied, message: "no") }
        // Its error cancels the reader, for whose end the group waits.
        while try await group.next() != nil {}
      }
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(1_000_000) + "abc")
      #expect(try client.response().status == 403)
    }
  }

  @Test("answers a handler that does not wait for the rest, and closes")
  func early() async throws {
    let method = Files.upload { source, _ in
      _ = try await source.next()
      throw RPCError(code: .permissionDenied, message: "no")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(1_000_000) + "abc")
      let response = try client.response()
      #expect(response.status == 403)
      #expect(response["connection"] == "close")
      #expect(try client.isClosed())
    }
  }

  @Test("refuses an upload over its contract's limit, declared or found out", .covers("S-F14"))
  func limit() async throws {
    let begun = Shared(0)
    let method = Files.upload("Small") { source, _ in
      begun.value += 1
      while try await source.next() != nil {}
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("PUT /v1/small/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
      #expect(try client.response().status == 413)
      #expect(begun.value == 0)
      let chunked = try door.connect()
      chunked.send("PUT /v1/small/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      for _ in 0..<4 { chunked.send("100\r\n\(String(repeating: "a", count: 256))\r\n") }
      #expect(try chunked.response().status == 413)
      #expect(try chunked.isClosed())
      #expect(try door.exchange("PUT", "/v1/small/1", body: "a").status == 200)
    }
  }

  @Test("answers an upload that does not come, and ends its handler", .covers("S-F11"))
  func slow() async throws {
    let failed = Signal()
    let method = Files.upload { source, _ in
      do {
        while try await source.next() != nil {}
      } catch {
        failed.happen()
        throw error
      }
      return Files.receipt("r")
    }
    try await Door.with(
      [method], schema: Files.schema, configure: { $0.requestTimeout = .milliseconds(50) }
    ) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(1_000) + "abc")
      let response = try client.response()
      #expect(response.status == 408)
      #expect(try client.isClosed())
      await failed.wait()
    }
  }

  @Test("answers broken chunks of an upload, and ends its handler", .covers("S-F12"))
  func brokenChunks() async throws {
    try await Door.with([UploadTests.count], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(-1) + "3\r\nabc\r\nnonsense\r\n")
      #expect(try client.response().status == 400)
      #expect(try client.isClosed())
    }
  }

  @Test("ends an upload at the caller's deadline", .covers("T65"))
  func deadline() async throws {
    try await Door.with([UploadTests.count], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(1_000, "X-Server-Timeout: 0.03\r\n") + "abc")
      #expect(try client.response().status == 504)
      #expect(try client.isClosed())
    }
  }

  @Test("answers what the path or the query has wrong before the upload comes")
  func badQuery() async throws {
    try await Door.with([UploadTests.count], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("PUT /v1/uploads/1?nope=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
      #expect(try client.response().status == 400)
    }
  }

  @Test("inflates no more than may wait, whatever a little of it stands for", .covers("S-F14"))
  func bombInPieces() async throws {
    let seen = Shared(0)
    let zeros = [UInt8](repeating: 0, count: 48 << 20)
    let method = Files.upload { source, _ in
      while let message = try await source.next() {
        seen.value += Files.content(message).data.count
      }
      return Files.receipt("r", note: "\(seen.value)")
    }
    // What cannot be made shorter earns the ratio for what can.
    var random = SystemRandomNumberGenerator()
    let noise = (0..<(64 << 10)).flatMap { _ in withUnsafeBytes(of: random.next(), Array.init) }
    let body = Zip.deflate(noise + zeros, bits: 31)
    let upload = Upload(
      BodyFraming(try #require(Files.place), first: [], contentType: ""), try intake("gzip"))
    var rest = ByteBuffer(bytes: body)
    while let part = rest.readSlice(length: min(64 << 10, rest.readableBytes)), !upload.isFull {
      try upload.accept(part)
      #expect(upload.held <= Upload.holdAbove + (128 << 10))
    }
    #expect(upload.isFull)
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(UploadTests.head(body.count, "Content-Encoding: gzip\r\n"))
      client.send(body)
      #expect(try client.response().json("note") == "\(noise.count + zeros.count)")
      // Broken behind what has to wait: the handler's reading finds it out.
      let broken = try door.connect()
      var cut = body
      cut[cut.count - 20] ^= 0xFF
      broken.send(UploadTests.head(cut.count, "Content-Encoding: gzip\r\n"))
      broken.send(cut)
      #expect(try broken.response().status == 400)
    }
  }

  /// How a coded upload is taken.
  private func intake(_ coding: String) throws -> Intake {
    let core = GatewayCore(
      configuration: GatewayConfiguration(),
      snapshot: try Snapshot(
        schema: Files.schema, methods: [UploadTests.count], GatewayConfiguration(),
        logger: .quiet),
      cors: nil, logger: .quiet)
    let head = RequestHead(
      method: .PUT, uri: "/v1/uploads/1", version: .http1_1,
      headers: [("host", "a"), ("content-encoding", coding)], framing: .chunked, isKeepAlive: true)
    return Intake(
      IncomingRequest(
        head, snapshot: core.snapshot, core: core, serverName: nil,
        peer: Peer(address: "127.0.0.1", door: .rest)),
      core.configuration)
  }
}
