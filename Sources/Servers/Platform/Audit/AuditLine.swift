import FoundationEssentials
import LibCrypto
import Pipeline
import Storage

/// An entry as a line of JSON, for Loki, ELK or a file: one record, whatever is in it.
enum AuditLine {
  /// - Parameter leaf: the entry's place and its leaf's hash; nil before it is sealed.
  static func text(
    of entry: AuditEntry, tenant: String, leaf: (index: Int, hash: [UInt8])?
  ) -> String {
    let call = entry.call
    var line = JSONObject()
    line.add("tenant", tenant)
    line.add("tenant_id", entry.tenantID)
    line.add("audit_entry_id", entry.id)
    line.add("kind", entry.kind.rawValue)
    line.add("create_time", time(entry.createTime?.microseconds))
    line.add("actor", entry.actor)
    line.add("action", entry.action)
    line.add("resource", entry.resource)
    line.add("change", entry.change)
    line.add("call_id", call.id)
    line.add("principal_kind", call.principalKind)
    line.add("client", call.client)
    line.add("certificate", call.certificate)
    line.add("address", call.address)
    line.add("door", call.door)
    line.add("code", call.code)
    line.add("reason", call.reason)
    line.add("start_time", time(call.startTime?.microseconds))
    line.add("latency_microseconds", call.latency)
    line.add("request_count", call.requestCount)
    line.add("response_count", call.responseCount)
    line.add("request_digest", Hexadecimal.encode(call.requestDigest))
    line.add("response_digest", Hexadecimal.encode(call.responseDigest))
    line.add("request_body", call.requestBody)
    line.add("response_body", call.responseBody)
    line.add("trace", call.trace)
    line.add("personal_digest", Hexadecimal.encode(entry.personalDigest))
    line.add("origin_digest", Hexadecimal.encode(entry.originDigest))
    line.add("actor_index", Hexadecimal.encode(entry.actorIndex))
    if let leaf {
      line.add("leaf_index", leaf.index)
      line.add("leaf_digest", Hexadecimal.encode(leaf.hash))
    }
    return line.text + "\n"
  }

  /// What stands in the place of an entry that is gone.
  static func text(of fault: AuditFault, tenant: String) -> String {
    var line = JSONObject()
    line.add("tenant", tenant)
    line.add("fault", fault.kind.rawValue)
    if let id = fault.entryID { line.add("audit_entry_id", id) }
    line.add("leaf_index", fault.index)
    return line.text + "\n"
  }

  /// As RFC 3339, to the microsecond; empty where there is none.
  static func time(_ microseconds: Int64?) -> String {
    guard let microseconds else { return "" }
    // Rounded down, so that a time before 1970 has a fraction too.
    let rest = (microseconds % 1_000_000 + 1_000_000) % 1_000_000
    let seconds = (microseconds - rest) / 1_000_000
    let whole = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast()
    let digits = String(rest)
    return "\(whole).\(String(repeating: "0", count: 6 - digits.count))\(digits)Z"
  }
}
