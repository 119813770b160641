import FoundationEssentials
import LibCrypto

/// A key as an archive of a tenant has it: wrapped, as the key store does.
struct ArchivedKey: Codable {
  var id: String
  var purpose: String
  var subject: String
  var generation: Int
  var wrappingID: String?
  /// Absent for a subject that was erased.
  var wrapped: String?

  init(_ key: StoredKey) {
    id = key.id
    purpose = key.owner.purpose.rawValue
    subject = Hexadecimal.encode(key.owner.subject)
    generation = key.generation
    wrappingID = key.wrappingID
    wrapped = key.wrapped.map { Hexadecimal.encode($0) }
  }

  func key(tenantID: String) throws -> StoredKey {
    guard let purpose = StoredKey.Purpose(rawValue: purpose),
      let subject = Hexadecimal.decode(subject.utf8)
    else { throw VaultError.malformed }
    return StoredKey(
      id: id, owner: .init(tenantID: tenantID, purpose: purpose, subject: subject),
      generation: generation, wrappingID: wrappingID,
      wrapped: try wrapped.map {
        guard let bytes = Hexadecimal.decode($0.utf8) else { throw VaultError.malformed }
        return bytes
      })
  }
}

extension TenantVault {
  /// The keys of a tenant for another key store, each as a JSON object. They open only where the key of
  /// keys is; whoever has them and it, has what they sealed, whoever is erased later.
  public func archivedKeys(tenantID: String) async throws -> [String] {
    try await store.all(tenantID: tenantID).map {
      String(decoding: try JSONEncoder().encode(ArchivedKey($0)), as: UTF8.self)
    }
  }

  /// Says that a tenant's rows are in this database from now on, and takes its keys where the key store
  /// has none. Whoever was erased here stays erased, whatever is given.
  ///
  /// - Parameter archived: empty where the key store has the keys, since the tenant comes from another
  ///   database of the same.
  /// - Throws: where the keys do not open here, or others are there; nothing has changed then.
  public func restore(_ archived: [String], tenantID: String) async throws {
    let keys = try archived.map {
      try JSONDecoder().decode(ArchivedKey.self, from: Data($0.utf8)).key(tenantID: tenantID)
    }
    for key in keys where key.wrappingID == nil && key.wrapped != nil { try await check(key) }
    defer { cache.forget(tenantID: tenantID) }
    try await store.restore(keys, tenantID: tenantID)
  }
}
