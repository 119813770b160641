import NIOCore
import RPC
import Transcoding

/// Makes messages of what a call sends: undoes base64, envelopes, gzip and JSON, in this order.
final class MessageReader: UploadFraming {
  private let call: RPCRequest
  private let limit: Int
  /// Bytes that no message has taken yet.
  private var bytes = ByteBuffer()
  private var base64: Base64Reader?
  private var isDone = false

  /// Bytes that were read may stay before those that were not, up to here.
  private static let keptBehind = 64 << 10

  var held: Int { bytes.readableBytes }

  /// - Parameter limit: The most bytes of one message.
  init(_ call: RPCRequest, limit: Int) {
    self.call = call
    self.limit = limit
    if call.dialect.form == .webText { base64 = Base64Reader() }
    if let message = call.message { bytes = ByteBuffer(bytes: message) }
  }

  func next(
    _ waiting: inout CircularBuffer<ByteBuffer>, isLast: Bool
  ) throws(Failure) -> MessageBytes? {
    while !hasMessage, let piece = waiting.popFirst() { try append(piece) }
    if call.dialect.form == .bare { return try bare(isLast && waiting.isEmpty) }
    guard let prefix = try prefix() else {
      guard !isLast || bytes.readableBytes == 0, !isLast || base64?.isWhole ?? true else {
        throw Self.broken("the request ends within a message")
      }
      return nil
    }
    guard bytes.readableBytes >= 5 + prefix.length else {
      guard !isLast || !waiting.isEmpty else {
        throw Self.broken("the request ends within a message")
      }
      return nil
    }
    bytes.moveReaderIndex(forwardBy: 5)
    guard let message = bytes.readSlice(length: prefix.length) else { return nil }
    if bytes.readableBytes == 0 { bytes = ByteBuffer() }
    return try decode(message, isCompressed: prefix.isCompressed)
  }

  private func append(_ piece: ByteBuffer) throws(Failure) {
    var piece = piece
    if base64 != nil {
      guard let plain = base64?.read(piece) else { throw Self.broken("the body is not base64") }
      piece = plain
    }
    guard bytes.readableBytes > 0 else { return bytes = piece }
    if bytes.readerIndex > Self.keptBehind { bytes.discardReadBytes() }
    bytes.writeBuffer(&piece)
  }

  /// A message is there, or the length of one that is too great.
  private var hasMessage: Bool {
    guard call.dialect.form != .bare,
      let length: UInt32 = bytes.getInteger(at: bytes.readerIndex + 1)
    else { return false }
    return Int(length) > limit || bytes.readableBytes >= 5 + Int(length)
  }

  /// What stands before a message: flags and its length.
  private func prefix() throws(Failure) -> (isCompressed: Bool, length: Int)? {
    guard let flags: UInt8 = bytes.getInteger(at: bytes.readerIndex),
      let length: UInt32 = bytes.getInteger(at: bytes.readerIndex + 1)
    else { return nil }
    guard flags <= 1 else { throw Self.broken("a message has flags that requests do not have") }
    guard flags == 0 || call.sendsGzip else {
      throw Failure(500, .internalError, "a message is compressed, and nothing says how")
    }
    guard length <= limit else { throw Self.tooLarge(limit) }
    return (flags == 1, Int(length))
  }

  /// The whole body is one message.
  private func bare(_ isWhole: Bool) throws(Failure) -> MessageBytes? {
    guard bytes.readableBytes <= limit else { throw Self.tooLarge(limit) }
    guard isWhole, !isDone else { return nil }
    isDone = true
    return try decode(bytes, isCompressed: call.sendsGzip)
  }

  private func decode(_ message: ByteBuffer, isCompressed: Bool) throws(Failure) -> MessageBytes {
    var plain = message
    if isCompressed, message.readableBytes > 0 {
      let inflater = Inflater(.gzip, limit: limit)
      var whole = ByteBuffer()
      try inflater.accept(message) { piece throws(Failure) in whole.writeImmutableBuffer(piece) }
      try inflater.end()
      plain = whole
    }
    guard call.dialect.isJSON, let method = call.method, let contract = method.contract else {
      var message = plain.withUnsafeReadableBytes { MessageBytes(copying: $0) }
      message.wasCompressed = isCompressed
      return message
    }
    var ignored: [String] = []
    do throws(TranscodingError) {
      return MessageBytes(
        try contract.input.wire(
          fromJSON: Array(plain.readableBytesView),
          options: ParseOptions(ignoresUnknown: method.isLenient), ignored: &ignored))
    } catch {
      throw Failure(error)
    }
  }

  private static func broken(_ reason: String) -> Failure {
    Failure(400, .invalidArgument, reason)
  }

  private static func tooLarge(_ limit: Int) -> Failure {
    Failure(413, .resourceExhausted, "a message has more than \(limit) bytes")
  }
}
