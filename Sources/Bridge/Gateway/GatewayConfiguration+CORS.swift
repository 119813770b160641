/// Which pages of other origins may call the door from a browser (Fetch, "CORS protocol").
public struct CORS: Sendable {
  /// The origins that may, as browsers write them: `https://app.example`, `http://localhost:3000`.
  /// Nil stands for every origin.
  public let origins: Set<String>?
  /// Whether a browser may send what it keeps for this door, such as client certificates. The door
  /// itself takes no cookies; a page that sets `Authorization` needs none of it.
  public let allowsCredentials: Bool
  /// How long a browser may keep what a preflight said; it takes two hours at most.
  public var maxAge: Duration = .seconds(600)
  /// The request headers that pages may set besides those that every page may.
  public var allowedHeaders = Self.usualRequestHeaders
  /// The response headers that pages may read besides those that every page may.
  public var exposedHeaders = Self.usualResponseHeaders

  /// The request headers that this door reads.
  public static let usualRequestHeaders = [
    "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match",
    "Last-Event-ID", "grpc-timeout", "X-Server-Timeout", "X-Request-Id", "traceparent",
    "tracestate", "Connect-Protocol-Version", "Connect-Timeout-Ms", "Connect-Accept-Encoding",
    "Connect-Content-Encoding", "X-Grpc-Web", "X-User-Agent", "grpc-accept-encoding",
    "grpc-encoding",
  ]

  /// The response headers that this door sends.
  public static let usualResponseHeaders = [
    "ETag", "Location", "Content-Disposition", "Retry-After", "Artel-Ignored-Fields",
    "Idempotent-Replayed", "X-Request-Id", "RateLimit", "RateLimit-Policy", "Deprecation",
    "Sunset", "WWW-Authenticate", "Allow", "grpc-status", "grpc-message",
    "grpc-status-details-bin", "grpc-encoding", "Connect-Content-Encoding",
  ]

  /// Some origins, or all of them.
  ///
  /// - Parameters:
  ///   - origins: The origins; the one member `*` stands for every origin.
  ///   - allowsCredentials: False for every origin: any page could act as whoever looks at it.
  /// - Throws: `GatewayError` with `.badOrigin` for a text that is no origin, for `*` beside others or
  ///   with credentials.
  public init(origins: [String], allowsCredentials: Bool = false) throws(GatewayError) {
    self.allowsCredentials = allowsCredentials
    guard !origins.contains("*") else {
      guard origins.count == 1, !allowsCredentials else {
        throw GatewayError(
          code: .badOrigin,
          message: "the origin '*' stands alone, and never with credentials")
      }
      self.origins = nil
      return
    }
    for origin in origins where !Self.isOrigin(origin) {
      throw GatewayError(
        code: .badOrigin,
        message: "'\(origin)' is no origin such as https://app.example: scheme, host, port, in "
          + "lower case, without the scheme's own port and without a path")
    }
    self.origins = Set(origins)
  }

  /// Whether a text is an origin as browsers serialize it (RFC 6454 section 6.2): no other text would
  /// ever be equal to one.
  private static func isOrigin(_ text: String) -> Bool {
    guard let mark = text.range(of: "://") else { return false }
    let scheme = text[..<mark.lowerBound]
    let authority = text[mark.upperBound...]
    guard let first = scheme.utf8.first, (0x61...0x7A).contains(first),
      scheme.utf8.allSatisfy({ byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2B
          || byte == 0x2D || byte == 0x2E
      })
    else { return false }
    var host = authority
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      host = authority[..<colon]
      let port = authority[authority.index(after: colon)...]
      guard (1...5).contains(port.utf8.count), port.first != "0",
        port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port),
        number <= 65_535, number != (scheme == "https" ? 443 : scheme == "http" ? 80 : 0)
      else { return false }
    }
    if host.hasPrefix("["), host.hasSuffix("]"), host.utf8.count > 2 {
      return host.dropFirst().dropLast().utf8.allSatisfy { byte in
        (0x30...0x3A).contains(byte) || (0x61...0x66).contains(byte) || byte == 0x2E
      }
    }
    return !host.isEmpty
      && host.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
          || byte == 0x2E || byte == 0x5F
      }
  }
}

extension String {
  /// Where a text first stands.
  fileprivate func range(of part: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
