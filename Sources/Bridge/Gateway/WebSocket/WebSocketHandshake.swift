import LibCrypto
import NIOCore
import Telemetry

/// What a browser asks when it opens a WebSocket (RFC 6455 section 4.2.1), checked.
struct WebSocketHandshake: Sendable {
  /// The value of `Sec-WebSocket-Accept`.
  let accept: String
  /// The subprotocol that the client has offered and this door speaks; nil where it offered none.
  let subprotocol: String?
  /// The token that came as a subprotocol, because a page cannot set `Authorization`.
  let token: String?

  /// The subprotocol: a text frame for each message, as JSON.
  static let name = "artel"
  /// What a token has before it where it comes as a subprotocol.
  static let tokenPrefix = "artel.bearer."
  /// RFC 6455 section 1.3.
  private static let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

  /// Whether a request wants to become a WebSocket.
  static func isAsked(by head: RequestHead) -> Bool {
    head.headers.contains { $0.name == "upgrade" && tokens($0.value).contains("websocket") }
  }

  /// - Parameter admits: Whether a page of an origin may call.
  /// - Throws: `Failure` with 400 for what is no handshake, 403 for a page of an origin that may not
  ///   call, 426 for another version.
  init(_ head: RequestHead, admits: (_ origin: String) -> Bool) throws(Failure) {
    guard head.method == .GET, head.version == .http1_1, head.framing == .length(0) else {
      throw Failure(400, .invalidArgument, "a WebSocket begins with a GET without a body")
    }
    var key: String?
    var version: String?
    var origin: String?
    var hasConnection = false
    var offered: [String] = []
    for (name, value) in head.headers {
      switch name {
      case "sec-websocket-key":
        guard key == nil else { throw .header("Sec-WebSocket-Key", "is there twice") }
        key = value
      case "sec-websocket-version": version = value
      case "sec-websocket-protocol":
        // A name has a case (section 4.1): a token would be another without it.
        offered += value.split(separator: ",").map { String($0.trimmingSpacesAndTabs) }
      case "connection": hasConnection = hasConnection || Self.tokens(value).contains("upgrade")
      case "origin": origin = value
      default: break
      }
    }
    guard hasConnection else { throw .header("Connection", "must say Upgrade") }
    guard version == "13" else { throw .webSocketVersion }
    guard let key, key.utf8.count == 24, Self.isKey(key) else {
      throw .header("Sec-WebSocket-Key", "must be 16 bytes as base64")
    }
    // No cookie counts here, so another site's page could do no more than a program; yet it would
    // come from its reader's network.
    if let origin, !admits(origin) {
      throw Failure(403, .permissionDenied, "pages of this origin may not call")
    }
    accept = Self.accept(key)
    subprotocol = offered.contains(Self.name) ? Self.name : nil
    let tokens = offered.filter { $0.hasPrefix(Self.tokenPrefix) }
    guard tokens.count <= 1 else { throw .header("Sec-WebSocket-Protocol", "has two tokens") }
    token = tokens.first.map { String($0.dropFirst(Self.tokenPrefix.count)) }
    guard token == nil || subprotocol != nil else {
      // The answer has to name one of those offered, and a token is not for the answer.
      throw .header("Sec-WebSocket-Protocol", "must offer \(Self.name) beside the token")
    }
  }

  /// The answer to a key (section 4.2.2).
  static func accept(_ key: String) -> String {
    let hash = SHA1.hash(Array("\(key)\(identifier)".utf8))
    // 20 bytes take 27 digits and one `=`.
    return String(
      Base64URL.encode(hash).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }) + "="
  }

  private static func isKey(_ key: String) -> Bool {
    let digits = key.utf8.prefix(22)
    return key.utf8.suffix(2).elementsEqual("==".utf8)
      && digits.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F: true
        default: false
        }
      }
  }

  private static func tokens(_ value: String) -> [String] {
    value.split(separator: ",").map { $0.trimmingSpacesAndTabs.lowercased() }
  }

  /// Writes the head of the answer.
  func write(to buffer: inout ByteBuffer, requestID: TraceID) {
    buffer.writeStaticString(
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n")
    buffer.writeString("sec-websocket-accept: \(accept)\r\nx-request-id: \(requestID)\r\n")
    if let subprotocol { buffer.writeString("sec-websocket-protocol: \(subprotocol)\r\n") }
    buffer.writeStaticString("\r\n")
  }
}

extension Failure {
  /// RFC 6455 section 4.2.2: the answer names the version that is spoken.
  static let webSocketVersion: Failure = {
    var failure = Failure(426, .invalidArgument, "WebSockets of version 13 are spoken here")
    failure.asksForWebSocket = true
    return failure
  }()

  /// A method of two streams has no answer but over a WebSocket.
  static let upgradeRequired: Failure = {
    var failure = Failure(426, .unimplemented, "this method is spoken over a WebSocket")
    failure.asksForWebSocket = true
    return failure
  }()
}
