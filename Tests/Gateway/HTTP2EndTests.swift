import Foundation
import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: how HTTP/2 ends")
struct HTTP2EndTests {
  private let resident = "/v1/complexes/c1/residents/r1"
  private let watch = "/v1/units/u1/accessEvents:watch"

  @Test("says GOAWAY at a shutdown, lets what runs end, and ends", .covers("S-F16"))
  func shutdown() async throws {
    let started = Signal()
    let release = Signal()
    let method = Methods.getResident { bytes, _ in
      started.happen()
      await release.wait()
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door)
      let stream = client.request("GET", resident)
      await started.wait()
      let stopped = Task { await door.gateway.stop() }
      try client.until { $0.goAway != nil }
      #expect(client.goAway?.code == 0)
      #expect(client.goAway?.last == stream)
      release.happen()
      #expect(try client.answer(stream).status == 200)
      try client.ends()
      await stopped.value
    }
  }

  @Test("ends streams of messages at a shutdown with an error of their own")
  func streamAtShutdown() async throws {
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event("a"))
      try await Task.sleep(for: .seconds(60))
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door)
      let stream = client.request("GET", watch)
      try client.until { $0.answers[stream]?.body.isEmpty == false }
      let stopped = Task { await door.gateway.stop() }
      let answer = try client.answer(stream)
      #expect(String(decoding: answer.body, as: UTF8.self).contains("UNAVAILABLE"))
      try client.ends()
      await stopped.value
    }
  }

  @Test("ends a connection that nobody uses, and one that says nothing", .covers("S-F11"))
  func idle() async throws {
    try await Door.with(
      [Methods.echoResident],
      configure: {
        $0.idleTimeout = .milliseconds(200)
        $0.headerTimeout = .milliseconds(200)
      }
    ) { door throws in
      let client = try FrameClient(door)
      #expect(try client.exchange("GET", resident).status == 200)
      try client.ends()
      #expect(client.goAway?.code == 0)
      let silent = try door.connect()
      silent.send(FrameClient.preface)
      #expect(try silent.rest().count > 0)
    }
  }

  @Test("resets an answer that nobody reads", .covers("S-F11"))
  func unread() async throws {
    try await Door.with(
      [Methods.echoResident], configure: { $0.idleTimeout = .milliseconds(300) }
    ) { door throws in
      let client = try FrameClient(door, window: 0)
      let answer = try client.exchange("GET", resident)
      #expect(answer.status == 200)
      #expect(answer.reset == 8)
    }
  }

  @Test("resets a stream that nobody reads, and cancels its handler", .covers("S-F11"))
  func unreadStream() async throws {
    let cancelled = Signal()
    let method = Methods.watch { _, sink, _ in
      let event = try Methods.event(String(repeating: "x", count: 10_000))
      do {
        while true { try await sink.write(event) }
      } catch {
        cancelled.happen()
      }
    }
    try await Door.with([method], configure: { $0.idleTimeout = .milliseconds(300) }) {
      door throws in
      let client = try FrameClient(door, window: 0)
      #expect(try client.answer(client.request("GET", watch)).reset == 8)
      await cancelled.wait()
    }
  }

  @Test("lets a handler go on when all but the end of a great message has left")
  func greatMessage() async throws {
    let written = Signal()
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event(String(repeating: "x", count: 200_000)))
      written.happen()
    }
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door, window: 0)
      let stream = client.request("GET", watch)
      try client.until { $0.answers[stream]?.fields.isEmpty == false }
      // Each piece that leaves is a sign that somebody reads; the last is not waited for.
      client.send(8, stream: stream, payload: FrameClient.bytes(3 << 16))
      await written.wait()
      #expect(client.answers[stream]?.isOver == false)
      client.send(8, stream: stream, payload: FrameClient.bytes(1 << 20))
      #expect(try client.answer(stream).body.count > 200_000)
    }
  }

  @Test("answers 408 to a body that does not come", .covers("S-F11"))
  func slowBody() async throws {
    try await Door.with(
      [Methods.createVisit], configure: { $0.requestTimeout = .milliseconds(300) }
    ) { door throws in
      let client = try FrameClient(door)
      let stream = client.request(
        "POST", "/v1/complexes/c1/visits", [("content-type", "application/json")], body: [0x7B],
        end: false)
      let answer = try client.answer(stream)
      #expect(answer.status == 408)
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("asks a silent peer whether it is there, while it waits for something")
  func ping() async throws {
    let release = Signal()
    let method = Methods.getResident { bytes, _ in
      await release.wait()
      return UnaryReply(message: bytes)
    }
    try await Door.with([method], configure: { $0.idleTimeout = .milliseconds(200) }) {
      door throws in
      let client = try FrameClient(door)
      let stream = client.request("GET", resident)
      try client.until { $0.pings >= 2 }
      release.happen()
      #expect(try client.answer(stream).status == 200)
    }
  }

  @Test("ends with a reset where an answer breaks off that has no end of its own")
  func brokenDownload() async throws {
    let method = Files.download { sink in
      try await sink.write(try Files.body("text/plain", Array("abc".utf8)))
      throw RPCError(code: .unavailable, message: "gone")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let answer = try client.exchange("GET", "/v1/downloads/a")
      #expect(answer.status == 200)
      #expect(answer.reset == 2)
    }
  }
}
