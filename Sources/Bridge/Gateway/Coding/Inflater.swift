import CZlib
import NIOCore

/// Undoes the coding of a request body while it arrives, under a limit of what comes out.
///
/// A few kilobytes can stand for gigabytes: no more than the limit, and not far beyond what a body
/// that means something shrinks to, is ever inflated.
final class Inflater {
  /// How many bytes may come out of one, once there are many.
  private static let ratioLimit = 200
  /// How many bytes may come out at any ratio: short texts of zeros are not worth a refusal.
  private static let ratioFree = 1 << 20
  private static let pieceSize = 64 << 10

  private let coding: ContentCoding
  private let limit: Int
  private var stream = z_stream()
  private var isOpen = false
  private var isDone = false
  private var input = 0
  private var output = 0

  /// - Parameter limit: The most bytes that may come out.
  init(_ coding: ContentCoding, limit: Int) {
    self.coding = coding
    self.limit = limit
  }

  deinit {
    if isOpen { inflateEnd(&stream) }
  }

  /// Inflates a part of the body.
  ///
  /// - Parameter take: Gets the pieces that come out, in their order.
  /// - Throws: `Failure` as `next` does.
  func accept(
    _ part: ByteBuffer, _ take: (ByteBuffer) throws(Failure) -> Void
  ) throws(Failure) {
    var part = part
    while let piece = try next(&part) { try take(piece) }
  }

  /// The next piece that comes out, of 64 KiB at most.
  ///
  /// - Parameter part: What comes in; what was used of it is taken away.
  /// - Returns: Nil where there is nothing more without more input.
  /// - Throws: `Failure`: 413 beyond the limits, 400 where the bytes are not what their coding says.
  func next(_ part: inout ByteBuffer) throws(Failure) -> ByteBuffer? {
    // What zlib still holds comes out with room for it.
    while part.readableBytes > 0 || (isOpen && !isDone && stream.avail_out == 0) {
      guard !isDone || coding == .gzip else { throw Self.broken }
      if isDone { try nextMember() }
      if !isOpen { try open(part.getInteger(at: part.readerIndex) ?? 0) }
      var piece = ByteBufferAllocator().buffer(capacity: Self.pieceSize)
      let taken = inflate(&part, into: &piece)
      input += taken.bytes
      output += piece.readableBytes
      guard output <= limit,
        output <= Self.ratioFree
          || output <= input.multipliedReportingOverflow(by: Self.ratioLimit).partialValue
      else { throw .bodyTooLarge }
      switch taken.status {
      case Z_STREAM_END: isDone = true
      case Z_OK: break
      // Nothing more could be done with what there is.
      case Z_BUF_ERROR where part.readableBytes == 0: break
      case Z_MEM_ERROR: throw Failure(503, .unavailable, "there is no memory for the request body")
      default: throw Self.broken
      }
      if piece.readableBytes > 0 { return piece }
    }
    return nil
  }

  /// The body is whole.
  ///
  /// - Throws: `Failure` where its coding is not: it was cut off.
  func end() throws(Failure) {
    guard isDone || input == 0 && !isOpen else { throw Self.broken }
  }

  private static let broken = Failure(
    400, .invalidArgument, "the request body is not what its content-encoding says")

  /// Another gzip member follows (RFC 1952 section 2.2).
  private func nextMember() throws(Failure) {
    guard inflateReset(&stream) == Z_OK else { throw Self.broken }
    isDone = false
  }

  private func open(_ first: UInt8) throws(Failure) {
    let bits: Int32
    switch coding {
    case .gzip: bits = 31
    // zlib's first byte has 8 in its low half, and a window of 32 KiB at most in its high one;
    // deflate without a header, as old browsers sent it, cannot begin so (RFC 9110 8.4.1.2, note).
    case .deflate: bits = first & 0x0F == 8 && first >> 4 <= 7 ? 15 : -15
    }
    guard artel_inflate_init_bits(&stream, bits) == Z_OK else {
      throw Failure(503, .unavailable, "there is no memory for the request body")
    }
    isOpen = true
  }

  private func inflate(
    _ part: inout ByteBuffer, into piece: inout ByteBuffer
  ) -> (status: Int32, bytes: Int) {
    var status = Z_OK
    let taken = part.readWithUnsafeMutableReadableBytes { bytes -> Int in
      // zlib reads the input and does not change it.
      stream.next_in = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_in = UInt32(bytes.count)
      piece.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.pieceSize) { room in
        let room = UnsafeMutableRawBufferPointer(rebasing: room.prefix(Self.pieceSize))
        stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(room.count)
        status = CZlib.inflate(&stream, Z_NO_FLUSH)
        return room.count - Int(stream.avail_out)
      }
      return bytes.count - Int(stream.avail_in)
    }
    return (status, taken)
  }
}
