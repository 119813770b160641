import FoundationEssentials
import GeneratedPrivacy
import LibCrypto
import Postgres
import Storage
import SwiftProtobuf

/// Everything that is held of a subject: the rows that tell of it, then entries of the audit.
struct SubjectRecords: Sendable {
  /// A page is no longer than this, in bytes, or has one record: a message has to hold it.
  static let mostBytes = 1 << 20

  private let subject: String
  private let person: String?
  private let entries: SubjectEntries

  /// Asks the key store, which no transaction must wait for.
  init(_ subject: String, _ vault: TenantVault, tenantID: String) async throws {
    self.subject = subject
    person = SubjectErasure.person(subject)
    entries = try await SubjectEntries(subject, vault, tenantID: tenantID)
  }

  /// Where a page begins.
  private enum Place {
    case rows(table: String, row: String)
    case entries(id: String?)

    init(_ keyset: [String]) {
      switch (keyset.first, keyset.count) {
      case ("rows", 3): self = .rows(table: keyset[1], row: keyset[2])
      case ("entries", 2): self = .entries(id: keyset[1].isEmpty ? nil : keyset[1])
      default: self = .rows(table: "", row: "")
      }
    }

    var keyset: [String] {
      switch self {
      case .rows(let table, let row): ["rows", table, row]
      case .entries(let id): ["entries", id ?? ""]
      }
    }
  }

  /// What is on a page already.
  private struct Filled {
    var records: [Artel_Privacy_V1_SubjectRecord] = []
    private var bytes = 0

    /// Whether it found room.
    mutating func add(_ record: Artel_Privacy_V1_SubjectRecord) throws -> Bool {
      let size: [UInt8] = try record.serializedBytes()
      guard records.isEmpty || bytes + size.count <= SubjectRecords.mostBytes else { return false }
      bytes += size.count
      records.append(record)
      return true
    }
  }

  /// A page of it. The first leaves the audit entry.
  func page(
    _ page: PageRequest, reason: String, _ change: TenantChange
  ) async throws -> Artel_Privacy_V1_SubjectExport {
    if page.after.isEmpty {
      try await change.record(resource: "subjects", change: "exported one: \(reason)")
    }
    var filled = Filled()
    let next: Place?
    switch Place(page.after) {
    case .rows(let table, let row):
      next =
        if let more = try await addRows(behind: (table, row), page.limit, to: &filled, change) {
          more
        } else {
          try await addEntries(behind: nil, page.limit, to: &filled, change)
        }
    case .entries(let id):
      next = try await addEntries(behind: id, page.limit, to: &filled, change)
    }
    return .with {
      $0.records = filled.records
      if let next { $0.nextPageToken = page.nextToken(next.keyset) }
    }
  }

  /// - Returns: where the next page begins; nil where all rows are here.
  private func addRows(
    behind place: (table: String, row: String), _ limit: Int, to filled: inout Filled,
    _ change: TenantChange
  ) async throws -> Place? {
    let rows = try await change.query(
      Statement(
        """
        SELECT table_name, row_name, fields::text, seals::text
        FROM artel.subject_page($1, $2, $3, $4, $5)
        """, .text(subject), .uuid(person), .text(place.table), .text(place.row),
        .int(limit + 1)))
    let records = try await Self.records(Array(rows.prefix(limit)), change)
    var last = place
    for (row, record) in zip(rows, records) {
      guard try filled.add(record) else { return .rows(table: last.table, row: last.row) }
      last = (try row.text(0), try row.text(1))
    }
    return rows.count > limit ? .rows(table: last.table, row: last.row) : nil
  }

  private func addEntries(
    behind id: String?, _ limit: Int, to filled: inout Filled, _ change: TenantChange
  ) async throws -> Place? {
    let room = limit - filled.records.count
    let found = try await entries.next(room + 1, behind: id, change)
    var last = id
    for entry in found.prefix(room) {
      guard try filled.add(entry.record) else { return .entries(id: last) }
      last = entry.id
    }
    return found.count > room ? .entries(id: last) : nil
  }

  /// Rows with what is sealed in them opened, all keys fetched together.
  private static func records(
    _ rows: [PostgresRow], _ change: TenantChange
  ) async throws -> [Artel_Privacy_V1_SubjectRecord] {
    var records: [Artel_Privacy_V1_SubjectRecord] = []
    var cells: [SealedCell] = []
    var places: [(record: Int, field: String)] = []
    for (index, row) in rows.enumerated() {
      let table = try row.text(0)
      let record = try Artel_Privacy_V1_SubjectRecord.with {
        $0.collection = table
        $0.fields = try Google_Protobuf_Struct(jsonString: try row.text(2))
      }
      records.append(record)
      let seals = try JSONDecoder().decode([String: String?].self, from: Data(try row.text(3).utf8))
      for column in SubjectColumns.opened(of: table) {
        guard case .some(.some(let digits)) = seals[column.name],
          let key = record.fields.fields[column.key]
        else { continue }
        cells.append(
          SealedCell(
            Hexadecimal.decode(digits.utf8), table: table, column: column.name,
            tenantID: change.tenantID, key: key.stringValue))
        places.append((index, column.field))
      }
    }
    for (place, text) in zip(places, try await change.vault.texts(cells)) {
      records[place.record].fields.fields[place.field] = .init(stringValue: text)
    }
    return records
  }
}
