import Glibc
import NIOCore

/// Takes the body of one request out of the bytes of its connection (RFC 9112 sections 6 and 7).
struct BodyDecoder {
  enum Event {
    case data(ByteBuffer)
    /// The body is whole; what follows is the next request.
    case end
  }

  private enum State {
    case length(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailers
    case ended
  }

  /// The most bytes of chunk lines' extensions, and of trailers, in one body: both mean nothing
  /// here, and a body must not be made of them.
  private static let overheadLimit = 8 << 10

  private var state: State
  private var overhead = 0

  init(_ framing: RequestHead.Framing) {
    switch framing {
    case .length(let length): state = .length(length)
    case .chunked: state = .chunkSize
    }
  }

  /// Whether the body is whole.
  var isOver: Bool {
    switch state {
    case .ended, .length(0): true
    default: false
    }
  }

  /// The next piece of the body; nil where more bytes have to come first.
  ///
  /// - Throws: `Failure` where the bytes are no chunks: what follows cannot be told from a request.
  mutating func next(_ input: inout ByteBuffer) throws(Failure) -> Event? {
    while true {
      switch state {
      case .length(let left):
        guard left > 0 else {
          state = .ended
          return .end
        }
        guard let part = Self.take(left, &input) else { return nil }
        state = .length(left - part.readableBytes)
        return .data(part)
      case .chunkSize:
        guard let line = try line(&input) else { return nil }
        let size = try size(line)
        state = size == 0 ? .trailers : .chunk(size)
      case .chunk(let left):
        guard let part = Self.take(left, &input) else { return nil }
        let rest = left - part.readableBytes
        state = rest == 0 ? .chunkEnd : .chunk(rest)
        return .data(part)
      case .chunkEnd:
        guard input.readableBytes >= 2 else {
          if let byte = input.peekInteger(as: UInt8.self), byte != 0x0D { throw .malformed }
          return nil
        }
        guard input.readInteger(as: UInt16.self) == 0x0D0A else { throw .malformed }
        state = .chunkSize
      case .trailers:
        guard let line = try line(&input) else { return nil }
        guard line.readableBytes > 0 else {
          state = .ended
          return .end
        }
        try trailer(line)
      case .ended:
        return .end
      }
    }
  }

  private static func take(_ count: Int, _ input: inout ByteBuffer) -> ByteBuffer? {
    guard input.readableBytes > 0 else { return nil }
    return input.readSlice(length: min(count, input.readableBytes))
  }

  /// The next line, without its CRLF; nil where it has not come whole.
  private mutating func line(_ input: inout ByteBuffer) throws(Failure) -> ByteBuffer? {
    let length = input.withUnsafeReadableBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, let end = memchr(base, 0x0A, bytes.count) else {
        return nil
      }
      return base.distance(to: UnsafeRawPointer(end))
    }
    guard let length else {
      guard overhead + input.readableBytes <= Self.overheadLimit else { throw .malformed }
      return nil
    }
    guard length > 0, var line = input.readSlice(length: length + 1),
      line.getInteger(at: line.readerIndex + length - 1, as: UInt8.self) == 0x0D
    else { throw .malformed }
    line.moveWriterIndex(to: line.writerIndex - 2)
    return line
  }

  /// `chunk-size [ chunk-ext ]` (section 7.1).
  private mutating func size(_ line: ByteBuffer) throws(Failure) -> Int {
    var size = 0
    var digits = 0
    var isExtension = false
    for byte in line.readableBytesView {
      guard !isExtension else {
        guard byte.isFieldContent else { throw .malformed }
        continue
      }
      if let digit = Self.hexadecimal(byte) {
        digits += 1
        // Fifteen digits cannot overflow; what has more is no body that anybody sends.
        guard digits <= 15 else { throw .malformed }
        size = size << 4 | digit
      } else {
        // A space before the semicolon is read differently here and there: it is refused.
        guard byte == UInt8(ascii: ";") else { throw .malformed }
        isExtension = true
      }
    }
    guard digits > 0 else { throw .malformed }
    try count(line.readableBytes - digits)
    return size
  }

  /// A trailer field is checked as a header field is, and dropped (section 7.1.2).
  private mutating func trailer(_ line: ByteBuffer) throws(Failure) {
    let bytes = line.readableBytesView
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex,
      bytes[..<colon].allSatisfy(\.isToken),
      bytes[(colon + 1)...].allSatisfy(\.isFieldContent)
    else { throw .malformed }
    try count(line.readableBytes + 2)
  }

  private mutating func count(_ bytes: Int) throws(Failure) {
    overhead += bytes
    guard overhead <= Self.overheadLimit else { throw .malformed }
  }

  private static func hexadecimal(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte - 0x30)
    case 0x41...0x46: Int(byte - 0x37)
    case 0x61...0x66: Int(byte - 0x57)
    default: nil
    }
  }
}
