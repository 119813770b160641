import RPC
import Transcoding

extension IncomingRequest {
  /// The call that a request to a method's own path is; nil for a path that no method has.
  ///
  /// - Throws: `Failure` where the path is a method's, and the request none of its calls.
  func call(
    _ head: RequestHead, _ target: RequestTarget, _ headers: RequestHeaders,
    _ methods: [String: ServedMethod]
  ) throws(Failure) -> Action? {
    let dialect = headers.contentType.flatMap(RPCDialect.init)
    guard let method = methods[String(target.path)] else {
      guard head.method == .POST, let dialect, !dialect.isConnect else { return nil }
      return .rpc(RPCRequest(dialect, nil, head))
    }
    let takesGet = method.isReadOnly && method.handler.isUnary
    let allow = takesGet ? ["GET", "OPTIONS", "POST"] : ["OPTIONS", "POST"]
    switch head.method {
    case .POST:
      guard let dialect, (dialect.form != .bare || method.handler.isUnary),
        (dialect.form != .connect || !method.handler.isUnary)
      else {
        var failure = Failure(
          415, .invalidArgument, "this method takes \(RPCDialect.types(method.handler))")
        failure.accepts = RPCDialect.types(method.handler)
        failure.isOfCall = true
        throw failure
      }
      return .rpc(RPCRequest(dialect, method, head))
    case .GET where takesGet: return .rpc(try get(head, target, method))
    case .OPTIONS: return .options(allow: allow)
    default: throw .methodNotAllowed(allow)
    }
  }

  /// A call whose message is in its query (Connect, "Unary-Get-Request").
  private func get(
    _ head: RequestHead, _ target: RequestTarget, _ method: ServedMethod
  ) throws(Failure) -> RPCRequest {
    var message: [UInt8]?
    var encoding = ""
    var coding = "identity"
    var isBase64 = false
    var failure: RPCError?
    for pair in target.query.split(separator: "&") {
      let name = pair.prefix { $0 != "=" }
      guard let value = PercentText.bytes(pair.dropFirst(name.utf8.count + 1)) else {
        failure = RPCError(code: .invalidArgument, message: "\(name) is not percent-encoded")
        continue
      }
      switch name {
      case "message": message = value
      case "encoding": encoding = String(decoding: value, as: UTF8.self)
      case "compression": coding = String(decoding: value, as: UTF8.self)
      case "base64": isBase64 = value == [0x31]
      case "connect" where value != Array("v1".utf8):
        failure = RPCError(code: .invalidArgument, message: "connect must be v1")
      default: break
      }
    }
    guard encoding == "json" || encoding == "proto" else {
      throw Failure(415, .invalidArgument, "encoding must be json or proto")
    }
    // It would be put behind the message: one that the path's log does not show.
    if head.framing != .length(0) {
      failure = RPCError(
        code: .invalidArgument, message: "a GET has its message in the query alone")
    }
    if message == nil { failure = RPCError(code: .invalidArgument, message: "message is missing") }
    if isBase64, let text = message {
      message = PercentText.base64(text)
      if message == nil {
        failure = RPCError(code: .invalidArgument, message: "message is not base64")
      }
    }
    return RPCRequest(
      RPCDialect(.bare, isJSON: encoding == "json", contentType: "application/\(encoding)"),
      method, head, message: message ?? [], coding: coding, failure: failure)
  }
}

/// Bytes in a query.
enum PercentText {
  /// Undoes percent-coding, with `+` as a space as forms have it; nil where it is malformed.
  static func bytes(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0x25:
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { return nil }
        bytes.append(high << 4 | low)
      case 0x2B: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// Undoes base64 in either alphabet (RFC 4648 sections 4 and 5), with or without padding.
  static func base64(_ text: [UInt8]) -> [UInt8]? {
    HeaderField.bytes(
      Substring(
        String(
          decoding: text.map { byte in
            switch byte {
            case 0x2D: 0x2B
            case 0x5F: 0x2F
            // A plus sign that nobody has encoded.
            case 0x20: 0x2B
            default: byte
            }
          }, as: UTF8.self)))
  }
}
