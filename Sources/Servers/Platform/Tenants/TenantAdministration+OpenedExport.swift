import FoundationEssentials
import GeneratedPeople
import Postgres
import Sealing
import Storage

extension TenantAdministration {
  /// What is sealed of the tenant's people, opened for an export: the tables' own rows have it as bytes,
  /// which nobody else could read.
  static let openedTables = ["person_names", "session_devices", "passkey_names"]

  /// Hands out the rows of one of them.
  static func openedRows(
    of table: String, _ change: TenantChange, _ sink: some TenantExportSink
  ) async throws -> Int {
    let tenant = change.tenantID
    typealias Member = Artel_People_V1_Member.Sealed
    typealias Session = Artel_People_V1_Session.Sealed
    switch table {
    case "person_names":
      return try await opened(
        """
        SELECT person_id, sealed_login, sealed_display_name FROM artel.person
        WHERE $1::uuid IS NULL OR person_id > $1 ORDER BY person_id LIMIT 200
        """, ["login", "display_name"], change, sink
      ) { row, id in
        [
          try Member.login.cell(row, 1, tenantID: tenant, key: id),
          try Member.displayName.cell(row, 2, tenantID: tenant, key: id),
        ]
      }
    case "session_devices":
      return try await opened(
        """
        SELECT session_id, sealed_device, sealed_address FROM artel.session
        WHERE $1::uuid IS NULL OR session_id > $1 ORDER BY session_id LIMIT 200
        """, ["device", "address"], change, sink
      ) { row, id in
        [
          try Session.device.cell(row, 1, tenantID: tenant, key: id),
          try Session.address.cell(row, 2, tenantID: tenant, key: id),
        ]
      }
    default:
      return try await opened(
        """
        SELECT passkey_id, sealed_display_name FROM artel.passkey
        WHERE $1::uuid IS NULL OR passkey_id > $1 ORDER BY passkey_id LIMIT 200
        """, ["display_name"], change, sink
      ) { row, id in
        [
          try Artel_People_V1_Passkey.Sealed.displayName.cell(row, 1, tenantID: tenant, key: id)
        ]
      }
    }
  }

  private static func opened(
    _ select: StaticString, _ names: [String], _ change: TenantChange,
    _ sink: some TenantExportSink, _ cells: (PostgresRow, String) throws -> [SealedCell]
  ) async throws -> Int {
    var count = 0
    var last: String?
    while true {
      let rows = try await change.query(Statement(select, .uuid(last)))
      let texts = try await change.vault.texts(try rows.flatMap { try cells($0, try $0.uuid(0)) })
      for (index, row) in rows.enumerated() {
        var fields = ["id": try row.uuid(0)]
        for (position, name) in names.enumerated() {
          fields[name] = texts[index * names.count + position]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try await sink.write(
          row: String(decoding: try encoder.encode(fields), as: UTF8.self))
      }
      count += rows.count
      guard rows.count == 200 else { return count }
      last = try rows.last?.uuid(0)
    }
  }
}
