import COpenSSL

/// The password-based key derivation of RFC 7914.
public enum Scrypt {
  /// What one derivation may use: 64 MiB, four times what the default parameters need.
  static let maximumMemory = 64 * 1024 * 1024

  /// Derives `length` bytes from a password.
  ///
  /// The defaults cost about 16 MiB and 50 ms: callers bound how many run at once.
  ///
  /// - Parameters:
  ///   - cost: N, a power of two above 1.
  ///   - blockSize: r, at least 1.
  ///   - parallelism: p, 1 to 16.
  ///   - length: 16 to 64 bytes.
  /// - Throws: `limit` for parameters out of range, or that need more than 64 MiB.
  public static func hash(
    password: some Collection<UInt8>, salt: some Collection<UInt8>, cost: Int = 16384,
    blockSize: Int = 8, parallelism: Int = 1, length: Int = 32
  ) throws(CryptoError) -> [UInt8] {
    guard areAcceptable(cost: cost, blockSize: blockSize, parallelism: parallelism),
      (16...64).contains(length)
    else {
      throw CryptoError(.limit, "scrypt parameters are out of range")
    }
    var result: Int32 = 0
    let hash = [UInt8](unsafeUninitializedCapacity: length) { output, count in
      result = withBytes(password) { password, passwordCount in
        withBytes(salt) { salt, saltCount in
          // The password is bytes, not a C string: CChar only by signature.
          password.withMemoryRebound(to: CChar.self, capacity: max(passwordCount, 1)) {
            EVP_PBE_scrypt(
              $0, passwordCount, salt, saltCount, UInt64(cost), UInt64(blockSize),
              UInt64(parallelism), UInt64(maximumMemory * 2), output.baseAddress, length)
          }
        }
      }
      count = result == 1 ? length : 0
    }
    guard result == 1 else { throw .native("scrypt") }
    return hash
  }

  static func areAcceptable(cost: Int, blockSize: Int, parallelism: Int) -> Bool {
    guard cost > 1, cost & (cost - 1) == 0, cost <= 1 << 20 else { return false }
    guard (1...64).contains(blockSize), (1...16).contains(parallelism) else { return false }
    return 128 * cost * blockSize <= maximumMemory
  }
}
