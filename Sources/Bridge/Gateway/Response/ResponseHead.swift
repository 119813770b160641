import NIOCore
import RPC

/// What a response head says besides its status, written straight into the connection's buffer.
struct ResponseHead {
  /// What follows the head.
  enum Body {
    case none
    /// That many bytes.
    case length(Int)
    /// Chunks (RFC 9112 section 7.1).
    case chunked
    /// Everything up to the end of the connection: for HTTP/1.0.
    case untilClose
  }

  var httpCode = 200
  var contentType: StaticString = "application/json"
  var body: Body
  /// What the connection does behind this response.
  var connection: Persistence
  /// The answer holds what only this caller may see.
  var isPrivate = false
  /// RFC 6749 section 5.1 asks for more than `no-store`.
  var hasPragma = false
  /// Metadata of the call; a few keys become headers.
  var metadata: Metadata = [:]
  /// For 405 and OPTIONS.
  var allow: [String] = []
  /// For 401: the scheme that is asked for.
  var challenge: StaticString?

  enum Persistence {
    case keep
    /// HTTP/1.0 has to be told.
    case keepSaid
    case close
  }

  func write(to buffer: inout ByteBuffer, date: [UInt8]) {
    buffer.writeStaticString(HTTPStatus.line(httpCode))
    buffer.writeBytes(date)
    buffer.writeStaticString("x-content-type-options: nosniff\r\n")
    if isPrivate { buffer.writeStaticString("cache-control: no-store\r\n") }
    if hasPragma { buffer.writeStaticString("pragma: no-cache\r\n") }
    switch connection {
    case .keep: break
    case .keepSaid: buffer.writeStaticString("connection: keep-alive\r\n")
    case .close: buffer.writeStaticString("connection: close\r\n")
    }
    if let challenge {
      buffer.writeStaticString("www-authenticate: ")
      buffer.writeStaticString(challenge)
      buffer.writeStaticString("\r\n")
    }
    if !allow.isEmpty {
      buffer.writeStaticString("allow: ")
      buffer.writeString(allow.joined(separator: ", "))
      buffer.writeStaticString("\r\n")
    }
    if !metadata.isEmpty { writeMetadata(to: &buffer) }
    switch body {
    case .none: break
    case .length(let length):
      writeContentType(to: &buffer)
      buffer.writeStaticString("content-length: ")
      buffer.writeDecimal(length)
      buffer.writeStaticString("\r\n")
    case .chunked:
      writeContentType(to: &buffer)
      buffer.writeStaticString("transfer-encoding: chunked\r\n")
    case .untilClose:
      writeContentType(to: &buffer)
    }
    buffer.writeStaticString("\r\n")
  }

  private func writeContentType(to buffer: inout ByteBuffer) {
    buffer.writeStaticString("content-type: ")
    buffer.writeStaticString(contentType)
    buffer.writeStaticString("\r\n")
  }

  /// Only keys that mean the same to an HTTP client become headers, and only values that cannot
  /// end a header line.
  private func writeMetadata(to buffer: inout ByteBuffer) {
    for (key, value) in metadata {
      guard case .string(let text) = value, isForwarded(key),
        text.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E })
      else { continue }
      buffer.writeString(key)
      buffer.writeStaticString(": ")
      buffer.writeString(text)
      buffer.writeStaticString("\r\n")
    }
  }

  private func isForwarded(_ key: String) -> Bool {
    switch key {
    case "retry-after", "location", "content-disposition", "etag", "x-request-id", "ratelimit",
      "ratelimit-policy", "idempotent-replayed", "deprecation", "sunset":
      true
    // RFC 6750 section 3.1: the hint of a 403; a 401's is fixed.
    case "www-authenticate": httpCode == 403
    default: false
    }
  }
}

extension ByteBuffer {
  /// Writes a number that is not negative in decimal digits.
  mutating func writeDecimal(_ value: Int) {
    var divisor = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      writeInteger(Self.digit(value / divisor % 10))
      divisor /= 10
    }
  }

  /// Writes a chunk (RFC 9112 section 7.1): its size line, its bytes, the line's end.
  mutating func writeChunk(_ write: (inout ByteBuffer) -> Void) {
    // The size has eight digits, so that it can be written behind the bytes; zeros may lead.
    let start = writerIndex
    writeStaticString("00000000\r\n")
    let first = writerIndex
    write(&self)
    var rest = writerIndex - first
    guard rest > 0 else {
      moveWriterIndex(to: start)  // An empty chunk would end the body.
      return
    }
    var index = first - 3
    while rest > 0 {
      setInteger(Self.digit(rest & 15), at: index)
      rest >>= 4
      index -= 1
    }
    writeStaticString("\r\n")
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 10 ? 0x30 + value : 0x57 + value)
  }
}
