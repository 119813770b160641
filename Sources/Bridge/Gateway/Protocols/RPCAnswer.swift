import NIOCore
import RPC

/// The answer of a call in its protocol: head, messages, status.
final class RPCAnswer {
  private let channel: any RequestChannel
  private let call: RPCRequest
  private let traits: AnswerTraits
  /// Where gRPC's trailers go; the other protocols have theirs in the body.
  private let trailers: HTTP2Stream?
  /// What the handler says before its first message.
  var metadata: Metadata = [:]
  private var isOpen = false
  private var persistence = ResponseHead.Persistence.keep
  /// The one message of an answer that is bare.
  private var body: [UInt8]?

  /// A shorter message gets no shorter.
  private static let leastCompressed = 1 << 10

  /// - Throws: `Failure` with 505 for gRPC over HTTP/1.1, which has no trailers that clients read.
  init(
    _ channel: any RequestChannel, _ call: RPCRequest, _ traits: AnswerTraits
  ) throws(Failure) {
    self.channel = channel
    self.call = call
    self.traits = traits
    trailers = channel as? HTTP2Stream
    guard call.dialect.form != .grpc || trailers != nil else {
      throw Failure(505, .invalidArgument, "gRPC needs HTTP/2")
    }
  }

  private var mayCompress: Bool { call.takesGzip && call.method?.isCompressible == true }

  // MARK: Head

  /// Writes the head, once.
  func open() {
    guard !isOpen, call.dialect.form != .bare else { return }
    isOpen = true
    persistence = channel.persistence(traits)
    channel.write(head(), isLast: false)
  }

  private func head(_ more: [(name: String, value: String)] = []) -> ResponseHead {
    var head = ResponseHead(
      body: traits.framing == .chunks ? .chunked : .untilClose,
      connection: traits.framing == .untilClose ? .close : persistence)
    head.ownContentType = call.dialect.contentType
    head.cors = traits.plan.cors
    head.isPrivate = true
    head.fields = RPCFields.fields(metadata)
    if call.dialect.form != .bare {
      let names = call.dialect.codingFields
      if mayCompress { head.fields.append((names.sent, "gzip")) }
      head.fields.append((names.accepted, "gzip"))
    }
    head.fields += more
    return head
  }

  // MARK: Messages

  /// Writes a message.
  ///
  /// - Throws: `RPCError` where it cannot be printed.
  func send(_ message: MessageBytes, _ compressed: Bool?) throws(RPCError) {
    let json = try print(message)
    guard call.dialect.form != .bare else {
      body = json ?? message.withUnsafeBytes { Array($0) }
      return
    }
    open()
    if let json {
      json.withUnsafeBytes { envelope($0, compressed) }
    } else {
      message.withUnsafeBytes { envelope($0, compressed) }
    }
  }

  private func print(_ message: MessageBytes) throws(RPCError) -> [UInt8]? {
    guard call.dialect.isJSON, let contract = call.method?.contract else { return nil }
    do {
      return try message.withUnsafeBytes { try contract.output.json(fromWire: $0) }
    } catch {
      channel.core.logger.error(
        "an answer cannot be printed",
        metadata: ["method": "\(contract.path)", "error": "\(error)"])
      throw RPCError(code: .internalError, message: "internal error")
    }
  }

  private func envelope(_ bytes: UnsafeRawBufferPointer, _ compressed: Bool?) {
    let isWorth = compressed ?? (bytes.count >= Self.leastCompressed)
    if isWorth, mayCompress, channel.loop.compress(Array(bytes)) {
      let compressed = channel.loop.compressed
      compressed.withUnsafeBytes { piece(flags: 1, $0) }
    } else {
      piece(flags: 0, bytes)
    }
  }

  private func piece(flags: UInt8, isLast: Bool = false, _ bytes: UnsafeRawBufferPointer) {
    channel.loop.buffer.clear(minimumCapacity: bytes.count + 64)
    frame { buffer in
      guard call.dialect.form == .webText else {
        buffer.writeInteger(flags)
        buffer.writeInteger(UInt32(bytes.count))
        buffer.writeBytes(bytes)
        return
      }
      let count = UInt32(bytes.count)
      buffer.writeString(
        HeaderField.text(
          [flags] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + bytes))
    }
    if isLast, traits.framing == .chunks {
      channel.loop.buffer.writeStaticString("0\r\n\r\n")
    }
    channel.write(isLast: isLast)
  }

  private func frame(_ write: (inout ByteBuffer) -> Void) {
    if traits.framing == .chunks {
      channel.loop.buffer.writeChunk(write)
    } else {
      write(&channel.loop.buffer)
    }
  }

  // MARK: Status

  /// Writes the status; returns how the connection goes on.
  func end(_ error: RPCError?, _ metadata: Metadata) -> ResponseHead.Persistence {
    var metadata = metadata
    if let error { metadata.add(contentsOf: error.metadata) }
    switch call.dialect.form {
    case .bare: return bare(error, metadata)
    case .grpc:
      let fields = RPCFields.trailers(error) + RPCFields.fields(metadata)
      if isOpen {
        trailers?.write(trailers: fields)
      } else if error != nil {
        // Nothing comes but the status (gRPC over HTTP/2, "Trailers-Only").
        channel.write(head(fields), isLast: true)
      } else {
        open()
        trailers?.write(trailers: fields)
      }
    case .web, .webText:
      open()
      let text = (RPCFields.status(error) + RPCFields.fields(metadata))
        .map { "\($0.name): \($0.value)\r\n" }.joined()
      Array(text.utf8).withUnsafeBytes { piece(flags: 0x80, isLast: true, $0) }
    case .connect:
      open()
      ConnectError.endOfStream(error, metadata).withUnsafeBytes {
        piece(flags: 2, isLast: true, $0)
      }
    }
    channel.flush(now: true)
    return traits.framing == .untilClose ? .close : persistence
  }

  private func bare(_ error: RPCError?, _ trailing: Metadata) -> ResponseHead.Persistence {
    var head = head(RPCFields.fields(trailing, prefix: "trailer-"))
    head.body = .length(0)
    var traits = traits
    traits.takesGzip = call.takesGzip
    guard let error else {
      traits.isCompressible = call.method?.isCompressible ?? false
      return channel.write(head, body ?? [], traits)
    }
    head.httpCode = HTTPStatus.code(for: error.code.status)
    head.ownContentType = "application/json"
    if error.code == .unauthenticated { head.challenge = "Bearer" }
    traits.isCompressible = false
    return channel.write(head, ConnectError.json(error), traits)
  }
}
