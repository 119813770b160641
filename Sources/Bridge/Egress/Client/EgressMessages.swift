/// A request to another system.
public struct EgressRequest: Sendable {
  /// The methods in use.
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"

    /// Whether twice is as good as once (RFC 9110 section 9.2.2).
    var isIdempotent: Bool { self != .post }
  }

  /// What is done there, as breakers and metrics name it.
  public var operation: String
  /// How.
  public var method: Method
  /// Where.
  public var url: String
  /// The header, names in lower case.
  public var headers: [(name: String, value: String)]
  /// The content, where there is one.
  public var body: [UInt8]?
  /// The key under which the other system does it once, however often it comes.
  public var idempotencyKey: String?
  /// Whether the call is repeated here at all. Who follows rules of its own about that says no.
  public var isRetried = true

  /// Creates a request.
  public init(
    operation: String, method: Method = .get, url: String,
    headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
    idempotencyKey: String? = nil
  ) {
    self.operation = operation
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.idempotencyKey = idempotencyKey
  }

  var mayBeRepeated: Bool { isRetried && (method.isIdempotent || idempotencyKey != nil) }
}

/// An answer of another system, whatever its status.
public struct EgressResponse: Sendable {
  /// The status code.
  public let status: Int
  /// The header, names in lower case, the first of equal names.
  public let headers: [String: String]
  /// The content, unpacked.
  public let body: [UInt8]
  /// How many attempts it took.
  public let attempts: Int

  /// How long the other system asks to be left alone (RFC 9110 section 10.2.3).
  public var retryAfter: Duration? {
    headers["retry-after"].flatMap { RetryAfter.pause($0, date: headers["date"]) }
  }
}
