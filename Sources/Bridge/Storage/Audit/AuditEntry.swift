import LibCrypto
public import Postgres

/// What was done, or what a call came to, as a tenant's log has it.
public struct AuditEntry: Sendable, Hashable, Codable {
  /// What an entry tells of.
  public enum Kind: String, Sendable, Codable {
    /// A change, written in the same transaction.
    case change = "CHANGE"
    /// How a call ended.
    case call = "CALL"
    /// Calls of which nothing else is known.
    case loss = "LOSS"
    /// A stream began; how it ended, another entry tells.
    case beginning = "BEGINNING"
    /// Calls that were refused as others just before them.
    case refusals = "REFUSALS"
  }

  /// Whose log it is in.
  public var tenantID: String
  /// Its own identifier, which grows with time.
  public var id: String
  /// What it tells of.
  public var kind: Kind = .change
  /// When the database took it; nil before.
  public var createTime: Timestamp?
  /// Who.
  public var actor = ""
  /// The method or the background job.
  public var action = ""
  /// The resource that changed.
  public var resource = ""
  /// What changed.
  public var change = ""
  /// The call.
  public var call: CallFields
  /// The commitment to the personal data of both bodies.
  public var personalDigest: [UInt8] = []
  /// The commitment to who did it and where that was, where that is sealed for a person: see
  /// `AuditOrigin`. Then `call.address` is empty.
  public var originDigest: [UInt8] = []
  /// What entries of a person are found by: a blind index. Then `actor` is empty.
  public var actorIndex: [UInt8] = []
  /// Who did it and where that was, sealed.
  public var sealedOrigin: [UInt8] = []

  /// What is known of the call.
  public struct CallFields: Sendable, Hashable, Codable {
    /// Its identifier; empty without one.
    public var id = ""
    /// What the credential stood for.
    public var principalKind = ""
    /// The OAuth client.
    public var client = ""
    /// `x5t#S256` of the caller's certificate.
    public var certificate = ""
    /// Where the caller was.
    public var address = ""
    /// The door.
    public var door = ""
    /// The result's name.
    public var code = ""
    /// The error's reason.
    public var reason = ""
    /// When it began.
    public var startTime: Timestamp?
    /// How long it took, in microseconds.
    public var latency = 0
    /// How many messages came.
    public var requestCount = 0
    /// How many messages went.
    public var responseCount = 0
    /// The hash of what came.
    public var requestDigest: [UInt8] = []
    /// The hash of what went.
    public var responseDigest: [UInt8] = []
    /// What came, as JSON.
    public var requestBody = ""
    /// What went, as JSON.
    public var responseBody = ""
    /// Its number in logs and traces, and behind a space what the caller calls its trace.
    public var trace = ""

    /// Fields of no call.
    public init() {}
  }

  /// Creates an entry that nobody has written yet.
  public init(tenantID: String, id: String, kind: Kind) {
    self.tenantID = tenantID
    self.id = id
    self.kind = kind
    call = CallFields()
  }

  /// Reads a row of `SELECT …, e.*`, whose columns are in the order of the migrations.
  ///
  /// - Parameter first: the column that `e.*` begins at.
  public init(_ row: PostgresRow, at first: Int = 0) throws {
    tenantID = try row.uuid(first)
    id = try row.uuid(first + 1)
    actor = try row.text(first + 2)
    action = try row.text(first + 3)
    resource = try row.text(first + 4)
    change = try row.text(first + 5)
    createTime = try row.timestamp(first + 6)
    let word = try row.text(first + 7)
    guard let kind = Kind(rawValue: word) else {
      throw PostgresError(code: .decoding, diagnostic: "no kind of entry: \(word)")
    }
    self.kind = kind
    call = CallFields()
    call.id = try row.optionalUUID(first + 8) ?? ""
    call.principalKind = try row.text(first + 9)
    call.client = try row.text(first + 10)
    call.certificate = try row.text(first + 11)
    call.address = try row.text(first + 12)
    call.door = try row.text(first + 13)
    call.code = try row.text(first + 14)
    call.reason = try row.text(first + 15)
    call.startTime = try row.optionalTimestamp(first + 16)
    call.latency = try row.int(first + 17)
    call.requestCount = try row.int(first + 18)
    call.responseCount = try row.int(first + 19)
    call.requestDigest = try row.bytes(first + 20)
    call.responseDigest = try row.bytes(first + 21)
    call.requestBody = try row.text(first + 22)
    call.responseBody = try row.text(first + 23)
    call.trace = try row.text(first + 24)
    personalDigest = try row.bytes(first + 25)
    // The last ones, whatever other migrations put between.
    let last = row.count - 1
    originDigest = try row.bytes(last - 2)
    actorIndex = try row.bytes(last - 1)
    sealedOrigin = try row.bytes(last)
  }
}
