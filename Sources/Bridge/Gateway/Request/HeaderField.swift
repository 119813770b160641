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
    case "cookie", "accept-encoding", "accept-charset":
      return .drop
    // What only a trusted proxy may say; none is configured.
    case "forwarded", "x-real-ip", "x-client-ip", "true-client-ip":
      return .drop
    // A POST is a POST.
    case "x-http-method-override", "x-http-method", "x-method-override":
      return .drop
    // RFC 9440 and what proxies call the same.
    case "client-cert", "client-cert-chain", "x-forwarded-client-cert", "x-client-cert":
      return .dropCertificate
    default:
      if key.hasPrefix("x-forwarded-") || key.hasPrefix("grpc-") || key.hasPrefix("content-") {
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
    !key.hasSuffix("-bin")
      && key.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
          || byte == 0x5F || byte == 0x2E
      }
      && value.utf8.allSatisfy { $0 >= 0x20 && $0 <= 0x7E }
  }
}
