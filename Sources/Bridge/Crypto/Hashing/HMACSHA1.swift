import COpenSSL

/// HMAC with SHA-1, RFC 2104: what authenticators speak (RFC 6238 section 1.2). Its strength does not
/// rest on collisions of SHA-1.
public enum HMACSHA1 {
  /// The 20 bytes of the code of `message` under `key`.
  public static func code(
    of message: some Collection<UInt8>, key: some Collection<UInt8>
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA1.size) { output, count in
      let result = withBytes(key) { key, keyCount in
        withBytes(message) { message, messageCount in
          HMAC(EVP_sha1(), key, Int32(keyCount), message, messageCount, output.baseAddress, nil)
        }
      }
      // Fails for want of memory only.
      guard result != nil else { preconditionFailure("HMAC: \(takeFailureReason())") }
      count = SHA1.size
    }
  }
}
