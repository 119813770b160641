import COpenSSL

/// SHA-256, FIPS 180-4.
public enum SHA256 {
  /// The number of bytes of a hash.
  public static let size = 32

  /// The 32 bytes of the hash of `bytes`.
  public static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { output, count in
      let result = withBytes(bytes) {
        EVP_Digest($0, $1, output.baseAddress, nil, Algorithm.sha256.pointer, nil)
      }
      // Fails for want of memory only.
      guard result == 1 else { preconditionFailure("SHA-256: \(takeFailureReason())") }
      count = size
    }
  }
}

/// HMAC with SHA-256, RFC 2104 and FIPS 198-1.
public enum HMACSHA256 {
  /// The 32 bytes of the code of `message` under `key`.
  public static func code(
    of message: some Collection<UInt8>, key: some Collection<UInt8>
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.size) { output, count in
      let result = withBytes(key) { key, keyCount in
        withBytes(message) { message, messageCount in
          HMAC(
            Algorithm.sha256.pointer, key, Int32(keyCount), message, messageCount,
            output.baseAddress, nil)
        }
      }
      // Fails for want of memory only.
      guard result != nil else { preconditionFailure("HMAC: \(takeFailureReason())") }
      count = SHA256.size
    }
  }

  /// Whether `code` is the code of `message` under `key`, in a time that does not tell where they
  /// differ.
  public static func isValid(
    _ code: some Collection<UInt8>, of message: some Collection<UInt8>,
    key: some Collection<UInt8>
  ) -> Bool {
    constantTimeEqual(code, self.code(of: message, key: key))
  }
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
public func constantTimeEqual(
  _ first: some Collection<UInt8>, _ second: some Collection<UInt8>
) -> Bool {
  guard first.count == second.count else { return false }
  return withBytes(first) { first, count in
    withBytes(second) { second, _ in CRYPTO_memcmp(first, second, count) == 0 }
  }
}
