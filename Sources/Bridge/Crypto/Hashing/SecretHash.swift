/// What is stored of a secret: enough to recognise it, not enough to learn it.
///
/// Its text is `scrypt$N$r$p$salt$hash`, salt and hash in base64url, so that parameters can be
/// raised later while what is stored stays readable.
public struct SecretHash: Sendable, Equatable {
  private static let saltSize = 16
  private static let hashSize = 32

  private let cost: Int
  private let blockSize: Int
  private let parallelism: Int
  private let salt: [UInt8]
  private let hash: [UInt8]

  /// Hashes a secret with a new random salt. Takes about 50 ms and 16 MiB.
  public static func make(_ secret: String) throws(CryptoError) -> SecretHash {
    let salt = Random.bytes(saltSize)
    let hash = try Scrypt.hash(password: secret.utf8, salt: salt)
    return SecretHash(cost: 16384, blockSize: 8, parallelism: 1, salt: salt, hash: hash)
  }

  /// A hash that no known secret has. Verifying against it costs what verifying against a real one
  /// does, so that an unknown client takes as long to refuse as a wrong secret (S-C2).
  public static let decoy = SecretHash(
    cost: 16384, blockSize: 8, parallelism: 1, salt: Random.bytes(saltSize),
    hash: Random.bytes(hashSize))

  private init(cost: Int, blockSize: Int, parallelism: Int, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.blockSize = blockSize
    self.parallelism = parallelism
    self.salt = salt
    self.hash = hash
  }

  /// Reads the stored text.
  ///
  /// - Throws: `malformed` for any other form, and for parameters out of the accepted range: a
  ///   planted row must not make one login take a gigabyte.
  public init(parsing text: String) throws(CryptoError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard parts.count == 6, parts[0] == "scrypt",
      let cost = Self.number(parts[1]), let blockSize = Self.number(parts[2]),
      let parallelism = Self.number(parts[3]),
      Scrypt.areAcceptable(cost: cost, blockSize: blockSize, parallelism: parallelism),
      let salt = Base64URL.decode(parts[4]), salt.count == Self.saltSize,
      let hash = Base64URL.decode(parts[5]), hash.count == Self.hashSize
    else {
      throw CryptoError(.malformed, "not the hash of a secret")
    }
    self.init(cost: cost, blockSize: blockSize, parallelism: parallelism, salt: salt, hash: hash)
  }

  /// The text to store.
  public var encoded: String {
    "scrypt$\(cost)$\(blockSize)$\(parallelism)$"
      + Base64URL.encode(salt) + "$" + Base64URL.encode(hash)
  }

  /// Whether this is the hash of `secret`; the comparison takes constant time.
  public func verify(_ secret: String) throws(CryptoError) -> Bool {
    let candidate = try Scrypt.hash(
      password: secret.utf8, salt: salt, cost: cost, blockSize: blockSize,
      parallelism: parallelism, length: Self.hashSize)
    return constantTimeEqual(candidate, hash)
  }

  /// Decimal digits without sign or leading zero.
  private static func number(_ text: Substring) -> Int? {
    guard let value = Int(text), String(value) == text else { return nil }
    return value
  }
}

extension SecretHash: CustomStringConvertible {
  /// Nothing of the hash: descriptions end up in logs.
  public var description: String { "SecretHash(scrypt)" }
}
