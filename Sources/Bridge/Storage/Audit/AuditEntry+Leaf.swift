import LibCrypto
import Postgres

extension AuditEntry {
  /// The bytes that the log commits to: one byte of version, then every field behind its length in
  /// four bytes, the most significant first. docs/audit.md has the order of the fields.
  ///
  /// Version 1 has the fields that there were at first. Where one of the later ones is set, it is
  /// version 2, which has all of them: what was sealed before they came stays what it was. Another field
  /// goes to the end of `later`.
  public var leaf: [UInt8] {
    let later = [originDigest, actorIndex]
    let hasLater = later.contains { !$0.isEmpty }
    var fields = LeafFields([hasLater ? 2 : 1])
    func add(_ time: Timestamp?) { fields.add((time.map { String($0.microseconds) } ?? "").utf8) }
    fields.add(tenantID.utf8)
    fields.add(id.utf8)
    fields.add(kind.rawValue.utf8)
    add(createTime)
    for text in [
      actor, action, resource, change, call.id, call.principalKind, call.client, call.certificate,
      call.address, call.door, call.code, call.reason,
    ] { fields.add(text.utf8) }
    add(call.startTime)
    for number in [call.latency, call.requestCount, call.responseCount] {
      fields.add(String(number).utf8)
    }
    fields.add(call.requestDigest)
    fields.add(call.responseDigest)
    for text in [call.requestBody, call.responseBody, call.trace] { fields.add(text.utf8) }
    fields.add(personalDigest)
    if hasLater { for field in later { fields.add(field) } }
    return fields.bytes
  }

  /// The hash of the leaf.
  public var leafHash: [UInt8] { MerkleHash.leaf(leaf) }
}
