import Glibc

/// Finds the end of a request head and reads it, by the letter of RFC 9112.
///
/// What another HTTP implementation on the way may have read differently is refused, not guessed:
/// lines that do not end in CRLF, folded lines, spaces before a colon, two lengths, a length beside
/// chunks (sections 2.2, 5.1, 5.2 and 6.1).
struct HeadParser {
  /// How many header fields a head may have.
  static let maxFields = 100

  private let limit: Int
  /// How many bytes have been looked at, in a head that has not come whole.
  private var scanned = 0
  private var lineStart = 0
  private var lines = 0
  /// Where the request line begins, behind empty lines.
  private var start = 0

  /// - Parameter limit: The most bytes of a head.
  init(limit: Int) { self.limit = limit }

  /// Reads a head from the bytes that have come; called again with those and more.
  ///
  /// - Returns: The head and how many bytes it has; nil where it has not come whole.
  /// - Throws: `Failure` where no head can begin like this.
  mutating func parse(
    _ bytes: UnsafeRawBufferPointer
  ) throws(Failure) -> (head: RequestHead, length: Int)? {
    guard let base = bytes.baseAddress else { return nil }
    while scanned < bytes.count {
      guard let found = memchr(base + scanned, 0x0A, bytes.count - scanned) else {
        scanned = bytes.count
        break
      }
      let end = base.distance(to: UnsafeRawPointer(found))
      guard end > lineStart, bytes[end - 1] == 0x0D else { throw .malformed }
      scanned = end + 1
      guard scanned - start <= limit else { throw tooLarge(bytes) }
      if end - 1 > lineStart {
        lines += 1
        guard lines <= Self.maxFields + 1 else { throw .headTooLarge }
        lineStart = scanned
      } else if lines == 0 {
        // Old clients send an empty line behind a body (section 2.2); more than two say nothing.
        guard scanned <= 4 else { throw .malformed }
        start = scanned
        lineStart = scanned
      } else {
        return try whole(UnsafeRawBufferPointer(rebasing: bytes[start..<(end - 1)]), end + 1)
      }
    }
    guard bytes.count - start <= limit else { throw tooLarge(bytes) }
    // Another protocol is found out by its first byte.
    if start < bytes.count, bytes[start] != 0x0D, !bytes[start].isToken { throw .malformed }
    return nil
  }

  /// A line that is still the first and has a space has a target that is too long.
  private func tooLarge(_ bytes: UnsafeRawBufferPointer) -> Failure {
    lines == 0 && bytes[start...].prefix(limit).contains(0x20) ? .targetTooLong : .headTooLarge
  }

  private mutating func whole(
    _ lines: UnsafeRawBufferPointer, _ length: Int
  ) throws(Failure) -> (head: RequestHead, length: Int) {
    var reader = HeadReader(lines)
    let head = try reader.head(fields: self.lines - 1)
    self = HeadParser(limit: limit)
    return (head, length)
  }
}

/// Reads the lines of one whole head, each of which ends in CRLF.
private struct HeadReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var length: Int?
  private var isChunked = false
  private var hosts = 0
  private var wantsClose = false
  private var wantsKeep = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func head(fields: Int) throws(Failure) -> RequestHead {
    let end = lineEnd()
    let (method, target, version) = try requestLine(end)
    position = end + 2
    var headers: [(name: String, value: String)] = []
    headers.reserveCapacity(fields)
    while position < bytes.count {
      let end = lineEnd()
      headers.append(try field(end))
      position = end + 2
    }
    if isChunked, length != nil || version == .http1_0 { throw .malformed }
    guard hosts == 1 || (hosts == 0 && version == .http1_0) else { throw .malformed }
    return RequestHead(
      method: method, uri: target, version: version, headers: headers,
      framing: isChunked ? .chunked : .length(length ?? 0),
      isKeepAlive: version == .http1_1 ? !wantsClose : wantsKeep && !wantsClose)
  }

  /// Where the line's CR is. Its LF was found before; a CR elsewhere is found by what reads it.
  private func lineEnd() -> Int {
    guard let base = bytes.baseAddress,
      let found = memchr(base + position, 0x0A, bytes.count - position)
    else { return bytes.count }
    return base.distance(to: UnsafeRawPointer(found)) - 1
  }

  /// `method SP request-target SP HTTP-version` (section 3).
  private func requestLine(
    _ end: Int
  ) throws(Failure) -> (RequestHead.Method, String, RequestHead.Version) {
    var index = position
    while index < end, bytes[index].isToken { index += 1 }
    let method = bytes[position..<index]
    // " /x HTTP/1.1" has more bytes than the version alone: the target has one at least.
    guard !method.isEmpty, index + 11 <= end, bytes[index] == 0x20 else { throw .malformed }
    let targetStart = index + 1
    let targetEnd = end - 9
    guard targetEnd > targetStart, bytes[targetEnd] == 0x20 else { throw .malformed }
    let target = bytes[targetStart..<targetEnd]
    // Spaces and what is not ASCII have to be percent-encoded (RFC 3986 section 2).
    for byte in target where byte <= 0x20 || byte >= 0x7F { throw .malformed }
    let version = try version(bytes[(targetEnd + 1)..<end])
    return (Self.method(method), String(decoding: target, as: UTF8.self), version)
  }

  private func version(
    _ text: Slice<UnsafeRawBufferPointer>
  ) throws(Failure) -> RequestHead.Version {
    guard text.starts(with: "HTTP/".utf8), let major = text.dropFirst(5).first,
      text[text.startIndex + 6] == 0x2E, let minor = text.last, (0x30...0x39).contains(major),
      (0x30...0x39).contains(minor)
    else { throw .malformed }
    guard major == 0x31 else { throw .versionNotSupported }
    return minor == 0x30 ? .http1_0 : .http1_1
  }

  private static func method(_ name: Slice<UnsafeRawBufferPointer>) -> RequestHead.Method {
    if name.elementsEqual("GET".utf8) { return .GET }
    return RequestHead.Method(rawValue: String(decoding: name, as: UTF8.self))
  }

  /// `field-name ":" OWS field-value OWS` (section 5).
  private mutating func field(_ end: Int) throws(Failure) -> (name: String, value: String) {
    var colon = position
    while colon < end, bytes[colon].isToken { colon += 1 }
    // No name, a folded line, a space before the colon, no colon at all.
    guard colon > position, colon < end, bytes[colon] == 0x3A else { throw .malformed }
    let name = Self.lowercased(UnsafeRawBufferPointer(rebasing: bytes[position..<colon]))
    var first = colon + 1
    var last = end
    while first < last, bytes[first].isSpaceOrTab { first += 1 }
    while last > first, bytes[last - 1].isSpaceOrTab { last -= 1 }
    let value = UnsafeRawBufferPointer(rebasing: bytes[first..<last])
    for byte in value where !byte.isFieldContent { throw .malformed }
    try frame(name, value)
    return (name, String(decoding: value, as: UTF8.self))
  }

  /// Names have at most 15 bytes as a rule: then the string needs no memory of its own.
  private static func lowercased(_ name: UnsafeRawBufferPointer) -> String {
    String(unsafeUninitializedCapacity: name.count) { buffer in
      for (index, byte) in name.enumerated() {
        buffer[index] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      }
      return name.count
    }
  }

  /// Takes what the fields say of the message's end, its host and the connection.
  private mutating func frame(
    _ name: String, _ value: UnsafeRawBufferPointer
  ) throws(Failure) {
    switch name {
    case "host":
      hosts += 1
      guard HostField.isValid(value) else { throw .malformed }
    case "content-length":
      guard length == nil, let number = Self.number(value) else { throw .malformed }
      length = number
    case "transfer-encoding":
      guard !isChunked, value.equalsIgnoringCase("chunked") else { throw .malformed }
      isChunked = true
    case "connection":
      for option in value.split(separator: 0x2C) {
        let option = UnsafeRawBufferPointer(rebasing: option).trimmed
        if option.equalsIgnoringCase("close") { wantsClose = true }
        if option.equalsIgnoringCase("keep-alive") { wantsKeep = true }
      }
    default: break
    }
  }

  /// Digits only: no sign, no list, nothing beyond what can be counted.
  private static func number(_ text: UnsafeRawBufferPointer) -> Int? {
    guard (1...18).contains(text.count) else { return nil }
    var number = 0
    for byte in text {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }
}
