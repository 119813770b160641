public import LibCrypto

/// The key of keys: it wraps the tenants' keys, and nothing else. It may be in a file, or in a token
/// that never gives it away.
public protocol KeyEncryption: Sendable {
  /// Wraps a key for the row in which it is stored.
  func wrap(_ key: AES256Key, for place: SealedPlace) async throws -> [UInt8]

  /// Unwraps what was wrapped for this row, by this key or an older one.
  func unwrap(_ wrapped: [UInt8], for place: SealedPlace) async throws -> AES256Key

  /// Whether another key than the one that wraps now wrapped it.
  func isOutdated(_ wrapped: [UInt8]) -> Bool

  /// Whether it was wrapped by a key that is known here.
  func knows(_ wrapped: [UInt8]) -> Bool
}

/// Several keys of keys, wherever they are: the first wraps, all unwrap. So one can take the place of
/// another, a token's of a file's and the other way round.
public struct KeyRing: KeyEncryption {
  private let active: any KeyEncryption
  private let others: [any KeyEncryption]

  /// Takes the one that wraps, and those that wrapped before it or will.
  public init(_ active: any KeyEncryption, others: [any KeyEncryption]) {
    self.active = active
    self.others = others
  }

  public func wrap(_ key: AES256Key, for place: SealedPlace) async throws -> [UInt8] {
    try await active.wrap(key, for: place)
  }

  public func unwrap(_ wrapped: [UInt8], for place: SealedPlace) async throws -> AES256Key {
    for encryption in [active] + others where encryption.knows(wrapped) {
      return try await encryption.unwrap(wrapped, for: place)
    }
    throw VaultError.wrongKeyEncryptionKey
  }

  public func isOutdated(_ wrapped: [UInt8]) -> Bool { active.isOutdated(wrapped) }

  public func knows(_ wrapped: [UInt8]) -> Bool {
    ([active] + others).contains { $0.knows(wrapped) }
  }
}

/// Keys of keys that are in files: the first wraps, all unwrap.
public struct FileKeyEncryption: KeyEncryption {
  private let envelope: Envelope

  /// Takes the key that wraps, and others that unwrap: those that wrapped before it or will.
  public init(_ key: KeyEncryptionKey, others: [KeyEncryptionKey] = []) {
    envelope = Envelope(key: key, older: others)
  }

  public func wrap(_ key: AES256Key, for place: SealedPlace) async throws -> [UInt8] {
    try envelope.seal(key.bytes, at: place)
  }

  public func unwrap(_ wrapped: [UInt8], for place: SealedPlace) async throws -> AES256Key {
    try AES256Key(try envelope.open(wrapped, at: place))
  }

  public func isOutdated(_ wrapped: [UInt8]) -> Bool { envelope.isOutdated(wrapped) }

  public func knows(_ wrapped: [UInt8]) -> Bool { envelope.knows(wrapped) }
}
