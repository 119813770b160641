import LibCrypto
import Pipeline
import RPC
import Storage

/// What one call leaves behind, before it is sealed and written.
struct CallEntry: Sendable, Codable {
  var entry: AuditEntry
  /// The personal data of both bodies as JSON, behind a salt; nil where there is none.
  var personal: [UInt8]?
  /// Whom the personal data tells of, and is sealed for.
  var subject = ""
  /// The person whose call it was, and whom its address tells of; nil where it was nobody's, or a
  /// client's.
  var person: String?

  /// Whether it tells of a person, and so has to be sealed before it is written.
  var isPersons: Bool { personal != nil || person != nil }

  /// How many calls it stands for; that of a stream's beginning is its end's.
  var count: Int {
    switch entry.kind {
    case .refusals: entry.call.requestCount
    case .beginning: 0
    case .change, .call, .loss: 1
    }
  }
}

/// Makes entries of calls: by the contracts, off the calls' way.
struct CallEntries: Sendable {
  /// The most bytes of a body that are kept.
  static let bodyLimit = 4096
  /// The most bytes of personal data that are kept of a body.
  static let personalLimit = 8192
  /// The most bytes of a text that a caller chose.
  static let textLimit = 256
  /// What a body that is cut needs besides: a name, a number, what closes objects.
  private static let margin = 256
  /// In place of a body for which there was no room in memory.
  private static let noRoom = #"{"[truncated]":true}"#

  let contracts: AuditContracts

  /// What many refused calls leave behind: their number stands in place of that of messages.
  func entry(of sum: RefusalSums.Sum) -> CallEntry {
    var made = CallEntry(
      entry: AuditEntry(tenantID: sum.tenantID, id: UUIDv7.make(), kind: .refusals))
    write(sum.record, to: &made)
    made.entry.call.requestCount = sum.count
    made.entry.call.trace = ""
    return made
  }

  /// - Parameter tenantID: whose log it is for.
  func entry(of record: CallRecord, tenantID: String) -> CallEntry {
    var made = CallEntry(
      entry: AuditEntry(
        tenantID: tenantID, id: UUIDv7.make(), kind: record.isBeginning ? .beginning : .call))
    write(record, to: &made)
    var call = made.entry.call
    let principal = record.caller?.principal
    let contract = contracts[record.method]
    // A person's own call tells of that person. Whom another's tells of nobody can say here: what is
    // not kept needs no erasure.
    let isPersons = principal?.kind == .user
    let salt = Random.bytes(16)
    var personal: [String] = []
    if let request = record.request {
      let keeps = contract?.keepsRequest ?? false
      let body = Body(request, contract?.request, keeps: keeps, isPersons: isPersons, salt: salt)
      call.requestCount = 1
      call.requestDigest = body.digest
      call.requestBody = body.kept
      personal += body.personal(of: "request")
    } else if let requests = record.passed?.requests {
      call.requestCount = requests.count
      if contract?.request.isClean ?? false { call.requestDigest = requests.digest }
    }
    if let response = record.response {
      let keeps = contract?.keepsResponse ?? false
      let body = Body(response, contract?.response, keeps: keeps, isPersons: isPersons, salt: salt)
      call.responseCount = 1
      call.responseDigest = body.digest
      call.responseBody = body.kept
      personal += body.personal(of: "response")
    } else if let responses = record.passed?.responses {
      call.responseCount = responses.count
      if contract?.response.isClean ?? false { call.responseDigest = responses.digest }
    }
    if record.lacksMessages { call.requestBody = Self.noRoom }
    made.entry.call = call
    if !personal.isEmpty, let principal {
      let value = salt + Array("{\(personal.joined(separator: ","))}".utf8)
      made.personal = value
      made.entry.personalDigest = SHA256.hash(value)
      made.subject = principal.subject
    }
    return made
  }

  /// What a record says besides its messages.
  private func write(_ record: CallRecord, to made: inout CallEntry) {
    let principal = record.caller?.principal
    made.entry.actor = JSONText.prefix(principal?.subject ?? "", Self.textLimit)
    made.entry.action = String(record.method.dropFirst())
    made.person = principal.map { $0.isPerson ? $0.subject : nil } ?? record.facts?.subject
    made.entry.call.id = record.id ?? record.facts?.id ?? ""
    made.entry.call.principalKind = principal?.kind.auditWord ?? ""
    made.entry.call.client = principal?.clientID ?? ""
    made.entry.call.certificate = principal?.certificateThumbprint ?? ""
    made.entry.call.address = JSONText.prefix(record.address, Self.textLimit)
    made.entry.call.door = record.door.rawValue
    made.entry.call.code = record.code.name
    made.entry.call.reason = record.reason
    made.entry.call.startTime = .init(microseconds: record.startTime)
    made.entry.call.latency = Int(record.duration / .microseconds(1))
    made.entry.call.trace = [record.trace.map { "\($0)" }, record.callersTrace]
      .compactMap { $0.map { JSONText.prefix($0, Self.textLimit) } }.joined(separator: " ")
  }

  /// One message, as far as it may be kept.
  private struct Body {
    var kept = ""
    var digest: [UInt8] = []
    private var values: [(path: String, value: String)] = []
    private var isCut = false

    init(
      _ message: MessageBytes, _ plan: RedactionPlan?, keeps: Bool, isPersons: Bool, salt: [UInt8]
    ) {
      let wish = RedactedBody.Wish(
        limit: keeps ? CallEntries.bodyLimit - CallEntries.margin : 0,
        personalLimit: keeps && isPersons ? CallEntries.personalLimit : 0, digests: true)
      guard let plan, let redacted = RedactedBody(message, plan: plan, wish: wish) else { return }
      kept = redacted.json
      values = redacted.personal
      isCut = redacted.isPersonalCut && wish.personalLimit > 0
      // Whoever knows little of a message could try the rest against a plain hash of it: so without
      // secrets, and where there is personal data behind the salt that is sealed with it.
      digest =
        redacted.holdsPersonalData ? SHA256.hash(salt + redacted.digest) : redacted.digest
    }

    /// The personal data as members of a JSON object.
    func personal(of message: String) -> [String] {
      values.map { "\(JSONText.quoted("\(message).\($0.path)")):\($0.value)" }
        + (isCut ? [#""\#(message).[truncated]":true"#] : [])
    }
  }
}
