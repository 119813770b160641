import NIOHTTP1
import RPC

/// What the gateway reads from the header fields of one request.
struct RequestHeaders {
  /// The fields that the handler sees.
  private(set) var metadata = Metadata()
  private(set) var accept: String?
  private(set) var contentType: String?
  private(set) var contentLength: Int?
  private(set) var isChunked = false
  private(set) var isCompressed = false
  private(set) var expectsContinue = false
  /// The caller asks for another protocol on this connection.
  private(set) var wantsUpgrade = false
  /// There is an `Authorization`, so the answer is for this caller only.
  private(set) var isAuthenticated = false
  /// The shortest of the timeouts that the caller names.
  private(set) var timeout: Duration?
  private(set) var lastEventID: String?
  /// A field named a client certificate: only a TLS layer of our own may do that.
  private(set) var hadCertificateField = false

  /// How many bytes of metadata libgrpc takes by default; a call in process holds the same.
  static let metadataLimit = 8 << 10

  /// - Throws: `Failure` for a head that no route would take.
  init(_ head: HTTPRequestHead) throws(Failure) {
    var hosts = 0
    var bytes = 0
    var connectionOptions: [String] = []
    for (name, value) in head.headers {
      let key = name.lowercased()
      switch key {
      case "host": hosts += 1
      case "authorization":
        // Which of two would count is a guess that an attacker makes for us.
        guard !isAuthenticated else {
          throw Failure(400, .invalidArgument, "the authorization header is there twice")
        }
        isAuthenticated = true
        forward(key, value, &bytes)
      case "accept": accept = accept.map { "\($0),\(value)" } ?? value
      case "content-type":
        guard contentType == nil else {
          throw Failure(400, .invalidArgument, "the content-type header is there twice")
        }
        contentType = value
      case "content-length":
        guard let length = Int(value) else { throw Failure.malformed }
        contentLength = length
      case "content-encoding": isCompressed = isCompressed || value.lowercased() != "identity"
      case "transfer-encoding":
        guard !isChunked, value.lowercased() == "chunked", head.version == .http1_1 else {
          throw Failure.malformed
        }
        isChunked = true
      case "expect":
        guard value.lowercased() == "100-continue" else {
          throw Failure(417, .invalidArgument, "this expectation cannot be met")
        }
        expectsContinue = head.version == .http1_1
      case "connection":
        for option in value.split(separator: ",") {
          connectionOptions.append(option.filter { $0 != " " && $0 != "\t" }.lowercased())
        }
      case "upgrade": wantsUpgrade = true
      case "grpc-timeout":
        guard let timeout = RequestTimeout.grpc(value) else {
          throw Failure(400, .invalidArgument, "grpc-timeout is not a timeout")
        }
        shorten(timeout)
      case "x-server-timeout":
        guard let timeout = RequestTimeout.server(value) else {
          throw Failure(400, .invalidArgument, "x-server-timeout is not a number of seconds")
        }
        shorten(timeout)
      case "last-event-id": lastEventID = value
      default:
        switch HeaderField.disposition(of: key) {
        case .drop: break
        case .dropCertificate: hadCertificateField = true
        case .forward: forward(key, value, &bytes)
        }
      }
    }
    if hosts != 1, head.version == .http1_1 { throw Failure.malformed }
    for option in connectionOptions { metadata.remove(option) }
    guard bytes <= Self.metadataLimit else {
      throw Failure(431, .resourceExhausted, "the request headers are too large")
    }
  }

  /// Whether a body follows the head.
  var hasBody: Bool { isChunked || (contentLength ?? 0) > 0 }

  private mutating func shorten(_ other: Duration) {
    timeout = timeout.map { min($0, other) } ?? other
  }

  private mutating func forward(_ key: String, _ value: String, _ bytes: inout Int) {
    guard HeaderField.isMetadata(key: key, value: value) else { return }
    // As HPACK counts them (RFC 7541 section 4.1), and libgrpc with it.
    bytes += key.utf8.count + value.utf8.count + 32
    metadata.add(value, for: key)
  }
}
