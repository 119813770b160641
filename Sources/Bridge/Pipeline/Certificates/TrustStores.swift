import LibCrypto
import Mutation
import Synchronization

/// The authorities of tenants, read once for as long as they stay the same: lists are long, and a
/// verdict holds for a second only.
final class TrustStores: Sendable {
  private static let remembered = 1_000

  private struct Entry {
    let authorities: [CertificateTrust.Authority]
    let store: TrustStore
  }

  private let entries = Mutex<[String: Entry]>([:])

  /// The store of a tenant's authorities.
  func store(
    of trust: CertificateTrust, tenantID: String
  ) throws(CertificateError) -> TrustStore {
    if let known = entries.withLock({ $0[tenantID] }), known.authorities == trust.authorities {
      return known.store
    }
    let store = try Self.read(trust)
    entries.withLock { entries in
      if entries.count >= Self.remembered { entries.removeAll() }
      entries[tenantID] = Entry(authorities: trust.authorities, store: store)
    }
    return store
  }

  private static func read(_ trust: CertificateTrust) throws(CertificateError) -> TrustStore {
    var roots: [Certificate] = []
    var intermediates: [Certificate] = []
    var lists: [CertificateRevocationList] = []
    let known = Mutation.isOn(.knowsOneAuthority) ? 1 : trust.authorities.count
    for authority in trust.authorities.prefix(known) {
      roots.append(try Certificate(pem: authority.certificatePEM))
      if !authority.intermediatesPEM.isEmpty {
        intermediates += try Certificate.chain(pem: authority.intermediatesPEM)
      }
      lists += try CertificateRevocationList.lists(pem: authority.revocationListsPEM)
    }
    return try TrustStore(roots: roots, intermediates: intermediates, revocationLists: lists)
  }
}
