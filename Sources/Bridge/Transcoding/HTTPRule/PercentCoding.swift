/// Percent-coding of path segments (RFC 3986 section 2.1) by the text of google/api/http.proto.
enum PercentCoding {
  /// The octet that `%XX` at an index stands for; nil where two hexadecimal digits do not follow.
  static func octet(in bytes: Span<UInt8>, at index: Int) -> UInt8? {
    guard index + 2 < bytes.count, let high = digit(bytes[index + 1]),
      let low = digit(bytes[index + 2])
    else { return nil }
    return high << 4 | low
  }

  /// Whether a segment, decoded, is exactly a literal. A malformed segment is none.
  static func equal(_ segment: Span<UInt8>, _ literal: Span<UInt8>) -> Bool {
    var index = 0
    var position = 0
    while index < segment.count {
      guard position < literal.count else { return false }
      var byte = segment[index]
      if byte == UInt8(ascii: "%") {
        guard let octet = octet(in: segment, at: index) else { return false }
        byte = octet
        index += 2
      }
      guard byte == literal[position] else { return false }
      index += 1
      position += 1
    }
    return position == literal.count
  }

  /// The text of a captured part of a path.
  ///
  /// A variable of one segment is decoded whole. In one that spans several, `%2F` stays as it is:
  /// decoded, it could not be told from the slashes between the segments.
  ///
  /// - Returns: nil for malformed percent-coding, a NUL, or octets that are not UTF-8.
  static func decode(_ bytes: Span<UInt8>, keepingSlashes: Bool) -> String? {
    var coded = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "%") { coded += 1 }
    guard coded > 0 else {
      guard let text = try? UTF8Span(validating: bytes) else {
        return nil  // What is wrong with the octets does not matter to the caller.
      }
      return String(copying: text)
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        index += 1
        continue
      }
      guard let octet = octet(in: bytes, at: index), octet != 0 else { return nil }
      if keepingSlashes && octet == UInt8(ascii: "/") {
        decoded.append(byte)
        decoded.append(bytes[index + 1])
        decoded.append(bytes[index + 2])
      } else {
        decoded.append(octet)
      }
      index += 3
    }
    return String(validating: decoded, as: UTF8.self)
  }

  /// Whether a path has a segment that, decoded, is `.` or `..`.
  static func hasDotSegment(_ path: Span<UInt8>) -> Bool {
    var start = 0
    while start < path.count {
      var end = start
      while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
      // The longest form is `%2e%2e`.
      if end > start, end - start <= 6, isDots(path.extracting(start..<end)) { return true }
      start = end + 1
    }
    return false
  }

  private static func isDots(_ segment: Span<UInt8>) -> Bool {
    var index = 0
    var dots = 0
    while index < segment.count {
      if segment[index] == UInt8(ascii: ".") {
        index += 1
      } else if segment[index] == UInt8(ascii: "%"),
        octet(in: segment, at: index) == UInt8(ascii: ".")
      {
        index += 3
      } else {
        return false
      }
      dots += 1
    }
    return dots == 1 || dots == 2
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
