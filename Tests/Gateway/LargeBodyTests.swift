import Foundation
import RPC
import TestSupport
import Testing

@testable import Gateway

/// Only with `tools/test --long`: gibibytes take a while.
@Suite(
  "The REST door: bodies greater than memory",
  .enabled(if: ProcessInfo.processInfo.environment["ARTEL_LONG"] == "1"))
struct LargeBodyTests {
  private static let size = 1 << 30

  /// The resident memory of this process in bytes.
  private static func memory() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return (Int(text.split(separator: " ")[1]) ?? 0) * 4_096
  }

  @Test("carries an upload of a gibibyte in flat memory", .covers("T73"))
  func upload() async throws {
    let greatest = Shared(0)
    let method = Files.upload { source, _ in
      var bytes = 0
      while let message = try await source.next() {
        let parts = message.withUnsafeBytes { Files.place?.parts($0)?.data.count } ?? 0
        bytes += parts
        greatest.value = max(greatest.value, try Self.memory())
      }
      return Files.receipt("r", note: "\(bytes)")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      let before = try Self.memory()
      client.send("PUT /v1/uploads/1 HTTP/1.1\r\nHost: a\r\nContent-Length: \(Self.size)\r\n\r\n")
      let piece = [UInt8](repeating: 7, count: 1 << 20)
      for _ in 0..<(Self.size >> 20) { client.send(piece) }
      #expect(try client.response().json("note") == "\(Self.size)")
      #expect(greatest.value - before < 48 << 20)
    }
  }

  @Test("carries a download of a gibibyte in flat memory", .covers("T72"))
  func download() async throws {
    let greatest = Shared(0)
    let method = Files.download { sink in
      let piece = try Files.body("video/mp4", [UInt8](repeating: 1, count: 1 << 20))
      for _ in 0..<(Self.size >> 20) {
        try await sink.write(piece)
        greatest.value = max(greatest.value, try Self.memory())
      }
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      let before = try Self.memory()
      client.send("GET", "/v1/downloads/a", ["Connection: close"])
      #expect(try client.head().status == 200)
      // Every chunk has ten bytes before and two behind it; the last one has five.
      let framed = Self.size + (Self.size >> 20) * 12 + 5
      #expect(client.skip(upTo: framed + 1) == framed)
      #expect(greatest.value - before < 48 << 20)
    }
  }
}
