import LibCrypto
import Pipeline
import Postgres
import Storage

/// An entry as it waits in the spool: whose it is in 36 bytes, and a JSON object of the row.
enum SpooledEntry {
  /// In place of a tenant for what is nobody's.
  static let platform = String(repeating: "-", count: 36)

  static func bytes(of made: CallEntry, sealed: [UInt8]?) -> [UInt8] {
    let (entry, call) = (made.entry, made.entry.call)
    var row = JSONObject()
    row.add("audit_entry_id", entry.id)
    row.add("kind", entry.kind.rawValue)
    row.add("actor", storable(entry.actor))
    row.add("action", entry.action)
    if !call.id.isEmpty { row.add("call_id", call.id) }
    row.add("principal_kind", call.principalKind)
    row.add("client", storable(call.client))
    row.add("certificate", call.certificate)
    row.add("address", storable(call.address))
    row.add("door", call.door)
    row.add("code", call.code)
    row.add("reason", storable(call.reason))
    if let time = call.startTime { row.add("start_microseconds", Int(time.microseconds)) }
    row.add("latency_microseconds", call.latency)
    row.add("request_count", call.requestCount)
    row.add("response_count", call.responseCount)
    row.add("request_digest", Hexadecimal.encode(call.requestDigest))
    row.add("response_digest", Hexadecimal.encode(call.responseDigest))
    row.add("request_body", storable(call.requestBody))
    row.add("response_body", storable(call.responseBody))
    row.add("trace", storable(call.trace))
    row.add("personal_digest", Hexadecimal.encode(entry.personalDigest))
    row.add("origin_digest", Hexadecimal.encode(entry.originDigest))
    row.add("actor_index", Hexadecimal.encode(entry.actorIndex))
    row.add("sealed_origin", Hexadecimal.encode(entry.sealedOrigin))
    if let sealed { row.add("sealed_personal", Hexadecimal.encode(sealed)) }
    return Array(entry.tenantID.utf8) + Array(row.text.utf8)
  }

  static func bytes(of refusals: RefusedCalls) -> [UInt8] {
    var row = JSONObject()
    row.add("platform_audit_entry_id", refusals.id)
    row.add("action", refusals.action)
    row.add("door", refusals.door)
    row.add("network", storable(refusals.network))
    row.add("code", refusals.code)
    row.add("reason", storable(refusals.reason))
    row.add("count", refusals.count)
    row.add("start_microseconds", Int(refusals.startTime))
    return Array(platform.utf8) + Array(row.text.utf8)
  }

  /// Whose a record is.
  static func tenantID(of record: [UInt8]) -> String? {
    record.count > 36 ? String(decoding: record[..<36], as: UTF8.self) : nil
  }

  /// Whose a record is, and the row.
  static func parts(of record: [UInt8]) -> (tenantID: String, row: String)? {
    guard record.count > 36 else { return nil }
    return (
      String(decoding: record[..<36], as: UTF8.self), String(decoding: record[36...], as: UTF8.self)
    )
  }

  /// Adds rows of one tenant; those that are there already stay as they are.
  static func insertion(_ rows: [String], of tenantID: String) -> Statement {
    let list = "[\(rows.joined(separator: ","))]"
    guard tenantID != platform else {
      return Statement(
        """
        INSERT INTO artel.platform_audit_entry
          (platform_audit_entry_id, action, door, network, code, reason, count, start_time)
        SELECT platform_audit_entry_id, action, door, network, code, reason, count,
          'epoch'::timestamptz + start_microseconds * interval '1 microsecond'
        FROM jsonb_to_recordset($1) AS r (platform_audit_entry_id uuid, action text, door text,
          network text, code text, reason text, count bigint, start_microseconds bigint)
        ON CONFLICT DO NOTHING
        """, .jsonb(list))
    }
    return Statement(
      """
      INSERT INTO artel.audit_entry
        (tenant_id, audit_entry_id, kind, actor, action, resource, change, call_id, principal_kind,
          client, certificate, address, door, code, reason, start_time, latency_microseconds,
          request_count, response_count, request_digest, response_digest, request_body,
          response_body, trace, personal_digest, sealed_personal, origin_digest, actor_index,
          sealed_origin)
      SELECT $1, audit_entry_id, kind, actor, action, '', '', call_id, principal_kind, client,
        certificate, address, door, code, reason,
        'epoch'::timestamptz + start_microseconds * interval '1 microsecond', latency_microseconds,
        request_count, response_count, decode(request_digest, 'hex'),
        decode(response_digest, 'hex'), request_body, response_body, trace,
        decode(personal_digest, 'hex'), decode(sealed_personal, 'hex'),
        coalesce(decode(origin_digest, 'hex'), ''), coalesce(decode(actor_index, 'hex'), ''),
        coalesce(decode(sealed_origin, 'hex'), '')
      FROM jsonb_to_recordset($2) AS r (audit_entry_id uuid, kind text, actor text, action text,
        call_id uuid, principal_kind text, client text, certificate text, address text, door text,
        code text, reason text, start_microseconds bigint, latency_microseconds bigint,
        request_count bigint, response_count bigint, request_digest text, response_digest text,
        request_body text, response_body text, trace text, personal_digest text,
        sealed_personal text, origin_digest text, actor_index text, sealed_origin text)
      -- What comes late of an erased tenant begins no log anew.
      WHERE NOT EXISTS (SELECT FROM artel.tenant WHERE tenant_id = $1 AND state = 'ERASED')
      ON CONFLICT (tenant_id, audit_entry_id) DO NOTHING
      """, .uuid(tenantID), .jsonb(list))
  }

  /// PostgreSQL's texts have no NUL.
  private static func storable(_ text: String) -> String {
    text.utf8.contains(0) ? text.replacing("\0", with: "\u{fffd}") : text
  }
}
