@testable import Gateway

/// A WebSocket over a raw connection, that can say what no browser would.
struct WebSocketClient {
  /// A frame as it came.
  struct Frame: Equatable {
    var opcode: UInt8
    var isLast = true
    var payload: [UInt8]

    var text: String { String(decoding: payload, as: UTF8.self) }
    /// The code of a close.
    var code: Int? {
      opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
    }
    /// The reason of a close.
    var reason: String { String(decoding: payload.dropFirst(2), as: UTF8.self) }
  }

  static let key = "dGhlIHNhbXBsZSBub25jZQ=="

  let raw: RawClient
  /// The answer to the handshake.
  let response: Response

  /// Opens a WebSocket.
  ///
  /// - Parameters:
  ///   - fields: Instead of, or besides, the usual header fields.
  ///   - early: Bytes behind the handshake, in one piece with it.
  init(
    _ door: Door, _ target: String, _ fields: [String] = [], without: [String] = [],
    early: [UInt8] = []
  ) throws {
    raw = try door.connect()
    var lines = [
      "Host: a", "Connection: keep-alive, Upgrade", "Upgrade: websocket",
      "Sec-WebSocket-Key: \(Self.key)", "Sec-WebSocket-Version: 13",
    ].filter { line in !without.contains { line.hasPrefix($0) } }
    lines += fields
    let head = "GET \(target) HTTP/1.1\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
    raw.send(Array(head.utf8) + early)
    response = try raw.head()
  }

  /// The bytes of a frame, masked.
  static func bytes(
    _ opcode: UInt8, _ payload: [UInt8], isLast: Bool = true, isMasked: Bool = true,
    reserved: UInt8 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = [(isLast ? 0x80 : 0) | reserved << 4 | opcode]
    let mask: UInt8 = isMasked ? 0x80 : 0
    switch payload.count {
    case ..<126: bytes.append(mask | UInt8(payload.count))
    case ..<65_536:
      bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default:
      bytes.append(mask | 127)
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
    }
    guard isMasked else { return bytes + payload }
    let key: [UInt8] = [1, 2, 3, 4]
    return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
  }

  func send(_ text: String) { raw.send(Self.bytes(1, Array(text.utf8))) }

  /// The next frame; nil where the connection ends.
  func frame() throws -> Frame? {
    guard let head = try raw.bytes(2) else { return nil }
    var length = Int(head[1] & 0x7F)
    if length >= 126 {
      guard let more = try raw.bytes(length == 126 ? 2 : 8) else { return nil }
      length = more.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let payload = try raw.bytes(length) else { return nil }
    return Frame(opcode: head[0] & 0x0F, isLast: head[0] & 0x80 != 0, payload: payload)
  }

  /// The text of the next frame that is no ping; nil where it is no message.
  func text() throws -> String? {
    while let frame = try frame() {
      if frame.opcode != 9 { return frame.opcode == 1 ? frame.text : nil }
    }
    return nil
  }
}
