import COpenSSL

/// SHA-256 of bytes that come one after the other.
public final class RunningSHA256 {
  private let context: OpaquePointer

  /// Of nothing yet.
  public init() {
    // Both fail for want of memory only.
    guard let context = EVP_MD_CTX_new(),
      EVP_DigestInit_ex(context, Algorithm.sha256.pointer, nil) == 1
    else { preconditionFailure("SHA-256: \(takeFailureReason())") }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes behind those that came.
  public func update(_ bytes: some Collection<UInt8>) {
    let result = withBytes(bytes) { EVP_DigestUpdate(context, $0, $1) }
    guard result == 1 else { preconditionFailure("SHA-256: \(takeFailureReason())") }
  }

  /// The 32 bytes of the hash of all that came; nothing can be added behind it.
  public func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.size) { output, count in
      guard EVP_DigestFinal_ex(context, output.baseAddress, nil) == 1 else {
        preconditionFailure("SHA-256: \(takeFailureReason())")
      }
      count = SHA256.size
    }
  }
}
