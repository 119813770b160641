import Logging
public import Pipeline
import Postgres

/// What is known before a tenant is known: tenants, issuers, clients, authorities. Over the
/// directory's own database role, which sees these of every tenant and nothing else.
///
/// Answers are remembered for a second: so long may a suspended tenant or a disabled client go on
/// (S-A20). Without the database, and without a fresh answer, every question fails with UNAVAILABLE.
public final class PlatformDirectory: IdentityDirectory {
  /// How long an answer counts.
  public static let freshness: Duration = .seconds(1)
  /// The longest that one question may take.
  private static let patience: Duration = .seconds(2)
  private static let capacity = 10_000

  private let store: DirectoryStore
  private let baseDomain: BaseDomain
  private let keySets: IssuerKeySets
  private let tenantsByName: DirectoryCache<String, Tenant?>
  private let tenantsByID: DirectoryCache<String, Tenant?>
  private let issuers: DirectoryCache<String, DirectoryStore.Issuer?>
  private let clients: DirectoryCache<String, ClientRecord?>
  typealias PublishedList = (der: [UInt8]?, time: Int64)

  private let publishedLists: DirectoryCache<ListKey, PublishedList?>
  private let certificateTrusts: DirectoryCache<String, CertificateTrust>

  /// - Parameters:
  ///   - pool: the pool of the role `artel_directory`.
  ///   - keySets: where the keys of issuers come from.
  init(
    pool: PostgresPool, baseDomain: BaseDomain, keyFetcher: any KeyDocumentFetcher, logger: Logger,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    let store = DirectoryStore(
      pool: pool, baseDomain: baseDomain, patience: Self.patience, logger: logger)
    self.store = store
    self.baseDomain = baseDomain
    keySets = IssuerKeySets(store: store, fetcher: keyFetcher, logger: logger, now: now)
    func cache<Value: Sendable>(
      _ load: @escaping @Sendable (String) async throws -> Value
    ) -> DirectoryCache<String, Value> {
      DirectoryCache(life: Self.freshness, capacity: Self.capacity, now: now, load: load)
    }
    tenantsByName = cache { try await store.tenant(named: $0) }
    tenantsByID = cache { try await store.tenant(id: $0) }
    issuers = cache { try await store.issuer($0) }
    clients = cache { try await store.client($0) }
    publishedLists = DirectoryCache(life: Self.freshness, capacity: 1_000, now: now) {
      try await store.publishedList(tenantID: $0.tenantID, authorityID: $0.authorityID)
    }
    certificateTrusts = cache { try await store.certificateTrust(tenantID: $0) }
  }

  public func issuer(_ iss: String) async throws -> TokenIssuerRecord? {
    if let name = baseDomain.tenantName(ofIssuer: iss) {
      guard let tenant = try await tenantsByName.value(name) else { return nil }
      return TokenIssuerRecord(
        tenant: tenant, alias: "artel", issuer: tenant.issuer, audiences: [baseDomain.audience],
        profile: .artel, algorithms: ["ES256"], keys: keySets.own(tenantID: tenant.id))
    }
    guard Self.isAskable(iss), let record = try await issuers.value(iss),
      let tenant = try await tenantsByID.value(record.tenantID)
    else { return nil }
    return TokenIssuerRecord(
      tenant: tenant, alias: record.alias, issuer: record.issuer, audiences: record.audiences,
      profile: record.profile, algorithms: record.algorithms, keys: keySets.remote(record))
  }

  public func tenant(named name: String) async throws -> Tenant? {
    guard BaseDomain.isTenantName(name) else { return nil }
    let tenant = try await tenantsByName.value(name)
    // A call without a credential is the tenant's that it names, whatever comes of it.
    if let tenant { CallFacts.current?.concern(tenant.id) }
    return tenant
  }

  public func tenant(id: String) async throws -> Tenant? {
    guard TenantIdentifier.isValid(id) else { return nil }
    return try await tenantsByID.value(id)
  }

  public func certificateTrust(tenantID: String) async throws -> CertificateTrust {
    guard TenantIdentifier.isValid(tenantID) else { return CertificateTrust(authorities: []) }
    return try await certificateTrusts.value(tenantID)
  }

  /// The revocation list of a tenant's authority, as it was published last.
  func publishedList(tenantID: String, authorityID: String) async throws -> PublishedList? {
    try await publishedLists.value(ListKey(tenantID: tenantID, authorityID: authorityID))
  }

  private struct ListKey: Hashable {
    let tenantID: String
    let authorityID: String
  }

  /// The client of an identifier. Its secrets' hashes are not the directory's to see:
  /// `secretHashes` is empty.
  public func client(_ clientID: String) async throws -> ClientRecord? {
    guard ClientIdentifier.isValid(clientID) else { return nil }
    return try await clients.value(clientID)
  }

  /// A page of tenants in the order of their names; asked anew each time.
  func tenants(after name: String?, limit: Int) async throws -> [TenantRow] {
    try await store.tenants(after: name, limit: limit)
  }

  /// The tenants of a cell that may work, for its background jobs; asked anew each time.
  public func activeTenantIDs(of cell: String) async throws -> [String] {
    try await store.activeTenantIDs(of: cell)
  }

  /// The public keys of a tenant's own issuer.
  func keySet(tenantID: String) async throws -> [PublicSigningKey] {
    try await keySets.own(tenantID: tenantID).keys(refresh: false)
  }

  /// Whether a text may go to the database: text there has no NUL.
  private static func isAskable(_ issuer: String) -> Bool {
    (1...2000).contains(issuer.utf8.count) && !issuer.utf8.contains(0)
  }
}
