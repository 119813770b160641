import NIOCore
import NIOWebSocket

/// Takes frames out of what a client sends (RFC 6455 section 5.2), and refuses those that are none by
/// their heads, before their bytes are waited for.
struct WebSocketDecoder: ByteToMessageDecoder {
  typealias InboundOut = WebSocketFrame

  /// What stands before the bytes of a frame.
  private struct Head {
    var flags: UInt8
    var opcode: WebSocketOpcode
    /// Its own bytes, the key among them.
    var size: Int
    var length: Int
  }

  private static let controlLimit = 125
  private static let keySize = 4

  /// The most bytes of one frame.
  let limit: Int

  mutating func decode(
    context: ChannelHandlerContext, buffer: inout ByteBuffer
  ) throws -> DecodingState {
    guard let head = try head(of: buffer),
      buffer.readableBytes >= head.size + head.length
    else { return .needMoreData }
    buffer.moveReaderIndex(forwardBy: head.size - Self.keySize)
    guard let key = buffer.readBytes(length: Self.keySize).flatMap(WebSocketMaskingKey.init),
      let data = buffer.readSlice(length: head.length)
    else { return .needMoreData }
    context.fireChannelRead(
      Self.wrapInboundOut(
        WebSocketFrame(
          fin: head.flags & 0x80 != 0, opcode: head.opcode, maskKey: key, data: data)))
    return .continue
  }

  /// Nil where not all of it has come.
  private func head(of buffer: ByteBuffer) throws(WebSocketFault) -> Head? {
    let start = buffer.readerIndex
    guard let flags: UInt8 = buffer.getInteger(at: start),
      let second: UInt8 = buffer.getInteger(at: start + 1)
    else { return nil }
    guard flags & 0x70 == 0 else { throw Self.broken("no extension was agreed on") }
    guard second & 0x80 != 0 else { throw Self.broken("a client's frames are masked") }
    let opcode = WebSocketOpcode(encodedWebSocketOpcode: flags & 0x0F)
    guard let opcode, Self.known.contains(opcode) else {
      throw Self.broken("there is no such frame")
    }
    guard let (length, size) = try Self.length(second & 0x7F, buffer) else { return nil }
    if flags & 0x08 != 0 {
      guard flags & 0x80 != 0 else { throw Self.broken("a control frame is whole") }
      guard length <= Self.controlLimit else { throw Self.broken("a control frame is short") }
    }
    guard length <= UInt64(limit) else {
      throw WebSocketFault(code: .messageTooLarge, reason: "the message is too large")
    }
    return Head(
      flags: flags, opcode: opcode, size: 2 + size + Self.keySize, length: Int(length))
  }

  private static let known: [WebSocketOpcode] = [
    .continuation, .text, .binary, .connectionClose, .ping, .pong,
  ]

  /// The length of a frame, and how many bytes say it beside the first; nil where they have not come.
  private static func length(
    _ first: UInt8, _ buffer: ByteBuffer
  ) throws(WebSocketFault) -> (length: UInt64, size: Int)? {
    let index = buffer.readerIndex + 2
    switch first {
    case 126:
      guard let length: UInt16 = buffer.getInteger(at: index) else { return nil }
      guard length >= 126 else { throw broken("a length is as short as can be") }
      return (UInt64(length), 2)
    case 127:
      guard let length: UInt64 = buffer.getInteger(at: index) else { return nil }
      guard length > UInt64(UInt16.max), length <= UInt64(Int64.max) else {
        throw broken("a length is as short as can be, and has 63 bits")
      }
      return (length, 8)
    default: return (UInt64(first), 0)
    }
  }

  private static func broken(_ reason: String) -> WebSocketFault {
    WebSocketFault(code: .protocolError, reason: reason)
  }
}
