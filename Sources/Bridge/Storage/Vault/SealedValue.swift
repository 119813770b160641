import LibCrypto

/// A sealed value of version 2: the version, the 16 bytes that name the key, then what `AESGCM.seal`
/// made. All that stands in front is authenticated with the value, and so is the place.
struct SealedValue {
  static let version: UInt8 = 2
  private static let headerSize = 17

  /// The version and the key's name.
  let header: ArraySlice<UInt8>
  /// Nonce, ciphertext and tag.
  let body: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) throws(VaultError) {
    guard bytes.first == Self.version, bytes.count >= Self.headerSize + AESGCM.overhead else {
      throw VaultError.malformed
    }
    header = bytes.prefix(Self.headerSize)
    body = bytes.dropFirst(Self.headerSize)
  }

  /// What stands in front of a value that a key seals.
  static func header(keyID: String) -> [UInt8] {
    [version] + (Hexadecimal.decode(Array(keyID.utf8.filter { $0 != UInt8(ascii: "-") })) ?? [])
  }

  /// The key's name as a UUID.
  var keyID: String {
    let digits = Hexadecimal.encode(Array(header.dropFirst()))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }
}

/// Why something cannot be sealed or opened. It never carries a value.
public struct VaultError: Error, Hashable, Sendable, CustomStringConvertible {
  /// For operators.
  public let description: String

  /// The bytes are no sealed value.
  public static let malformed = VaultError(description: "not a sealed value")
  /// The key store does not have the key that a value names.
  public static let unknownKey = VaultError(
    description: "the key store does not have the key of a sealed value")
  /// Sealed columns are touched where nothing seals.
  public static let absent = VaultError(description: "this way to the database has no vault")
  /// Nothing could open what was restored.
  public static let noKeys = VaultError(
    description: "the key store has no keys of this tenant: the file of its keys is needed")
  /// They seal other rows.
  public static let otherKeys = VaultError(
    description: "the key store has other keys of this tenant than the file")
  /// What is wrapped is none of the keys of keys that are there.
  public static let wrongKeyEncryptionKey = VaultError(
    description: "the key encryption key is not the one that wrapped the key store's keys")
  /// The key of a tenant is destroyed, or its key store was.
  public static let destroyed = VaultError(description: "the tenant's keys are destroyed")
}
