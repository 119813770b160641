import NIOCore
import NIOHPACK

/// An HTTP/2 client that sends the frames it is told to, and no others.
final class FrameClient {
  /// What came on a stream.
  struct Answer {
    var fields: [(name: String, value: String)] = []
    var trailers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var isOver = false
    var reset: UInt32?

    var status: Int { Int(self[":status"] ?? "") ?? 0 }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    func json(_ path: String...) -> String? { JSON(body).value(path) }
  }

  struct Frame {
    let type: UInt8
    let flags: UInt8
    let stream: Int
    let payload: [UInt8]
  }

  static let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

  let raw: RawClient
  private(set) var answers: [Int: Answer] = [:]
  /// The code of the last GOAWAY, and the last stream that it names.
  private(set) var goAway: (code: UInt32, last: Int)?
  private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
  private var next = 1
  private(set) var pings = 0
  /// Answers to pings of this client.
  private(set) var pongs = 0
  /// Bytes that the server has made room for, beyond what it said at the beginning.
  private(set) var room: [Int: Int] = [:]

  /// - Parameter window: What may come on a stream at first.
  init(_ door: Door, window: UInt32 = 1 << 20) throws {
    raw = try door.connect()
    raw.send(Self.preface)
    send(4, payload: [0, 4] + Self.bytes(window))
    send(8, payload: Self.bytes(1 << 24))
  }

  // MARK: Sending

  func send(_ type: UInt8, flags: UInt8 = 0, stream: Int = 0, payload: [UInt8] = []) {
    let length = UInt32(payload.count)
    raw.send(
      [UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255), type, flags]
        + Self.bytes(UInt32(stream)) + payload)
  }

  /// Begins a request; ends it where it has no body.
  func request(
    _ method: String, _ path: String, _ fields: [(String, String)] = [], body: [UInt8]? = nil,
    end: Bool = true
  ) -> Int {
    let stream = next
    next += 2
    answers[stream] = Answer()
    let all = [(":method", method), (":scheme", "http"), (":path", path), (":authority", "a")]
    send(
      1, flags: end && body == nil ? 5 : 4, stream: stream,
      payload: (all + fields).flatMap { Self.literal($0.0, $0.1) })
    if let body { data(stream, body, end: end) }
    return stream
  }

  func data(_ stream: Int, _ bytes: [UInt8], end: Bool = true) {
    var rest = bytes[...]
    repeat {
      let part = rest.prefix(16_384)
      rest = rest.dropFirst(part.count)
      send(0, flags: end && rest.isEmpty ? 1 : 0, stream: stream, payload: Array(part))
    } while !rest.isEmpty
  }

  func reset(_ stream: Int) { send(3, stream: stream, payload: Self.bytes(8)) }

  /// Without a table and without Huffman's code (RFC 7541 section 6.2.2).
  private static func literal(_ name: String, _ value: String) -> [UInt8] {
    [0] + text(name) + text(value)
  }

  private static func text(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count >= 127 else { return [UInt8(bytes.count)] + bytes }
    var rest = bytes.count - 127
    var length: [UInt8] = [127]
    while rest >= 128 {
      length.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return length + [UInt8(rest)] + bytes
  }

  static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  // MARK: Receiving

  /// Waits for the end of an answer.
  func answer(_ stream: Int) throws -> Answer {
    try until { $0.answers[stream]?.isOver ?? true }
    return answers[stream] ?? Answer()
  }

  /// A whole request and its answer.
  func exchange(
    _ method: String, _ path: String, _ fields: [(String, String)] = [], body: [UInt8]? = nil
  ) throws -> Answer {
    try answer(request(method, path, fields, body: body))
  }

  func until(_ condition: (FrameClient) -> Bool) throws {
    while !condition(self) { try take() }
  }

  /// Waits until the server has seen all that was sent, and has said what it says to that.
  func settle() throws {
    let before = pongs
    send(6, payload: [UInt8](repeating: 0, count: 8))
    try until { $0.pongs > before }
  }

  /// Reads to the end of the connection.
  func ends() throws {
    do {
      while true { try take() }
    } catch is RawClient.Closed {}
  }

  private func take() throws {
    let head = try raw.take(9)
    let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
    let frame = Frame(
      type: head[3], flags: head[4], stream: Int(Self.number(head[5...])),
      payload: try raw.take(length))
    switch frame.type {
    case 0:
      answers[frame.stream]?.body += frame.payload
    case 1:
      try take(headers: frame)
    case 3:
      if answers[frame.stream]?.isOver == false {
        answers[frame.stream]?.reset = Self.number(frame.payload[...])
      }
      answers[frame.stream]?.isOver = true
    case 4 where frame.flags == 0: send(4, flags: 1)
    case 6 where frame.flags == 1: pongs += 1
    case 6 where frame.flags == 0:
      pings += 1
      send(6, flags: 1, payload: frame.payload)
    case 7:
      goAway = (Self.number(frame.payload[4...]), Int(Self.number(frame.payload[...])))
    case 8: room[frame.stream, default: 0] += Int(Self.number(frame.payload[...]))
    default: break
    }
    if frame.type < 2, frame.flags & 1 == 1 { answers[frame.stream]?.isOver = true }
  }

  private func take(headers frame: Frame) throws {
    var block = ByteBuffer(bytes: frame.payload)
    let fields = try decoder.decodeHeaders(from: &block).map { (name: $0.name, value: $0.value) }
    if answers[frame.stream]?.fields.isEmpty == true {
      answers[frame.stream]?.fields = fields
    } else {
      answers[frame.stream]?.trailers = fields
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
  }
}
