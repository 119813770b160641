import NIOCore
import NIOWebSocket

/// Why a connection is no WebSocket any more (RFC 6455 section 7.4.1).
struct WebSocketFault: Error {
  var code: WebSocketErrorCode
  var reason: String
}

/// The messages that a peer has sent and nobody has read: put together from their frames, and checked
/// as RFC 6455 has them.
struct WebSocketInbox {
  /// What a frame has brought.
  enum Event {
    case nothing
    /// A message, or the end of them.
    case message
    case ping(ByteBuffer)
    case close(WebSocketErrorCode?)
  }

  /// A message as it came.
  struct Message {
    var isText: Bool
    var bytes: ByteBuffer
  }

  private let limit: Int
  private var waiting = CircularBuffer<Message>()
  /// A message whose last frame has not come.
  private var partial: Message?
  private(set) var waitingBytes = 0
  /// The peer sends no more messages.
  private(set) var isEnded = false

  /// What a message costs beside its bytes.
  private static let overhead = 64

  /// - Parameter limit: The most bytes of one message.
  init(limit: Int) { self.limit = limit }

  mutating func next() -> Message? {
    guard let message = waiting.popFirst() else { return nil }
    waitingBytes -= message.bytes.readableBytes + Self.overhead
    return message
  }

  mutating func forget() {
    waiting.removeAll()
    partial = nil
    waitingBytes = 0
    isEnded = true
  }

  mutating func take(_ frame: WebSocketFrame) throws(WebSocketFault) -> Event {
    switch frame.opcode {
    case .text, .binary:
      guard partial == nil else { throw Self.broken("a message begins within another") }
      return try add(
        Message(isText: frame.opcode == .text, bytes: frame.unmaskedData), isWhole: frame.fin)
    case .continuation:
      guard var message = partial else { throw Self.broken("nothing is there to go on with") }
      partial = nil
      var more = frame.unmaskedData
      guard message.bytes.readableBytes + more.readableBytes <= limit else {
        throw WebSocketFault(code: .messageTooLarge, reason: "the message is too large")
      }
      message.bytes.writeBuffer(&more)
      return try add(message, isWhole: frame.fin)
    case .ping: return .ping(frame.unmaskedData)
    case .pong: return .nothing
    case .connectionClose: return .close(try Self.code(frame.unmaskedData))
    // The decoder knows no others.
    default: return .nothing
    }
  }

  private mutating func add(
    _ message: Message, isWhole: Bool
  ) throws(WebSocketFault) -> Event {
    guard isWhole else {
      partial = message
      return .nothing
    }
    guard !isEnded else {
      throw WebSocketFault(code: .policyViolation, reason: "a message follows the last one")
    }
    if message.isText {
      guard message.bytes.readableBytesView.withContiguousStorageIfAvailable(Self.isUTF8) ?? true
      else {
        throw WebSocketFault(
          code: .dataInconsistentWithMessage, reason: "the text is not UTF-8")
      }
      // WebSockets have no half-close: a text without any is no JSON, and stands for it.
      if message.bytes.readableBytes == 0 {
        isEnded = true
        return .message
      }
    }
    waiting.append(message)
    waitingBytes += message.bytes.readableBytes + Self.overhead
    return .message
  }

  private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// The code of a close (section 5.5.1); nil without one.
  private static func code(
    _ payload: ByteBuffer
  ) throws(WebSocketFault) -> WebSocketErrorCode? {
    var payload = payload
    guard payload.readableBytes > 0 else { return nil }
    guard let number = payload.readInteger(as: UInt16.self) else {
      throw broken("a close has a code of two bytes")
    }
    switch number {
    case 1_000...1_003, 1_007...1_014, 3_000...4_999: break
    default: throw broken("there is no such code")
    }
    guard payload.readableBytesView.withContiguousStorageIfAvailable(isUTF8) ?? true else {
      throw WebSocketFault(code: .dataInconsistentWithMessage, reason: "the text is not UTF-8")
    }
    return WebSocketErrorCode(codeNumber: Int(number))
  }

  private static func broken(_ reason: String) -> WebSocketFault {
    WebSocketFault(code: .protocolError, reason: reason)
  }
}
