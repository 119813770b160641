public import LibCrypto

/// Seals what rows say of people, and what nobody may read but this program: envelope encryption of
/// values for the place where they are stored.
public protocol DataVault: Sendable {
  /// Seals a value.
  ///
  /// - Parameters:
  ///   - place: where the value is stored; it opens there and nowhere else.
  ///   - subject: whom the value tells of, such as a principal's subject: sealed by a key of that
  ///     subject's own, it is gone when that key is destroyed. Nil for what tells of nobody, which the
  ///     tenant's key seals.
  func seal(_ value: [UInt8], at place: SealedPlace, subject: String?) async throws -> [UInt8]

  /// Opens what was sealed for this place.
  ///
  /// - Returns: the value; nil where its subject was erased.
  /// - Throws: `CryptoError` where the value belongs to another place or was changed.
  func open(_ sealed: [UInt8], at place: SealedPlace) async throws -> [UInt8]?

  /// Fetches what the tenant's next values are sealed by, before a transaction begins that must not
  /// wait for the key store.
  func prepare(tenantID: String) async throws
}

extension DataVault {
  public func prepare(tenantID: String) async throws {}
}
