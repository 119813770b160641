import COpenSSL

/// SHA-1, FIPS 180-4: only where a protocol wants it and nothing depends on its strength, as in the
/// handshake of RFC 6455.
public enum SHA1 {
  /// The number of bytes of a hash.
  public static let size = 20

  /// The 20 bytes of the hash of `bytes`.
  public static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { output, count in
      let result = withBytes(bytes) {
        EVP_Digest($0, $1, output.baseAddress, nil, EVP_sha1(), nil)
      }
      // Fails for want of memory only.
      guard result == 1 else { preconditionFailure("SHA-1: \(takeFailureReason())") }
      count = size
    }
  }
}
