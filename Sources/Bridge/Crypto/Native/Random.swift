import COpenSSL

/// Random bytes from libcrypto's generator, fit for keys.
public enum Random {
  /// Returns `count` random bytes.
  ///
  /// Ends the process when the system has no randomness to give: nothing that could be returned
  /// instead would be safe.
  public static func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let result = count == 0 ? 1 : RAND_bytes(buffer.baseAddress, Int32(count))
      guard result == 1 else { preconditionFailure("no randomness: \(takeFailureReason())") }
      initialized = count
    }
  }
}
