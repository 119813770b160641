import NIOCore
import RPC

/// The body of a request stream on its way to the handler, which reads it while it arrives.
///
/// Lives on the connection's event loop. What the handler has not asked for waits here, and beyond
/// `holdAbove` in the peer's socket: the connection reads nothing more.
final class Upload {
  /// How many bytes may wait before reading stops.
  static let holdAbove = 256 << 10
  /// Below how many bytes a piece is put to the one before it, and up to which size of that.
  private static let smallPiece = 4 << 10
  private static let joinedPiece = 32 << 10
  /// The most bytes of the body in one message.
  static let pieceLimit = 1 << 20

  private let framer: any UploadFraming
  private let limit: Int
  /// The body has to come in the time that a request has.
  let isPaced: Bool
  private let inflater: Inflater?
  private var received = 0
  private var waiting = CircularBuffer<ByteBuffer>()
  private var waitingBytes = 0
  /// What is not inflated yet: a little of it may be very much.
  private var coded = ByteBuffer()
  private var isEnded = false
  private var failure: RPCError?
  private var reader: PendingRead?
  /// Called where there is room again.
  var wantsMore: () -> Void = {}
  /// Called where the body turns out not to be what the method takes.
  var fails: (Failure) -> Void = { _ in }

  /// - Parameter intake: How the body is taken; nil where the request has none.
  init(_ framer: any UploadFraming, _ intake: Intake?) {
    self.framer = framer
    limit = intake?.limit ?? 0
    isPaced = intake?.isPaced ?? true
    inflater = intake?.inflater
    isEnded = intake == nil
  }

  /// Whether no more may be read for now.
  var isFull: Bool { waitingBytes >= Self.holdAbove }

  /// How many bytes wait here, inflated or not, and with the framer.
  var held: Int { waitingBytes + coded.readableBytes + framer.held }

  // MARK: The connection's side

  /// Takes a part of the body.
  ///
  /// - Throws: `Failure` beyond the limit, for a broken coding, or for a body that is not one.
  func accept(_ part: ByteBuffer) throws(Failure) {
    received += part.readableBytes
    guard received <= limit else { throw .bodyTooLarge }
    guard inflater != nil else { return append(part) }
    coded.writeImmutableBuffer(part)
    try inflate()
  }

  /// Inflates as much as may wait; the connection brings no more before all of it is.
  private func inflate() throws(Failure) {
    while failure == nil, !isFull, let piece = try inflater?.next(&coded) { append(piece) }
    if coded.readableBytes == 0 { coded = ByteBuffer() }
  }

  /// The body is whole.
  func end() throws(Failure) {
    try inflater?.end()
    isEnded = true
    deliver()
  }

  /// The handler reads nothing more.
  func abandon(_ error: RPCError) {
    failure = failure ?? error
    waiting.removeAll()
    waitingBytes = 0
    coded = ByteBuffer()
    wantsMore = {}
    fails = { _ in }
    deliver()
  }

  private func append(_ part: ByteBuffer) {
    guard failure == nil else { return }
    waitingBytes += part.readableBytes
    // A small piece keeps the memory of the whole read that it came with: a body of many such must
    // not take many times its size.
    if part.readableBytes < Self.smallPiece, var last = waiting.last,
      last.readableBytes < Self.joinedPiece
    {
      waiting.removeLast()
      last.writeImmutableBuffer(part)
      waiting.append(last)
    } else {
      waiting.append(part)
    }
    deliver()
  }

  // MARK: The handler's side

  /// Resumes with the next message, now or when there is one.
  func next(_ read: PendingRead) {
    guard reader == nil else {
      return read.resume(
        throwing: RPCError(code: .internalError, message: "a stream has one reader at a time"))
    }
    let wasFull = isFull
    reader = read
    deliver()
    guard wasFull, !isFull else { return }
    do throws(Failure) {
      try inflate()
    } catch {
      return fails(error)
    }
    if !isFull { wantsMore() }
  }

  private func deliver() {
    guard let reader else { return }
    if let failure {
      self.reader = nil
      return reader.resume(throwing: failure)
    }
    do throws(Failure) {
      guard let message = try framer.next(&waiting, isLast: isEnded) else {
        waitingBytes = waiting.reduce(0) { $0 + $1.readableBytes }
        guard isEnded else { return }
        self.reader = nil
        return reader.resume(returning: nil)
      }
      waitingBytes = waiting.reduce(0) { $0 + $1.readableBytes }
      self.reader = nil
      reader.resume(returning: message)
    } catch {
      // Ends the exchange, which abandons this and so resumes the reader.
      fails(error)
    }
  }
}

/// Makes messages of the bytes of an upload.
protocol UploadFraming: AnyObject {
  /// How many bytes it keeps that are not yet a message.
  var held: Int { get }

  /// The next message, made of bytes that it takes from `waiting`; nil where there are not enough,
  /// or, behind the last of them, no more messages.
  ///
  /// - Throws: `Failure` where the bytes are not what the method takes.
  func next(
    _ waiting: inout CircularBuffer<ByteBuffer>, isLast: Bool
  ) throws(Failure) -> MessageBytes?
}

extension UploadFraming {
  var held: Int { 0 }
}

/// Where a handler reads an upload.
struct UploadSource: MessageSource {
  let exchange: NIOLoopBound<Exchange>

  func next() async throws -> MessageBytes? {
    try await PendingRead.wait { read in Exchange.onLoop(exchange) { $0.read(read) } }
  }
}
