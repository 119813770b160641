import GeneratedPeople
import GeneratedPrivacy
import Postgres
import Sealing
import Storage
import SwiftProtobuf

/// Everything that is held of a subject.
struct SubjectRecords: Sendable {
  private let subject: String
  private let person: String?

  init(_ subject: String) {
    self.subject = subject
    person = SubjectErasure.person(subject)
  }

  /// A page of it. The first begins with what is sealed, and leaves the audit entry.
  func page(
    _ page: PageRequest, reason: String, _ change: TenantChange
  ) async throws -> Artel_Privacy_V1_SubjectExport {
    let offset = page.after.first.flatMap { Int($0) }
    if offset == nil {
      try await change.record(resource: "subjects", change: "exported one: \(reason)")
    }
    let rows = try await change.query(
      Statement(
        """
        SELECT table_name, fields::text FROM artel.subject_rows($1, $2)
        ORDER BY table_name, fields::text OFFSET $3 LIMIT $4
        """, .text(subject), .uuid(person), .int(offset ?? 0), .int(page.limit + 1)))
    var records = try rows.prefix(page.limit).map { row in
      try Self.record(
        try row.text(0), try Google_Protobuf_Struct(jsonString: try row.text(1)))
    }
    if offset == nil { records = try await sealed(change) + records }
    return .with {
      $0.records = records
      if rows.count > page.limit {
        $0.nextPageToken = page.nextToken([String((offset ?? 0) + page.limit)])
      }
    }
  }

  private static func record(
    _ collection: String, _ fields: Google_Protobuf_Struct
  ) throws -> Artel_Privacy_V1_SubjectRecord {
    .with {
      $0.collection = collection
      $0.fields = fields
    }
  }

  /// What the subject's own key seals.
  private func sealed(_ change: TenantChange) async throws -> [Artel_Privacy_V1_SubjectRecord] {
    guard let person else { return [] }
    typealias Member = Artel_People_V1_Member.Sealed
    typealias Session = Artel_People_V1_Session.Sealed
    typealias Passkey = Artel_People_V1_Passkey.Sealed
    let people = try await change.query(
      Statement(
        """
        SELECT person_id, sealed_login, sealed_display_name FROM artel.person WHERE person_id = $1
        """, .uuid(person)))
    let sessions = try await change.query(
      Statement(
        """
        SELECT session_id, sealed_device, sealed_address FROM artel.session WHERE person_id = $1
        ORDER BY session_id
        """, .uuid(person)))
    let passkeys = try await change.query(
      Statement(
        """
        SELECT passkey_id, sealed_display_name FROM artel.passkey WHERE person_id = $1
        ORDER BY passkey_id
        """, .uuid(person)))
    return try await opened(
      people, "person", ["login": Member.login.cell, "display_name": Member.displayName.cell],
      ["login", "display_name"], change)
      + opened(
        sessions, "session", ["device": Session.device.cell, "address": Session.address.cell],
        ["device", "address"], change)
      + opened(
        passkeys, "passkey", ["display_name": Passkey.displayName.cell], ["display_name"], change)
  }

  private typealias Cell = (PostgresRow, Int, String, String) throws -> SealedCell

  private func opened(
    _ rows: [PostgresRow], _ collection: String, _ columns: [String: Cell], _ order: [String],
    _ change: TenantChange
  ) async throws -> [Artel_Privacy_V1_SubjectRecord] {
    let cells = try rows.flatMap { row in
      let id = try row.uuid(0)
      return try order.enumerated().compactMap { position, name in
        try columns[name]?(row, position + 1, change.tenantID, id)
      }
    }
    let texts = try await change.vault.texts(cells)
    return try rows.enumerated().map { index, row in
      var fields = Google_Protobuf_Struct()
      fields.fields["\(collection)_id"] = .init(stringValue: try row.uuid(0))
      for (position, name) in order.enumerated() {
        fields.fields[name] = .init(stringValue: texts[index * order.count + position])
      }
      return try Self.record(collection, fields)
    }
  }
}
