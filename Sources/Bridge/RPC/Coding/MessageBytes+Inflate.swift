internal import CGRPC
internal import CZlib
internal import Glibc

extension MessageBytes {
  /// Takes a received message out of a byte buffer, inflated where it came compressed.
  ///
  /// The core would inflate the whole message before it looks at its size, so that some hundred
  /// kilobytes of zeros take hundreds of megabytes; here the limit holds while it is inflated.
  ///
  /// - Parameters:
  ///   - buffer: Stays the caller's.
  ///   - call: Whose last message it is.
  ///   - limit: The most bytes of the message.
  /// - Throws: `RPCError` with `.resourceExhausted` beyond the limit, with `.internalError` where
  ///   the bytes are not what their encoding says, or say that they are compressed without one.
  static func take(
    _ buffer: OpaquePointerToByteBuffer, of call: OpaquePointer, limit: Int
  ) throws(RPCError) -> MessageBytes {
    // The slice's reference goes to the value.
    let received = MessageBytes(received: artel_byte_buffer_take(buffer))
    guard artel_byte_buffer_compression(buffer) != Int32(GRPC_COMPRESS_NONE.rawValue) else {
      guard artel_message_is_flagged_compressed(call) == 0 else {
        throw RPCError(
          code: .internalError, message: "a compressed message, but no encoding known here")
      }
      return received
    }
    return try received.inflated(limit: limit)
  }

  /// The message in a received one that is compressed.
  func inflated(limit: Int) throws(RPCError) -> MessageBytes {
    guard count > 0 else {
      // A message without bytes has none to compress, whatever its flag says: the core takes it so.
      var message = self
      message.wasCompressed = true
      return message
    }
    var stream = z_stream()
    guard artel_inflate_init(&stream) == Z_OK else { throw .noMemoryToInflate }
    defer { inflateEnd(&stream) }
    // The first guess fits most messages; each further one doubles, never beyond the limit. One byte
    // more tells a message at the limit from one beyond it.
    var room = min(limit, max(4 * count, 512))
    guard var output = malloc(room + 1) else { throw .noMemoryToInflate }
    defer { free(output) }
    var used = 0
    var status = Z_OK
    try withExtendedLifetime(self) { () throws(RPCError) in
      // zlib reads the input, which it does not change: the cast only drops `const`.
      stream.next_in = UnsafeMutablePointer(mutating: start)
      stream.avail_in = UInt32(count)
      while true {
        stream.next_out = output.assumingMemoryBound(to: UInt8.self) + used
        stream.avail_out = UInt32(room + 1 - used)
        status = inflate(&stream, Z_NO_FLUSH)
        used = room + 1 - Int(stream.avail_out)
        guard status == Z_OK, stream.avail_out == 0, room < limit else { return }
        room = min(limit, room * 2)
        guard let larger = realloc(output, room + 1) else { throw .noMemoryToInflate }
        output = larger
      }
    }
    guard used <= limit else {
      throw RPCError(
        code: .resourceExhausted, message: "the message has more than \(limit) bytes inflated")
    }
    guard status == Z_STREAM_END, stream.avail_in == 0 else {
      throw RPCError(code: .internalError, message: "the compressed message is broken")
    }
    var message = MessageBytes(copying: UnsafeRawBufferPointer(start: output, count: used))
    message.wasCompressed = true
    return message
  }
}

extension RPCError {
  fileprivate static var noMemoryToInflate: RPCError {
    RPCError(code: .resourceExhausted, message: "there is no memory to inflate a message")
  }
}
