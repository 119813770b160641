import Mutation
import Pipeline

/// The revocations that are known, found by what a credential says of itself.
struct RevocationTable: Sendable {
  private struct Key: Hashable {
    let kind: Revocation.Kind
    let id: String
  }

  private struct Entry {
    var notBefore: Int64
    var expireTime: Int64
  }

  private var tenants: [String: [Key: Entry]] = [:]

  /// How many there are.
  private(set) var count = 0

  /// Adds a revocation; says whether it is news.
  @discardableResult
  mutating func add(_ revocation: Revocation) -> Bool {
    let key = Key(kind: revocation.kind, id: revocation.id)
    let known = tenants[revocation.tenantID]?[key]
    // Of two, the stricter in each respect.
    let entry = Entry(
      notBefore: max(revocation.notBefore, known?.notBefore ?? .min),
      expireTime: max(revocation.expireTime, known?.expireTime ?? .min))
    if let known, known.notBefore == entry.notBefore, known.expireTime == entry.expireTime {
      return false
    }
    tenants[revocation.tenantID, default: [:]][key] = entry
    if known == nil { count += 1 }
    return true
  }

  /// Forgets those whose time is over.
  mutating func removeExpired(now: Int64) {
    tenants = tenants.mapValues { $0.filter { $0.value.expireTime > now } }.filter {
      !$0.value.isEmpty
    }
    count = tenants.values.reduce(0) { $0 + $1.count }
  }

  /// Whether something that is named by `id` and was issued at `issuedAt` is revoked.
  func contains(
    _ kind: Revocation.Kind, _ id: String, tenantID: String, issuedAt: Int64 = 0
  ) -> Bool {
    guard let entries = tenants[tenantID] else { return false }
    return Self.contains(kind, id, entries, issuedAt)
  }

  /// Whether a credential is revoked by whatever it says of itself.
  func revokes(_ principal: Principal, tenantID: String) -> Bool {
    guard let entries = tenants[tenantID], !Mutation.isOn(.ignoresRevocations) else {
      return false
    }
    let issuedAt = principal.issuedAt ?? 0
    func has(_ kind: Revocation.Kind, _ id: String?) -> Bool {
      id.map { Self.contains(kind, $0, entries, issuedAt) } ?? false
    }
    let client = Mutation.isOn(.keepsRevokedClients) ? nil : principal.clientID
    return has(.tenant, "") || has(.client, client) || has(.subject, principal.subject)
      || has(.token, principal.tokenID) || has(.family, principal.sessionID)
      || has(.certificate, principal.certificateThumbprint) || has(.key, principal.keyID)
  }

  private static func contains(
    _ kind: Revocation.Kind, _ id: String, _ entries: [Key: Entry], _ issuedAt: Int64
  ) -> Bool {
    guard let entry = entries[Key(kind: kind, id: id)] else { return false }
    return !kind.sparesLater || issuedAt <= entry.notBefore
  }
}
