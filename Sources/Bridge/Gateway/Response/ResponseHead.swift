import NIOCore
import RPC
import Telemetry

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
  /// Goes before `contentType`: what a message says of its own body.
  var ownContentType: String?
  /// The body is gzip.
  var isCompressed = false
  /// The caller's `Accept-Encoding` has had its say, whichever way.
  var variesByCoding = false
  /// `Accept` has chosen the form.
  var variesByType = false
  /// The caller's `Accept-Language` has, too.
  var variesByLanguage = false
  /// The language of the texts for people.
  var contentLanguage: String?
  /// For 415 where the body's coding is not known (RFC 9110 section 15.5.16).
  var listsCodings = false
  /// For 415 where the body's type is not one of these (ibidem).
  var accepts: String?
  /// `accepts` in Connect's field for it, too.
  var acceptsPost = false
  var body: Body
  /// What the connection does behind this response.
  var connection: Persistence
  /// The answer holds what only this caller may see.
  var isPrivate = false
  /// RFC 6749 section 5.1 asks for more than `no-store`.
  var hasPragma = false
  /// What the contract says of caches.
  var cacheControl: String?
  var entityTag: EntityTag?
  var location: String?
  var disposition: String?
  /// What a lenient method has passed over.
  var ignoredFields: String?
  /// How many seconds to wait before the next try.
  var retryAfter: Int?
  /// What browsers learn.
  var cors = CORSAnswer()
  /// Metadata of the call; a few keys become headers.
  var metadata: Metadata = [:]
  /// The same, where the message is whole.
  var trailingMetadata: Metadata = [:]
  /// Almost all keys become headers.
  var passesMetadata = false
  /// The lines of a method that is on its way out.
  var deprecation: String?
  /// What a page may load and do.
  var contentPolicy: String?
  /// Further fields, as they are.
  var fields: [(name: String, value: String)] = []
  /// For 405 and OPTIONS.
  var allow: [String] = []
  /// For 426: which protocol is asked for (RFC 9110 section 15.5.22).
  var asksForWebSocket = false
  /// For 401: the scheme that is asked for.
  var challenge: StaticString?

  enum Persistence {
    case keep
    /// HTTP/1.0 has to be told.
    case keepSaid
    case close
  }

  func write(to buffer: inout ByteBuffer, date: [UInt8], requestID: TraceID) {
    HTTPStatus.write(httpCode, to: &buffer)
    buffer.writeBytes(date)
    buffer.writeStaticString("x-content-type-options: nosniff\r\n")
    write(requestID, to: &buffer)
    writeCaching(to: &buffer)
    switch connection {
    case .keep: break
    case .keepSaid: buffer.writeStaticString("connection: keep-alive\r\n")
    case .close: buffer.writeStaticString("connection: close\r\n")
    }
    if asksForWebSocket {
      buffer.writeStaticString("upgrade: websocket\r\nsec-websocket-version: 13\r\n")
    }
    if let challenge {
      buffer.writeStaticString("www-authenticate: ")
      buffer.writeStaticString(challenge)
      buffer.writeStaticString("\r\n")
    }
    if !allow.isEmpty {
      buffer.writeField("allow: ", allow.joined(separator: ", "))
      // RFC 5789 section 3.1.
      if allow.contains("PATCH") {
        buffer.writeStaticString(
          "accept-patch: application/json, application/merge-patch+json\r\n")
      }
    }
    cors.write(allow: allow, to: &buffer)
    writeVary(to: &buffer)
    if isCompressed { buffer.writeStaticString("content-encoding: gzip\r\n") }
    if listsCodings { buffer.writeStaticString("accept-encoding: gzip, deflate\r\n") }
    if let accepts {
      buffer.writeField("accept: ", accepts)
      if acceptsPost { buffer.writeField("accept-post: ", accepts) }
    }
    if let location { buffer.writeField("location: ", location) }
    if let disposition { buffer.writeField("content-disposition: ", disposition) }
    if let contentLanguage { buffer.writeField("content-language: ", contentLanguage) }
    if let ignoredFields { buffer.writeField("artel-ignored-fields: ", ignoredFields) }
    if let deprecation { buffer.writeString(deprecation) }
    if let contentPolicy {
      buffer.writeField("content-security-policy: ", contentPolicy)
      // No other page reads it, frames it or keeps a handle on its window.
      buffer.writeStaticString("referrer-policy: no-referrer\r\nx-frame-options: DENY\r\n")
      buffer.writeStaticString("cross-origin-opener-policy: same-origin\r\n")
    }
    if let retryAfter { buffer.writeField("retry-after: ", "\(retryAfter)") }
    if !metadata.isEmpty { write(metadata, to: &buffer) }
    if !trailingMetadata.isEmpty { write(trailingMetadata, to: &buffer) }
    for field in fields {
      buffer.writeString(field.name)
      buffer.writeField(": ", field.value)
    }
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

  /// By which number the operator finds the call; where an upstream has said one, its own.
  private func write(_ requestID: TraceID, to buffer: inout ByteBuffer) {
    let key = "x-request-id"
    guard metadata.first(key) == nil, trailingMetadata.first(key) == nil,
      !fields.contains(where: { $0.name == key })
    else { return }
    buffer.writeStaticString("x-request-id: ")
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 32) { requestID.write(to: $0) }
    buffer.writeStaticString("\r\n")
  }

  /// Who may keep the answer: as the contract says, and else nobody where it is a caller's own,
  /// unless a tag lets a browser ask whether it is still so (RFC 9111 section 5.2.2).
  private func writeCaching(to buffer: inout ByteBuffer) {
    if hasPragma {
      buffer.writeStaticString("cache-control: no-store\r\npragma: no-cache\r\n")
    } else if let cacheControl {
      buffer.writeField("cache-control: ", cacheControl)
    } else if isPrivate, !(passesMetadata && metadata.first("cache-control") != nil) {
      buffer.writeStaticString(
        entityTag == nil
          ? "cache-control: no-store\r\n" : "cache-control: private, no-cache\r\n")
    }
    if let entityTag {
      // Other bytes have another strong tag (RFC 9110 section 8.8.3.3).
      buffer.writeField("etag: ", (isCompressed ? entityTag.compressed : entityTag).text)
    }
  }

  private func writeVary(to buffer: inout ByteBuffer) {
    guard
      cors.varies || cors.isPreflight || variesByType || variesByCoding || variesByLanguage
    else { return }
    buffer.writeStaticString("vary: ")
    var isFirst = true
    func add(_ name: StaticString) {
      if !isFirst { buffer.writeStaticString(", ") }
      isFirst = false
      buffer.writeStaticString(name)
    }
    if cors.varies { add("origin") }
    if cors.isPreflight { add("access-control-request-method") }
    if cors.isPreflight { add("access-control-request-headers") }
    if variesByType { add("accept") }
    if variesByCoding { add("accept-encoding") }
    if variesByLanguage { add("accept-language") }
    buffer.writeStaticString("\r\n")
  }

  private func writeContentType(to buffer: inout ByteBuffer) {
    buffer.writeStaticString("content-type: ")
    if let ownContentType {
      buffer.writeString(ownContentType)
    } else {
      buffer.writeStaticString(contentType)
    }
    buffer.writeStaticString("\r\n")
  }

  /// Only keys that mean the same to an HTTP client become headers, or all in a door that passes
  /// them; and only values that cannot end a header line.
  private func write(_ metadata: Metadata, to buffer: inout ByteBuffer) {
    for (key, value) in metadata {
      guard passesMetadata ? HeaderField.isPassed(key) || isForwarded(key) : isForwarded(key)
      else { continue }
      // What the details say is written already.
      if retryAfter != nil, key == "retry-after" { continue }
      if cacheControl != nil || hasPragma, key == "cache-control" { continue }
      if deprecation != nil, key == "deprecation" || key == "sunset" { continue }
      let text: String
      switch value {
      case .string(let string): text = string
      case .binary(let bytes): text = HeaderField.text(bytes)
      }
      guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E }) else { continue }
      buffer.writeString(key)
      buffer.writeField(": ", text)
    }
  }

  private func isForwarded(_ key: String) -> Bool {
    switch key {
    case "retry-after", "x-request-id", "ratelimit", "ratelimit-policy", "idempotent-replayed",
      "deprecation", "sunset":
      true
    // RFC 6750 section 3.1: the hint of a 403; a 401's is fixed.
    case "www-authenticate": httpCode == 403
    default: false
    }
  }
}

extension ByteBuffer {
  /// Writes a field's name with its colon, its value and the line's end.
  fileprivate mutating func writeField(_ name: StaticString, _ value: String) {
    writeStaticString(name)
    writeString(value)
    writeStaticString("\r\n")
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
