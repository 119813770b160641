public import LibCrypto
import Logging
public import Pipeline
import Synchronization

/// Tells the operator of revocation lists that are past their next update, or soon will be: until a
/// newer one is brought, the clients of their authority do not come in (S-B21).
public final class StaleListAlarm: Sendable {
  /// How long before the end it is said.
  private static let notice: Int64 = 3_600
  /// How often it is said again of one tenant, in seconds.
  private static let repetition: Int64 = 3_600
  /// How long a tenant's lists count after they were looked at last. Open connections look every two
  /// seconds, and whoever is shut out knocks; a tenant that was erased or suspended does neither.
  private static let memory: Int64 = 600
  private static let remembered = 10_000
  private static let rememberedLists = 200

  private struct Lists {
    /// When the first of them ends; nil where none can be read.
    var end: Int64?
    var looked: Int64
  }

  private let logger = Logger(label: "artel.certificates")
  private let said = Mutex<[String: Int64]>([:])
  /// The lists in use, by tenant: a list that was replaced is in it no more.
  private let tenants = Mutex<[String: Lists]>([:])
  /// When the first list of an authority ends, nil where one cannot be read; by the lists' text,
  /// which is long to read and seldom changes.
  private let ends = Mutex<[String: Int64?]>([:])

  /// Creates an alarm that has seen nothing.
  public init() {}

  /// When the first of the lists ends that are in use, in Unix seconds; nil where none is.
  public func firstEnd(now: Int64 = UnixTime.now()) -> Int64? {
    tenants.withLock { tenants in
      tenants.values.filter { $0.looked + Self.memory > now }.compactMap(\.end).min()
    }
  }

  /// Looks at a tenant's lists, as they are now.
  public func look(_ trust: CertificateTrust, of tenant: String, now: Int64 = UnixTime.now()) {
    var first: Int64?
    for authority in trust.authorities where !authority.revocationListsPEM.isEmpty {
      guard let ends = end(of: authority.revocationListsPEM) else {
        say("a revocation list cannot be read: nobody comes in by certificate", tenant, now)
        continue
      }
      first = min(first ?? ends, ends)
      if ends < now {
        say("a revocation list is stale: its authority's clients do not come in", tenant, now)
      } else if ends < now + Self.notice {
        say("a revocation list is stale within the hour", tenant, now)
      }
    }
    tenants.withLock { [first] tenants in
      if tenants.count >= Self.remembered, tenants[tenant] == nil {
        tenants = tenants.filter { $0.value.looked + Self.memory > now }
      }
      if first == nil {
        tenants[tenant] = nil
      } else if tenants.count < Self.remembered || tenants[tenant] != nil {
        tenants[tenant] = Lists(end: first, looked: now)
      }
    }
  }

  private func end(of pem: String) -> Int64? {
    if let known = ends.withLock({ $0[pem] }) { return known }
    let end = try? CertificateRevocationList.lists(pem: pem).map(\.nextUpdate).min()
    ends.withLock { ends in
      if ends.count >= Self.rememberedLists { ends.removeAll() }
      ends[pem] = .some(end)
    }
    return end
  }

  private func say(_ text: Logger.Message, _ tenant: String, _ now: Int64) {
    let isDue = said.withLock { said in
      let key = "\(tenant) \(text)"
      if let last = said[key], last + Self.repetition > now { return false }
      if said.count >= Self.remembered { said.removeAll() }
      said[key] = now
      return true
    }
    if isDue { logger.error(text, metadata: ["tenant": "\(tenant)"]) }
  }
}
