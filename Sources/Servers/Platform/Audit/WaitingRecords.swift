import Pipeline

/// Records that wait in memory, each tenant's within its share: whose calls are many, or whose messages
/// are long, keeps nobody else's out.
struct WaitingRecords {
  /// The most bytes of a tenant's messages that are looked into at once, so that the others' do not
  /// wait for long.
  static let round = 2 << 20
  /// In place of a tenant for what is nobody's.
  private static let nobody = ""

  private var queues: [String: [CallRecord]] = [:]
  private var records: FairShare
  private var bytes: FairShare

  /// - Parameters:
  ///   - capacity: the most records.
  ///   - bytes: the most bytes of their messages.
  init(capacity: Int, bytes: Int) {
    records = FairShare(limit: capacity)
    self.bytes = FairShare(limit: bytes)
  }

  var count: Int { records.total }
  var isEmpty: Bool { queues.isEmpty }

  /// Whether a tenant's calls find room; nil for nobody's.
  func hasRoom(for tenantID: String?) -> Bool {
    let key = tenantID ?? Self.nobody
    return records.fits(1, of: key) && bytes.fits(1, of: key)
  }

  /// Adds a record; without its messages where only these find no room.
  ///
  /// - Returns: whether it found room.
  mutating func add(_ record: CallRecord) -> Bool {
    let key = Self.key(of: record)
    guard records.fits(1, of: key) else { return false }
    var record = record
    if record.size > 0, !bytes.fits(record.size, of: key) { record.leaveOutMessages() }
    records.take(1, of: key)
    bytes.take(record.size, of: key)
    queues[key, default: []].append(record)
    return true
  }

  /// Takes records out, of everybody some.
  mutating func take() -> [CallRecord] {
    var all: [CallRecord] = []
    for (key, queue) in queues {
      var (count, size) = (0, 0)
      while count < queue.count, size < Self.round {
        size += queue[count].size
        count += 1
      }
      records.giveBack(count, of: key)
      bytes.giveBack(size, of: key)
      all += queue[..<count]
      queues[key] = count < queue.count ? Array(queue[count...]) : nil
    }
    return all
  }

  /// Whoever has no credential takes nothing of the share of the tenant that it asks something of.
  private static func key(of record: CallRecord) -> String {
    guard let tenantID = record.tenantID else { return nobody }
    return record.caller == nil ? "-\(tenantID)" : tenantID
  }
}

extension CallRecord {
  /// How many bytes its messages have.
  fileprivate var size: Int { (request?.count ?? 0) + (response?.count ?? 0) }

  fileprivate mutating func leaveOutMessages() {
    request = nil
    response = nil
    lacksMessages = true
  }
}
