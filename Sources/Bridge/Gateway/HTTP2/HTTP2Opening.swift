import NIOCore

/// Lets what this door says in its SETTINGS count from a client's first request on.
///
/// For NIOHTTP2 it counts when the client has acknowledged it (RFC 9113 section 6.5.3); until then a
/// header list has 16 KiB, and a longer one ends the connection where 431 is the answer later. What
/// this door sets differs from what every connection begins with in that limit alone, and is wider:
/// nothing that a client may send before it knows is forbidden by it. So NIOHTTP2 gets the
/// acknowledgement behind the client's own SETTINGS, and the real one, which says no more, is dropped.
struct HTTP2Opening {
  private static let prefaceLength = 24
  private static let headLength = 9
  private static let settings: UInt8 = 4
  private static let ack: UInt8 = 1
  private static let acknowledgement: [UInt8] = [0, 0, 0, settings, ack, 0, 0, 0, 0]

  /// Bytes of a frame's head that has not come whole.
  private var held = ByteBuffer()
  /// Bytes that go through without a look.
  private var left = Self.prefaceLength
  private var isFirst = true
  private var mustTell = false
  /// The acknowledgement has come: nothing is changed any more.
  private(set) var isOver = false

  /// What NIOHTTP2 gets in the place of these bytes.
  mutating func take(_ bytes: ByteBuffer) -> ByteBuffer {
    held.writeImmutableBuffer(bytes)
    var passed = ByteBuffer()
    passed.reserveCapacity(held.readableBytes + Self.headLength)
    while pass(&passed) {}
    if held.readableBytes == 0 { held.clear() }
    return passed
  }

  /// Passes on a piece of what is held; false where more has to come first.
  private mutating func pass(_ passed: inout ByteBuffer) -> Bool {
    if isOver { left = held.readableBytes }
    if left > 0 {
      guard var piece = held.readSlice(length: min(left, held.readableBytes)),
        piece.readableBytes > 0
      else { return false }
      left -= piece.readableBytes
      passed.writeBuffer(&piece)
      return true
    }
    if mustTell {
      mustTell = false
      passed.writeBytes(Self.acknowledgement)
    }
    guard !isOver, held.readableBytes >= Self.headLength else { return false }
    readHead()
    return true
  }

  private mutating func readHead() {
    let head = held.readableBytesView.prefix(Self.headLength)
    let length = head.prefix(3).reduce(0) { $0 << 8 | Int($1) }
    let kind = head.dropFirst(3).prefix(2)
    let isSettings = kind.first == Self.settings
    let isAcknowledgement = isSettings && (kind.last ?? 0) & Self.ack != 0
    if isFirst {
      isFirst = false
      // What does not begin with SETTINGS is no HTTP/2, which is not for this to say.
      isOver = !isSettings || isAcknowledgement
      mustTell = !isOver
    } else if isAcknowledgement {
      isOver = true
      // One that is none goes through, as a fault of its connection.
      if head.elementsEqual(Self.acknowledgement) {
        return held.moveReaderIndex(forwardBy: Self.headLength)
      }
    }
    left = Self.headLength + length
  }
}

/// Stands before NIOHTTP2's handler until the client has acknowledged this door's SETTINGS.
final class HTTP2OpeningHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private var opening = HTTP2Opening()

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !opening.isOver else { return context.fireChannelRead(data) }
    let bytes = opening.take(Self.unwrapInboundIn(data))
    if bytes.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(bytes)) }
    guard opening.isOver else { return }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }
}
