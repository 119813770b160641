import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: frames of WebSockets")
struct WebSocketFrameTests {
  @Test(
    "end where frames are not RFC 6455's",
    arguments: [
      ("unmasked", WebSocketClient.bytes(1, Array("{}".utf8), isMasked: false), 1_002),
      ("reserved bit", WebSocketClient.bytes(1, Array("{}".utf8), reserved: 4), 1_002),
      ("unknown opcode", WebSocketClient.bytes(3, []), 1_002),
      ("unknown control", WebSocketClient.bytes(11, []), 1_002),
      ("continuation of nothing", WebSocketClient.bytes(0, []), 1_002),
      ("long ping", WebSocketClient.bytes(9, [UInt8](repeating: 0, count: 126)), 1_002),
      ("ping in parts", WebSocketClient.bytes(9, [], isLast: false), 1_002),
      (
        "message in a message",
        WebSocketClient.bytes(1, [], isLast: false) + WebSocketClient.bytes(1, []), 1_002
      ),
      ("no UTF-8", WebSocketClient.bytes(1, [0x22, 0xFF, 0x22]), 1_007),
      ("too large", WebSocketClient.bytes(1, [UInt8](repeating: 0x20, count: 2_000)), 1_009),
      (
        "too large in parts",
        WebSocketClient.bytes(1, [UInt8](repeating: 0x20, count: 900), isLast: false)
          + WebSocketClient.bytes(0, [UInt8](repeating: 0x20, count: 900)), 1_009
      ),
      (
        "length without end", [0x81, 0xFF, 0x7F, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4],
        1_009
      ),
      ("length in two bytes", [0x81, 0xFE, 0, 2, 1, 2, 3, 4, 0x7A, 0x7F], 1_002),
      ("length in eight bytes", [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 255, 255], 1_002),
      ("length of 64 bits", [0x81, 0xFF, 128, 0, 0, 0, 0, 0, 0, 0], 1_002),
      // What is wrong with a head is said before the rest comes.
      ("unmasked head", [0x81, 0x7E], 1_002),
      ("reserved bit in a head", [0xC1, 0xFE], 1_002),
      ("unknown head", [0x83, 0xFE], 1_002),
      ("too large by its head", [0x82, 0xFE, 255, 255], 1_009),
      (
        "message behind the last", WebSocketClient.bytes(1, []) + WebSocketClient.bytes(1, [0x31]),
        1_008
      ),
      ("close with one byte", WebSocketClient.bytes(8, [3]), 1_002),
      ("close with no code", WebSocketClient.bytes(8, [3, 0xED]), 1_002),
    ])
  func brokenFrames(name: String, bytes: [UInt8], code: Int) async throws {
    // Waits for the door alone: what breaks the connection ends its task.
    let waiting = Files.serve(
      "Talk",
      .bidirectionalStreaming { _, _, _ in
        try await Task.sleep(for: .seconds(600))
        return [:]
      })
    try await Door.with(
      [waiting], schema: Files.schema, configure: { $0.maxBodyBytes = 1_000 }
    ) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1", early: bytes)
      var last: WebSocketClient.Frame?
      while let frame = try client.frame() { last = frame }
      #expect(last?.code == code, "\(name)")
    }
  }
}
