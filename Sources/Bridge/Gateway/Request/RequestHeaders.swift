import Mutation
import RPC
import Telemetry

/// What the gateway reads from the header fields of one request.
struct RequestHeaders {
  /// The fields that the handler sees.
  private(set) var metadata = Metadata()
  private(set) var host: String?
  private(set) var accept: String?
  private(set) var acceptLanguage: String?
  private(set) var contentType: String?
  /// The members of `Content-Encoding`.
  private(set) var contentEncoding: String?
  /// The members of `Accept-Encoding`.
  private(set) var acceptEncoding: String?
  private(set) var expectsContinue = false
  /// The caller asks for another protocol on this connection.
  private(set) var wantsUpgrade = false
  /// The caller keeps what stands behind an answer (RFC 9110 section 6.5.1).
  private(set) var takesTrailers = false
  /// There is an `Authorization`, so the answer is for this caller only.
  private(set) var isAuthenticated = false
  /// The shortest of the timeouts that the caller names.
  private(set) var timeout: Duration?
  private(set) var lastEventID: String?
  private(set) var ifMatch: String?
  private(set) var ifNoneMatch: String?
  private(set) var idempotencyKey: String?
  /// Whom proxies say that they speak for, the last one last; no handler sees it.
  private(set) var forwardedFor: String?
  /// The page that a browser calls for.
  private(set) var origin: String?
  /// What a browser keeps for this host: for the routes alone whose contracts name one.
  private var cookies: String?
  /// A browser asks what it may ask (`Access-Control-Request-Method`).
  private(set) var asksForMethod = false
  /// A field named a client certificate: only a TLS layer of our own may do that.
  private(set) var hadCertificateField = false
  /// Why no route would take the request; the first reason counts.
  private(set) var failure: Failure?

  /// How many bytes of metadata libgrpc takes by default; a call in process holds the same.
  static let metadataLimit = 8 << 10

  private var bytes = 0
  private var traceParents = 0
  private var traceParent: String?
  private var traceState: String?
  /// The trace that the request is of: its number goes into the answer.
  private(set) var traceID = TraceID.make()
  /// Whether the trace begins here.
  private(set) var beganTrace = false

  /// - Parameters:
  ///   - mapping: Which fields become metadata.
  ///   - trustsTrace: Whether the caller's trace goes on here; asked only where it names one.
  init(_ head: RequestHead, _ mapping: HeaderMapping, _ trustsTrace: () -> Bool) {
    metadata.reserveCapacity(head.headers.count + 1)
    var connectionOptions: [String] = []
    for (key, value) in head.headers {
      if let field = KnownField(key) {
        take(field, key, value, head, &connectionOptions)
      } else {
        take(unknown: key, value, mapping)
      }
    }
    for option in connectionOptions { metadata.remove(option) }
    trace(trustsTrace)
    if bytes > Self.metadataLimit {
      fail(Failure(431, .resourceExhausted, "the request headers are too large"))
    }
  }

  private mutating func take(
    _ field: KnownField, _ key: String, _ value: String, _ head: RequestHead,
    _ connectionOptions: inout [String]
  ) {
    switch field {
    case .host: host = value
    case .authorization:
      // Which of two would count is a guess that an attacker makes for us.
      if isAuthenticated, !Mutation.isOn(.takesTwoAuthorizations) {
        fail(.header("authorization", "is there twice"))
      }
      isAuthenticated = true
      forward(key, value)
    case .accept: accept = Self.joined(accept, value)
    case .acceptEncoding: acceptEncoding = Self.joined(acceptEncoding, value)
    case .acceptLanguage:
      acceptLanguage = Self.joined(acceptLanguage, value)
      forward(key, value)
    case .contentType:
      if contentType != nil { fail(.header("content-type", "is there twice")) }
      contentType = value
    case .contentEncoding: contentEncoding = Self.joined(contentEncoding, value)
    case .contentRange:
      // A part must not replace the whole (RFC 9110 section 14.5).
      if head.method == .PUT { fail(.header("content-range", "a part cannot be put")) }
    case .framing: break  // Read with the head.
    case .expect:
      if value.lowercased() == "100-continue" {
        expectsContinue = head.version != .http1_0
      } else {
        fail(Failure(417, .invalidArgument, "this expectation cannot be met"))
      }
    case .connection:
      for option in value.split(separator: ",") {
        let option = option.trimmingSpacesAndTabs
        if option != "keep-alive", option != "close" {
          connectionOptions.append(option.lowercased())
        }
      }
    case .upgrade: wantsUpgrade = true
    case .te:
      takesTrailers =
        takesTrailers
        || value.split(separator: ",").contains {
          $0.trimmingSpacesAndTabs.lowercased() == "trailers"
        }
    case .grpcTimeout:
      if let timeout = RequestTimeout.grpc(value) {
        shorten(timeout)
      } else {
        fail(.header("grpc-timeout", "must be one to eight digits and a unit: H, M, S, m, u, n"))
      }
    case .serverTimeout:
      if let timeout = RequestTimeout.server(value) {
        shorten(timeout)
      } else {
        fail(.header("x-server-timeout", "must be a number of seconds"))
      }
    case .lastEventID: lastEventID = value
    case .ifMatch:
      ifMatch = Self.joined(ifMatch, value)
      forward(key, value)
    case .ifNoneMatch:
      ifNoneMatch = Self.joined(ifNoneMatch, value)
      forward(key, value)
    case .idempotencyKey:
      if let idempotencyKey, idempotencyKey != value {
        fail(.header("Idempotency-Key", "is there twice"))
      }
      idempotencyKey = value
      forward(key, value)
    case .forwardedFor: forwardedFor = Self.joined(forwardedFor, value)
    case .origin:
      origin = value
      forward(key, value)
    // HTTP/2 may have each in a field of its own (RFC 9113 section 8.2.3).
    case .cookie: cookies = cookies.map { "\($0); \(value)" } ?? value
    case .requestMethod: asksForMethod = true
    case .requestHeaders: break
    case .traceParent:
      traceParents += 1
      traceParent = value
    case .traceState: traceState = Self.joined(traceState, value)
    }
  }

  private mutating func take(unknown key: String, _ value: String, _ mapping: HeaderMapping) {
    switch HeaderField.disposition(of: key) {
    case .drop: break
    case .dropCertificate: hadCertificateField = true
    case .forward where mapping == .all && key.hasSuffix("-bin"): forward(binary: key, value)
    case .forward: forward(key, value)
    }
  }

  /// Reads the fields again as those of a call: bytes are metadata, too, and what its protocol says
  /// is not.
  mutating func takeCall(_ head: RequestHead) {
    for (key, _) in head.headers {
      if key.hasPrefix("connect-") {
        metadata.remove(key)
      } else if key.hasSuffix("-bin"), metadata.firstBinary(key) == nil,
        case .forward = HeaderField.disposition(of: key)
      {
        for (other, value) in head.headers where other == key { forward(binary: key, value) }
      }
    }
    if bytes > Self.metadataLimit {
      fail(Failure(431, .resourceExhausted, "the request headers are too large"))
    }
  }

  /// What the handler of a route sees: the `Host` and a cookie too where its contract says so.
  func metadata(for route: Route) -> Metadata {
    guard route.seesHost || route.cookieName != nil else { return metadata }
    var metadata = metadata
    if route.seesHost, let host, HeaderField.isMetadata(key: "host", value: host) {
      metadata.add(host, for: ReservedMetadata.hostKey)
    }
    if let name = route.cookieName, let cookies, route.isRead || isFromOwnPage,
      let value = Cookie.value(of: name, in: cookies)
    {
      metadata.add(value, for: ReservedMetadata.cookieKey)
    }
    return metadata
  }

  /// Whether a page of this door's own asks. Without `Origin` nobody knows: a browser always says it
  /// of what is neither GET nor HEAD.
  private var isFromOwnPage: Bool {
    guard let origin, let host else { return false }
    return HostField.isOrigin(origin, of: host) || Mutation.isOn(.takesCookiesOfOtherSites)
  }

  private static func joined(_ before: String?, _ value: String) -> String {
    before.map { "\($0),\(value)" } ?? value
  }

  private mutating func fail(_ failure: Failure) {
    if self.failure == nil { self.failure = failure }
  }

  private mutating func shorten(_ other: Duration) {
    timeout = timeout.map { min($0, other) } ?? other
  }

  // MARK: Metadata

  private mutating func forward(_ key: String, _ value: String) {
    guard HeaderField.isMetadata(key: key, value: value) else { return }
    // As HPACK counts them (RFC 7541 section 4.1), and libgrpc with it.
    bytes += key.utf8.count + value.utf8.count + 32
    metadata.add(value, for: key)
  }

  private mutating func forward(binary key: String, _ value: String) {
    guard HeaderField.isKey(key) else { return }
    // Several values of a key may stand in one field (gRPC over HTTP/2, "Requests").
    for part in value.split(separator: ",", omittingEmptySubsequences: false) {
      guard let binary = HeaderField.bytes(part.trimmingSpacesAndTabs) else {
        return fail(.header(key, "must be base64"))
      }
      bytes += key.utf8.count + part.utf8.count + 32
      metadata.add(binary: binary, for: key)
    }
  }

  /// Passes on where the call belongs to, or begins a trace. What is not as W3C Trace Context has it
  /// is as if it were not there (section 3.4); what somebody says who is not trusted comes behind.
  private mutating func trace(_ trusts: () -> Bool) {
    guard traceParents == 1, let traceParent, let parent = SpanContext(traceparent: traceParent)
    else { return beginTrace() }
    guard trusts() || Mutation.isOn(.trustsEveryTrace) else {
      beginTrace()
      return forward("traceparent", traceParent)
    }
    traceID = parent.traceID
    forward("traceparent", traceParent)
    if let traceState, TraceContext.isState(traceState) { forward("tracestate", traceState) }
  }

  private mutating func beginTrace() {
    beganTrace = true
    forward(
      "traceparent",
      SpanContext(traceID: traceID, spanID: .make(), isSampled: false).traceparent)
  }
}
