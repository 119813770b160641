/// Seals values for the place where they are stored.
///
/// A sealed value is: one byte of version (1), the 8 bytes that name the key, a 12-byte nonce, the
/// ciphertext, a 16-byte tag. Authenticated with it are version, key name and place.
///
/// New values are sealed by the first key; values of the other keys still open, so that a key can
/// be rolled while both are in use.
public struct Envelope: Sendable {
  private static let version: UInt8 = 1
  private static let headerSize = 1 + KeyEncryptionKey.identifierSize

  private let active: KeyEncryptionKey
  private let keys: [[UInt8]: KeyEncryptionKey]

  /// Takes the key that seals, and keys of older values.
  public init(key: KeyEncryptionKey, older: [KeyEncryptionKey] = []) {
    active = key
    var keys = [key.identifier: key]
    for old in older { keys[old.identifier] = old }
    self.keys = keys
  }

  /// Seals a value for a place.
  ///
  /// - Throws: `exhausted` when the key has sealed 2^32 values in this process.
  public func seal(
    _ plaintext: some Collection<UInt8>, at place: SealedPlace
  ) throws(CryptoError) -> [UInt8] {
    let header = [Self.version] + active.identifier
    return header
      + (try AESGCM.seal(
        plaintext, key: active.key, authenticating: header + place.authenticatedData))
  }

  /// Opens what was sealed for this place.
  ///
  /// - Throws: `malformed`, `unknownKey`, or `authentication` where the value belongs to another
  ///   place or was changed.
  public func open(
    _ sealed: some Collection<UInt8>, at place: SealedPlace
  ) throws(CryptoError) -> [UInt8] {
    guard sealed.count >= Self.headerSize + AESGCM.overhead, sealed.first == Self.version else {
      throw CryptoError(.malformed, "not a sealed value of version 1")
    }
    let header = Array(sealed.prefix(Self.headerSize))
    let identifier = Array(header.dropFirst())
    guard let key = keys[identifier]?.key else {
      throw CryptoError(.unknownKey, "sealed by key \(Hexadecimal.encode(identifier))")
    }
    return try AESGCM.open(
      sealed.dropFirst(Self.headerSize), key: key,
      authenticating: header + place.authenticatedData)
  }

  /// A key for one purpose that follows from the key that seals: those of other purposes tell nothing
  /// of it. When another key begins to seal, it is another one.
  public func derivedKey(for purpose: String) -> [UInt8] {
    HMACSHA256.code(of: Array("artel derived key: \(purpose)".utf8), key: active.key.bytes)
  }

  /// Whether a value names one of these keys.
  public func knows(_ sealed: some Collection<UInt8>) -> Bool {
    sealed.first == Self.version
      && keys[Array(sealed.dropFirst().prefix(KeyEncryptionKey.identifierSize))] != nil
  }

  /// Whether a value was sealed by another key than the one that seals now, and is to be sealed
  /// anew before that key goes.
  public func isOutdated(_ sealed: some Collection<UInt8>) -> Bool {
    sealed.count < Self.headerSize
      || !sealed.dropFirst().prefix(KeyEncryptionKey.identifierSize).elementsEqual(
        active.identifier)
  }
}
