import GeneratedPrivacy
import LibCrypto
import Postgres
import Storage
import SwiftProtobuf

/// Entries of the audit that tell of a subject: what it did, and what somebody did in its name, such as
/// a sign-in. They are found by what is sealed for it, and shown with that opened.
struct SubjectEntries: Sendable {
  private let subject: String
  private let index: [UInt8]
  /// The keys that ever sealed something for it, as the digits that sealed values begin with.
  private let keys: [String]

  /// Asks the key store, which no transaction must wait for.
  init(_ subject: String, _ vault: TenantVault, tenantID: String) async throws {
    self.subject = subject
    index = try await vault.auditIndex(of: subject, tenantID: tenantID)
    keys = try await vault.keyIDs(ofSubject: subject, tenantID: tenantID).map {
      $0.filter { $0 != "-" }
    }
  }

  /// The next ones, the oldest first.
  func next(
    _ limit: Int, behind id: String?, _ change: TenantChange
  ) async throws -> [(id: String, record: Artel_Privacy_V1_SubjectRecord)] {
    let rows = try await change.query(
      Statement(
        """
        WITH own AS (
          (SELECT audit_entry_id FROM artel.audit_entry
            WHERE tenant_id = $1 AND actor_index = $2 AND octet_length(actor_index) = 16
              AND ($5::uuid IS NULL OR audit_entry_id > $5)
            ORDER BY audit_entry_id LIMIT $6)
          UNION (SELECT audit_entry_id FROM artel.audit_entry
            WHERE tenant_id = $1 AND actor = $3 AND ($5::uuid IS NULL OR audit_entry_id > $5)
            ORDER BY audit_entry_id LIMIT $6)
          UNION (SELECT audit_entry_id FROM artel.audit_entry
            WHERE tenant_id = $1 AND octet_length(actor_index) = 0
              AND octet_length(sealed_origin) > 17
              AND encode(substring(sealed_origin FROM 2 FOR 16), 'hex') = ANY ($4)
              AND ($5::uuid IS NULL OR audit_entry_id > $5)
            ORDER BY audit_entry_id LIMIT $6))
        SELECT e.sealed_personal, e.* FROM own
        JOIN artel.audit_entry AS e
          ON e.tenant_id = $1 AND e.audit_entry_id = own.audit_entry_id
        ORDER BY e.audit_entry_id LIMIT $6
        """, .uuid(change.tenantID), .bytes(index), .text(subject), .textArray(keys), .uuid(id),
        .int(limit)))
    let shown = try await change.vault.shown(try rows.map { try AuditEntry($0, at: 1) })
    let personal = try await self.personal(rows, change)
    return zip(shown, personal).map { shown, personal in
      (shown.entry.id, Self.record(shown.entry, personal))
    }
  }

  /// The personal data of the messages of its own calls.
  private func personal(_ rows: [PostgresRow], _ change: TenantChange) async throws -> [String] {
    let sealed = try rows.map { row in
      SealedCell(
        try row.optionalBytes(0), table: "audit_entry", column: "sealed_personal",
        tenantID: change.tenantID, key: try row.uuid(2))
    }
    return try await change.vault.values(sealed).map { value in
      switch value {
      case .absent: ""
      case .erased: TenantVault.erased
      case .opened(let bytes):
        String(decoding: bytes.dropFirst(AuditOrigin.saltSize), as: UTF8.self)
      }
    }
  }

  private static func record(
    _ entry: AuditEntry, _ personal: String
  ) -> Artel_Privacy_V1_SubjectRecord {
    let call = entry.call
    let texts = [
      "audit_entry_id": entry.id, "kind": entry.kind.rawValue,
      "create_time": AuditLine.time(entry.createTime?.microseconds), "actor": entry.actor,
      "action": entry.action, "resource": entry.resource, "change": entry.change,
      "call_id": call.id, "principal_kind": call.principalKind, "client": call.client,
      "address": call.address, "door": call.door, "code": call.code, "reason": call.reason,
      "start_time": AuditLine.time(call.startTime?.microseconds),
      "request_body": call.requestBody, "response_body": call.responseBody,
      "trace": call.trace, "personal": personal,
    ]
    return .with {
      $0.collection = "audit_entry"
      for (name, text) in texts where !text.isEmpty {
        $0.fields.fields[name] = .init(stringValue: text)
      }
    }
  }
}
