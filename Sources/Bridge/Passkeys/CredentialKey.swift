import CFido2

/// The public key of a passkey.
public struct CredentialKey: Sendable, Hashable {
  /// The algorithms that passkeys may have (RFC 9053), the best first.
  public enum Algorithm: Int32, Sendable, CaseIterable {
    /// Ed25519.
    case edDSA = -8
    /// ECDSA on P-256 with SHA-256.
    case es256 = -7
    /// RSA of 2048 bits, PKCS #1 v1.5 with SHA-256.
    case rs256 = -257
  }

  /// Its algorithm.
  public let algorithm: Algorithm
  /// The key as libfido2 has it: x and y; a point of Ed25519; the modulus and three bytes of the
  /// exponent.
  public let bytes: [UInt8]

  /// Takes a key as it was stored.
  public init(algorithm: Algorithm, bytes: [UInt8]) {
    self.algorithm = algorithm
    self.bytes = bytes
  }
}

/// A key of libfido2, freed when this value ends.
struct NativeKey: ~Copyable {
  let pointer: OpaquePointer
  private let algorithm: CredentialKey.Algorithm

  private init(pointer: OpaquePointer, algorithm: CredentialKey.Algorithm) {
    self.pointer = pointer
    self.algorithm = algorithm
  }

  /// Makes it; nil where the bytes are no key of the algorithm.
  static func make(_ key: CredentialKey) -> NativeKey? {
    let made: OpaquePointer? =
      switch key.algorithm {
      case .edDSA: eddsa_pk_new()
      case .es256: es256_pk_new()
      case .rs256: rs256_pk_new()
      }
    guard let made else { return nil }
    let native = NativeKey(pointer: made, algorithm: key.algorithm)
    // Copies the bytes.
    let result =
      switch key.algorithm {
      case .edDSA: eddsa_pk_from_ptr(made, key.bytes, key.bytes.count)
      case .es256: es256_pk_from_ptr(made, key.bytes, key.bytes.count)
      case .rs256: rs256_pk_from_ptr(made, key.bytes, key.bytes.count)
      }
    guard result == artel_fido_ok else { return nil }
    return native
  }

  deinit {
    // Sets what it is given to null, which is this copy of the pointer.
    var pointer: OpaquePointer? = pointer
    switch algorithm {
    case .edDSA: eddsa_pk_free(&pointer)
    case .es256: es256_pk_free(&pointer)
    case .rs256: rs256_pk_free(&pointer)
    }
  }
}
