/// What a request says, in the parts that a message is made of.
public struct RequestFacts: ~Copyable {
  /// The HTTP method, such as `PATCH`.
  public var verb: String
  /// The values of the template's variables, percent-decoded, in their order.
  public var pathValues: [String]
  /// The query of the URL as it was sent, without the question mark.
  public var query: Substring
  /// The body, without its coding; its bytes are not kept.
  public var body: UnsafeRawBufferPointer
  /// What the body is.
  public var bodyKind: BodyKind
  /// The value of `If-Match`: one strong entity tag with its quotes, or `*`.
  public var ifMatch: String?
  /// The value of `Idempotency-Key`: a string of RFC 8941 section 3.3.3, or a bare token.
  public var idempotencyKey: String?

  /// The facts of a request.
  public init(
    verb: String, pathValues: [String] = [], query: Substring = "",
    body: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
    bodyKind: BodyKind = .none, ifMatch: String? = nil, idempotencyKey: String? = nil
  ) {
    self.verb = verb
    self.pathValues = pathValues
    self.query = query
    self.body = body
    self.bodyKind = bodyKind
    self.ifMatch = ifMatch
    self.idempotencyKey = idempotencyKey
  }
}

/// The message that a request has become.
public struct BoundRequest: Sendable, Equatable {
  /// The serialized request message.
  public var wire: [UInt8]
  /// The query parameters and fields of the body that nobody knows, as the caller wrote them: only
  /// of a lenient binding, and no more than `greatestIgnored`.
  public var ignored: [String]
  /// How the caller wants the answer to be printed (`$alt`, `$prettyPrint`).
  public var print: PrintOptions

  /// How many ignored names are kept.
  public static let greatestIgnored = 32

  /// Makes a bound request.
  public init(wire: [UInt8], ignored: [String] = [], print: PrintOptions = []) {
    self.wire = wire
    self.ignored = ignored
    self.print = print
  }
}
