public import Pipeline
public import Postgres
public import Storage

/// Values that are in use of a key that is to go, by column.
public struct KeyUse: Sendable, Hashable {
  /// The table and its column.
  public let place: String
  /// How many values.
  public let values: Int
}

/// What an operator does with the keys that seal a tenant's rows; its audit tells of it.
extension TenantAdministration {
  /// How long the values of one tenant may take to be counted.
  private static let countPatience: Duration = .seconds(3600)

  /// Gives a tenant a new key, and seals its rows anew.
  ///
  /// - Parameter columns: what other domains have sealed.
  /// - Returns: how many values were sealed anew.
  public func rotateVaultKey(
    of tenant: Tenant, columns: [ResealedColumn], reason: String
  ) async throws -> Int {
    try await note("a new key for sealed rows", reason, of: tenant)
    try await database.vault.rotate(tenantID: tenant.id)
    return try await reseal(tenant, columns: columns, reason: reason)
  }

  /// Seals a tenant's rows by its newest keys.
  public func reseal(
    _ tenant: Tenant, columns: [ResealedColumn], reason: String
  ) async throws -> Int {
    let count = try await Resealing(database: database, others: columns).run(tenantID: tenant.id)
    try await note("\(count) values sealed anew", reason, of: tenant)
    return count
  }

  /// Destroys the keys of a tenant that were replaced, where no value is sealed by them.
  ///
  /// - Parameters:
  ///   - age: how old backups of the rows may be: keys that were replaced within this time stay.
  ///   - backup: the pool of the role `artel_backup`, which alone sees every value.
  /// - Returns: how many keys are destroyed, how many stay that nothing is sealed by any more, and what
  ///   values kept the others.
  public func retireVaultKeys(
    of tenant: Tenant, olderThan age: Duration, backup: PostgresPool, reason: String
  ) async throws -> (retired: Int, young: Int, uses: [KeyUse]) {
    let vault = try database.vault
    let replaced = Set(try await vault.replacedKeys(tenantID: tenant.id))
    guard !replaced.isEmpty else { return (0, 0, []) }
    let rewrapped = try await vault.rewrapSubjects(tenantID: tenant.id)
    var used: Set<String> = []
    var uses: [KeyUse] = []
    for row in try await sealedValues(of: tenant.id, backup) {
      guard let key = row.key, replaced.contains(key) else { continue }
      used.insert(key)
      uses.append(KeyUse(place: row.place, values: row.count))
    }
    // Before and behind: what is destroyed and not noted would be nobody's act.
    try await note("keys of sealed rows that were replaced are destroyed", reason, of: tenant)
    let unused = replaced.subtracting(used).sorted()
    let retired = try await vault.retire(unused, olderThan: age, tenantID: tenant.id)
    try await note(
      "\(retired) of \(replaced.count) keys destroyed, \(rewrapped) of subjects wrapped anew",
      reason, of: tenant)
    return (retired, unused.count - retired, uses)
  }

  /// Says of every key that it has sealed all that it may: the key store came from a backup.
  ///
  /// - Parameter keeper: the tenant whose audit tells of it: the one that operates the platform.
  public func useUpVaultKeys(keeper: Tenant?, reason: String) async throws {
    if let keeper { try await note("the key store came from a backup", reason, of: keeper) }
    try await database.vault.useUp()
  }

  /// Wraps the keys of all tenants by the key encryption key that is there now.
  ///
  /// - Parameter keeper: the tenant whose audit tells of it: the one that operates the platform.
  /// - Returns: how many were wrapped.
  public func rollKeyEncryptionKey(keeper: Tenant?, reason: String) async throws -> Int {
    let vault = try database.vault
    try await vault.check()
    if let keeper { try await note("the key encryption key is rolled", reason, of: keeper) }
    let count = try await vault.rewrap()
    if let keeper {
      try await note("the key encryption key is rolled: \(count) keys wrapped", reason, of: keeper)
    }
    return count
  }

  /// Counts what the key encryption key itself has sealed, before there were keys of tenants: it is
  /// needed as long as there is any.
  public func valuesOfKeyEncryptionKeys(backup: PostgresPool) async throws -> Int {
    let tenants = try await backup.query(
      Statement("SELECT tenant_id FROM artel.tenant"), in: nil,
      deadline: .now + Self.countPatience)
    var count = 0
    for id in try tenants.map({ try $0.uuid(0) }) {
      for row in try await sealedValues(of: id, backup) where row.key == nil { count += row.count }
    }
    return count
  }

  private func sealedValues(
    of tenantID: String, _ backup: PostgresPool
  ) async throws -> [(place: String, key: String?, count: Int)] {
    try await backup.query(
      Statement(
        "SELECT place, key_id, uses FROM artel.sealed_values($1) ORDER BY place",
        .uuid(tenantID)), in: nil, deadline: .now + Self.countPatience
    ).map { (try $0.text(0), try $0.optionalUUID(1), try $0.int(2)) }
  }

  private func note(_ text: String, _ reason: String, of tenant: Tenant) async throws {
    try await change(in: tenant.id, "SealRows") { change in
      try await change.record(
        resource: "tenants/\(tenant.name)",
        change: reason.isEmpty ? text : "\(text): \(reason)")
    }
  }
}
