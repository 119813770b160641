import CZlib
import NIOCore

/// Makes gzip (RFC 1952) of answers. One serves all whole answers of a loop; a stream has its own.
final class Deflater {
  /// What a loop's processor time is worth beside the network: the fast end of zlib's levels.
  private static let level: Int32 = 3

  /// How much memory one takes.
  enum Size {
    /// A quarter of a megabyte: all that zlib can use.
    case whole
    /// Some 40 KiB: there may be thousands of streams at a time.
    case stream
  }

  private var stream = z_stream()

  /// Nil where there is no memory.
  init?(_ size: Size) {
    let (windowBits, memoryLevel): (Int32, Int32) =
      switch size {
      case .whole: (15, 8)
      case .stream: (12, 5)
      }
    guard artel_gzip_init(&stream, Self.level, windowBits, memoryLevel) == Z_OK else {
      return nil
    }
  }

  deinit { deflateEnd(&stream) }

  /// The gzip of a whole answer; nil where it is no shorter.
  func whole(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
    deflateReset(&stream)
    let room = bytes.count
    var isShorter = false
    output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      // zlib reads the input and does not change it.
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(bytes.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(room)
      isShorter = deflate(&stream, Z_FINISH) == Z_STREAM_END
      count = room - Int(stream.avail_out)
    }
    return isShorter
  }

  /// The gzip of a stream's next bytes, flushed so that the peer can read all of them, or of its
  /// end.
  func part(_ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: inout ByteBuffer) {
    stream.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = UInt32(bytes.count)
    repeat {
      // Room for the flush's own bytes; where it is not enough there is another turn.
      let room = max(Int(stream.avail_in) / 2, 256)
      output.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { buffer in
        stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(buffer.count)
        deflate(&stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
        return buffer.count - Int(stream.avail_out)
      }
    } while stream.avail_out == 0
  }
}
