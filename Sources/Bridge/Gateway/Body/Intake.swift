import NIOCore
import RPC

/// How the body of one request is taken: under which limit, in which coding, whole or in pieces.
struct Intake {
  /// The most bytes, in the coding in which they come as well as without it.
  let limit: Int
  /// The handler gets the body while it arrives.
  let isStreamed: Bool
  /// It has to come in the time that a request has: not a stream of messages, which may be silent.
  let isPaced: Bool
  /// A body that nobody wants is read, so that the next request can follow, and dropped.
  private let isDropped: Bool
  let inflater: Inflater?
  /// The body so far, its coding undone.
  private(set) var bytes = ByteBuffer()
  private(set) var received = 0
  /// The body in its coding, where it has one and the handler wants it so.
  private var coded: ByteBuffer?
  private let keepsRaw: Bool

  init(_ request: borrowing IncomingRequest, _ configuration: GatewayConfiguration) {
    if case .rpc(let call) = request.action {
      // Its messages undo their codings themselves.
      isStreamed = true
      let isStream = call.method?.handler.takesStream == true
      // Over HTTP/1.1 nothing else would tell a silent peer from one that is gone.
      isPaced = !isStream || request.traits.framing != .frames
      isDropped = false
      inflater = nil
      keepsRaw = false
      // Base64 and an envelope make a message a little longer.
      let message = call.method?.messageLimit(configuration) ?? 0
      limit = isStream ? .max : message + message / 2 + 64
      return
    }
    guard case .call(let route, _) = request.action else {
      limit = configuration.maxBodyBytes
      isStreamed = false
      isPaced = true
      isDropped = true
      inflater = nil
      keepsRaw = false
      return
    }
    keepsRaw = route.keepsRawBody
    isStreamed = route.takesUpload
    isPaced = true
    limit = route.bodyLimit(configuration)
    let coding = ContentCoding.request(request.headers?.contentEncoding)
    // The body of a request with an unknown coding is not looked at, as any failed one's.
    isDropped = coding == .unsupported
    if case .coded(let coding) = coding {
      inflater = Inflater(coding, limit: limit)
    } else {
      inflater = nil
    }
  }

  /// Takes a part of a body that is kept whole.
  ///
  /// - Throws: `Failure` with 413 beyond the limit, with 400 for a broken coding.
  mutating func accept(_ part: ByteBuffer) throws(Failure) {
    received += part.readableBytes
    guard received <= limit else { throw .bodyTooLarge }
    guard !isDropped else { return }
    guard let inflater else { return Self.append(part, to: &bytes) }
    if keepsRaw {
      var all = coded ?? ByteBuffer()
      coded = nil
      Self.append(part, to: &all)
      coded = all
    }
    var whole = bytes
    bytes = ByteBuffer()
    try inflater.accept(part) { piece throws(Failure) in Self.append(piece, to: &whole) }
    bytes = whole
  }

  /// The body is whole.
  ///
  /// - Throws: `Failure` where its coding is not.
  func end() throws(Failure) {
    if !isDropped { try inflater?.end() }
  }

  /// What a signature covers: the bytes as they came, their coding included; nil where the contract
  /// does not ask for them.
  var raw: MessageBytes? {
    guard keepsRaw else { return nil }
    return (coded ?? bytes).withUnsafeReadableBytes { MessageBytes(copying: $0) }
  }

  private static func append(_ part: ByteBuffer, to whole: inout ByteBuffer) {
    var part = part
    if whole.readableBytes == 0 { whole = part } else { whole.writeBuffer(&part) }
  }
}
