import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: what stands behind a stream")
struct StreamTrailerTests {
  private let watch = "/v1/units/u1/accessEvents:watch"

  /// One message, and then an error or metadata.
  private func events(_ error: RPCError?) -> RegisteredMethod {
    Methods.method(
      "artel.residential.v1.AccessEventService", "WatchAccessEvents", .serverStreaming,
      .serverStreaming { _, sink, _ in
        try await sink.write(try Methods.event("a"))
        if let error { throw error }
        return ["x-cost": "7"]
      })
  }

  /// The whole answer as it came over HTTP/1.1.
  private func raw(_ door: Door, _ fields: [String]) throws -> String {
    let client = try door.connect()
    client.send("GET", watch, ["Connection: close"] + fields)
    return String(decoding: try client.rest(), as: UTF8.self)
  }

  @Test("has the status for whoever takes trailers, in every form", .covers("T76"))
  func failed() async throws {
    let error = RPCError(
      code: .aborted, message: "100% \u{e9}", statusDetails: [8, 10], metadata: ["x-why": "b"])
    try await Door.with([events(error)]) { door throws in
      for accept in ["application/json", "application/x-ndjson", "text/event-stream"] {
        let answer = try raw(door, ["TE: gzip, Trailers", "Accept: \(accept)"])
        #expect(answer.contains("trailer: grpc-status, grpc-message\r\n"))
        #expect(answer.contains("ABORTED"))
        #expect(
          answer.hasSuffix("\r\n0\r\ngrpc-status: 10\r\ngrpc-message: 100%25 %C3%A9\r\n\r\n"))
        let client = try FrameClient(door)
        let stream = try client.exchange(
          "GET", watch, [("te", "trailers"), ("accept", accept)])
        #expect(String(decoding: stream.body, as: UTF8.self).contains("ABORTED"))
        #expect(stream["trailer"] == "grpc-status, grpc-message")
        #expect(stream.trailers.map(\.value) == ["10", "100%25 %C3%A9"])
      }
    }
  }

  @Test(
    "says that it is whole, with what the handler has said where a bridge stands", .covers("T76"))
  func whole() async throws {
    try await Door.with([events(nil)]) { door throws in
      #expect(try raw(door, ["TE: trailers"]).hasSuffix("\r\n0\r\ngrpc-status: 0\r\n\r\n"))
      let answer = try raw(door, ["TE: trailers", "Accept-Encoding: gzip"])
      #expect(answer.hasSuffix("\r\n0\r\ngrpc-status: 0\r\n\r\n"))
    }
    try await Door.with([events(nil)], configure: { $0.headers = .all }) { door throws in
      let client = try FrameClient(door)
      let answer = try client.exchange("GET", watch, [("te", "trailers")])
      #expect(answer.trailers.map(\.name) == ["grpc-status", "x-cost"])
    }
    let error = RPCError(code: .aborted, message: "no", metadata: ["x-why": "b"])
    try await Door.with([events(error)], configure: { $0.headers = .all }) { door throws in
      let answer = try FrameClient(door).exchange("GET", watch, [("te", "trailers")])
      #expect(answer.trailers.map(\.name) == ["grpc-status", "grpc-message", "x-why"])
    }
  }

  @Test("has none where nobody asks, in HTTP/1.0, and behind a failure of its own status")
  func none() async throws {
    try await Door.with([events(nil)]) { door throws in
      for fields in [[], ["TE: deflate"], ["TE: trailers;q=0"]] {
        let answer = try raw(door, fields)
        #expect(!answer.contains("trailer"))
        #expect(answer.hasSuffix("\r\n0\r\n\r\n"))
      }
      let old = try door.connect()
      old.send("GET \(watch) HTTP/1.0\r\nTE: trailers\r\n\r\n")
      #expect(!String(decoding: try old.rest(), as: UTF8.self).contains("trailer"))
      let plain = try FrameClient(door).exchange("GET", watch)
      #expect(plain.trailers.isEmpty)
    }
    let refused = Methods.watch { _, _, _ in throw RPCError(code: .notFound, message: "no") }
    try await Door.with([refused]) { door throws in
      let answer = try raw(door, ["TE: trailers"])
      #expect(answer.hasPrefix("HTTP/1.1 404"))
      #expect(!answer.contains("grpc-status"))
    }
  }

  @Test("has none behind a body that says itself what it is")
  func verbatim() async throws {
    let method = Files.download { sink in
      try await sink.write(try Files.body("text/plain", Array("abc".utf8)))
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let answer = try client.exchange("GET", "/v1/downloads/a", [("te", "trailers")])
      #expect(answer.body == Array("abc".utf8))
      #expect(answer.trailers.isEmpty)
    }
  }
}
