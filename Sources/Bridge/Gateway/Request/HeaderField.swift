import Mutation

/// Which header fields of a request its handler sees as metadata.
enum HeaderField {
  enum Disposition {
    case forward
    case drop
    /// Dropped, and worth a line in the log: it claims what only the TLS layer may say.
    case dropCertificate
  }

  /// What happens to a field that the gateway does not read itself.
  ///
  /// - Parameter key: The field's name in lower case.
  static func disposition(of key: String) -> Disposition {
    switch key {
    // Hop by hop (RFC 9110 section 7.6.1).
    case "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te",
      "trailer":
      return .drop
    // Spoken between the caller and this door.
    case "accept-charset", "location":
      return .drop
    // What only a trusted proxy may say; none is configured.
    case "forwarded", "x-real-ip", "x-client-ip", "true-client-ip":
      return .drop
    // A POST is a POST.
    case "x-http-method-override", "x-http-method", "x-method-override":
      return .drop
    // RFC 9440 and what proxies call the same.
    case "client-cert", "client-cert-chain", "x-forwarded-client-cert", "x-client-cert":
      return Mutation.isOn(.passesCertificateHeaders) ? .forward : .dropCertificate
    default:
      if key.hasPrefix("x-forwarded-") || key.hasPrefix("grpc-") || key.hasPrefix("content-")
        || key.hasPrefix("sec-websocket-") || ReservedMetadata.isReserved(key)
      {
        return .drop
      }
      if key.hasPrefix("ssl_client") || key.hasPrefix("ssl-client") || key.hasPrefix("x-ssl-") {
        return .dropCertificate
      }
      return .forward
    }
  }

  /// Whether gRPC can carry a field: lower-case key, printable value, no bytes behind text.
  static func isMetadata(key: String, value: String) -> Bool {
    !key.hasSuffix("-bin") && isKey(key) && value.utf8.allSatisfy { $0 >= 0x20 && $0 <= 0x7E }
  }

  /// Whether gRPC can carry a key.
  static func isKey(_ key: String) -> Bool {
    key.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
        || byte == 0x5F || byte == 0x2E
    }
  }

  /// The bytes of a `-bin` field: base64 with or without its padding; nil for what is none.
  static func bytes(_ text: Substring) -> [UInt8]? {
    var digits = text.utf8[...]
    if digits.count % 4 == 0 {
      for _ in 0..<2 where digits.last == 0x3D { digits.removeLast() }
    }
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var width = 0
    for digit in digits {
      guard let value = value(ofDigit: digit) else { return nil }
      bits = bits << 6 | value
      width += 6
      if width >= 8 {
        width -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(width)))
      }
    }
    return bytes
  }

  /// The six bits of a digit of base64.
  static func value(ofDigit digit: UInt8) -> UInt32? {
    switch digit {
    case 0x41...0x5A: UInt32(digit) - 0x41
    case 0x61...0x7A: UInt32(digit) - 0x61 + 26
    case 0x30...0x39: UInt32(digit) - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }

  /// The base64 of bytes, with its padding.
  static func text(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - group.count))
      for index in 0..<4 {
        text.append(
          index <= group.count ? digits[Int(bits >> UInt32(18 - 6 * index) & 63)] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether metadata of a reply becomes a header in a door that passes everything: not what belongs
  /// to the connection, to this answer's body, or to this door.
  static func isPassed(_ key: String) -> Bool {
    switch key {
    case "connection", "keep-alive", "proxy-authenticate", "proxy-connection", "te", "trailer",
      "transfer-encoding", "upgrade", "date", "server", "vary", "allow", "accept", "pragma",
      "location", "etag", "x-content-type-options", "www-authenticate", "set-cookie":
      false
    default:
      !key.isEmpty && !key.hasPrefix("grpc-") && !key.hasPrefix("content-")
        && !key.hasPrefix("access-control-") && !ReservedMetadata.isReserved(key) && isKey(key)
    }
  }
}
