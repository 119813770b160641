import COpenSSL

/// One reference to an object of libcrypto, given back when this value ends.
///
/// A noncopyable value lives to the end of its scope, so `pointer` may be used up to there.
struct Owned: ~Copyable {
  let pointer: OpaquePointer
  private let free: (OpaquePointer?) -> Void

  /// Takes over the caller's reference; nil when libcrypto made nothing.
  init?(_ pointer: OpaquePointer?, free: @escaping (OpaquePointer?) -> Void) {
    guard let pointer else { return nil }
    self.pointer = pointer
    self.free = free
  }

  deinit { free(pointer) }
}

/// An algorithm that libcrypto looked up once for the life of the process: a lookup by name costs
/// more than hashing a token.
///
/// `@unchecked Sendable`: a fetched EVP_MD or EVP_CIPHER is never written again after the fetch,
/// its reference count is atomic, and OpenSSL's thread documentation names both as shareable.
final class Algorithm: @unchecked Sendable {
  let pointer: OpaquePointer

  private init(_ pointer: OpaquePointer?) {
    // Without AES or SHA-256 there is no libcrypto to speak of: a broken installation.
    guard let pointer else { preconditionFailure("libcrypto lacks a basic algorithm") }
    self.pointer = pointer
  }

  static let sha256 = Algorithm(EVP_MD_fetch(nil, "SHA256", nil))
  static let sha384 = Algorithm(EVP_MD_fetch(nil, "SHA384", nil))
  static let aes256GCM = Algorithm(EVP_CIPHER_fetch(nil, "AES-256-GCM", nil))
}

/// Takes the reason of the last failure and empties this thread's error queue, which libpq and
/// libgrpc share: a stale entry there would be taken for a failure of their connections.
func takeFailureReason() -> String {
  let code = ERR_peek_last_error()
  ERR_clear_error()
  guard code != 0, let reason = ERR_reason_error_string(code) else { return "no reason given" }
  return String(cString: reason)
}
