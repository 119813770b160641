import NIOCore
import RPC

/// How the body of one request is taken: under which limit, in which coding, whole or in pieces.
struct Intake {
  /// The most bytes, in the coding in which they come as well as without it.
  let limit: Int
  /// The handler gets the body while it arrives.
  let isStreamed: Bool
  /// A body that nobody wants is read, so that the next request can follow, and dropped.
  private let isDropped: Bool
  let inflater: Inflater?
  /// The body so far, its coding undone.
  private(set) var bytes = ByteBuffer()
  private(set) var received = 0
  /// The body in its coding, where it has one and the handler wants it so.
  private var coded: ByteBuffer?
  private let keepsRaw: Bool

  init(_ request: IncomingRequest, _ configuration: GatewayConfiguration) {
    guard case .call(let route, _) = request.action else {
      limit = configuration.maxBodyBytes
      isStreamed = false
      isDropped = true
      inflater = nil
      keepsRaw = false
      return
    }
    keepsRaw = route.keepsRawBody
    isStreamed = route.takesUpload
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
