import COpenSSL
import Mutation

/// AES-256 in Galois/Counter Mode, NIST SP 800-38D: 96-bit nonces, 128-bit tags.
public enum AESGCM {
  static let nonceSize = 12
  static let tagSize = 16
  /// What sealing adds to the size of a value.
  public static let overhead = nonceSize + tagSize

  /// Encrypts `plaintext` under a new random nonce.
  ///
  /// - Returns: nonce, ciphertext and tag, one after the other.
  /// - Throws: `exhausted` when the key has been used 2^32 times, `limit` above 2 GiB.
  public static func seal(
    _ plaintext: some Collection<UInt8>, key: AES256Key,
    authenticating additional: some Collection<UInt8>
  ) throws(CryptoError) -> [UInt8] {
    try key.countSeal()
    let nonce = Random.bytes(nonceSize)
    return try seal(plaintext, key: key, nonce: nonce, authenticating: additional)
  }

  /// Decrypts what `seal` returned.
  ///
  /// - Throws: `authentication` unless key, additional data and every bit are the same.
  public static func open(
    _ sealed: some Collection<UInt8>, key: AES256Key,
    authenticating additional: some Collection<UInt8>
  ) throws(CryptoError) -> [UInt8] {
    guard sealed.count >= overhead else {
      throw CryptoError(.malformed, "a sealed value has at least \(overhead) bytes")
    }
    guard sealed.count < Int32.max, additional.count < Int32.max else { throw tooLarge }
    guard let context = Owned(EVP_CIPHER_CTX_new(), free: EVP_CIPHER_CTX_free) else {
      throw .native("AES-GCM")
    }
    let size = sealed.count - overhead
    var authentic = false
    let plaintext = [UInt8](unsafeUninitializedCapacity: size + tagSize) { output, count in
      // Never null: the capacity is at least a tag's, which also is what the last step may write.
      guard let base = output.baseAddress else { return }
      authentic = withBytes(sealed) { input, _ in
        withBytes(additional) { additional, additionalCount in
          var written: Int32 = 0
          let cipher = context.pointer
          // EVP_CTRL_AEAD_SET_TAG reads the tag through a pointer that is mutable by signature.
          let tag = UnsafeMutableRawPointer(mutating: input + nonceSize + size)
          return EVP_DecryptInit_ex2(
            cipher, Algorithm.aes256GCM.pointer, key.pointer, input, nil) == 1
            && EVP_DecryptUpdate(cipher, nil, &written, additional, Int32(additionalCount)) == 1
            && EVP_DecryptUpdate(cipher, base, &written, input + nonceSize, Int32(size)) == 1
            && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(tagSize), tag) == 1
            && EVP_DecryptFinal_ex(cipher, base + size, &written) == 1
        }
      }
      if Mutation.isOn(.opensForgedValues) { authentic = true }
      // What was decrypted without a valid tag is not released, not even within the process.
      if !authentic { OPENSSL_cleanse(base, size) }
      count = authentic ? size : 0
    }
    guard authentic else {
      _ = takeFailureReason()
      throw CryptoError(.authentication, "the sealed value does not belong to this key and place")
    }
    return plaintext
  }

  /// Encrypts under a nonce of the caller's: for test vectors only, since a nonce that repeats
  /// gives the key's authentication away.
  static func seal(
    _ plaintext: some Collection<UInt8>, key: AES256Key, nonce: [UInt8],
    authenticating additional: some Collection<UInt8>
  ) throws(CryptoError) -> [UInt8] {
    guard plaintext.count < Int32.max - Int32(overhead), additional.count < Int32.max else {
      throw tooLarge
    }
    guard let context = Owned(EVP_CIPHER_CTX_new(), free: EVP_CIPHER_CTX_free) else {
      throw .native("AES-GCM")
    }
    let size = plaintext.count
    var done = false
    let sealed = [UInt8](unsafeUninitializedCapacity: size + overhead) { output, count in
      // Never null: the capacity is at least `overhead`.
      guard let base = output.baseAddress else { return }
      base.initialize(from: nonce, count: nonceSize)
      done = withBytes(plaintext) { input, _ in
        withBytes(additional) { additional, additionalCount in
          var written: Int32 = 0
          let cipher = context.pointer
          return EVP_EncryptInit_ex2(
            cipher, Algorithm.aes256GCM.pointer, key.pointer, nonce, nil) == 1
            && EVP_EncryptUpdate(cipher, nil, &written, additional, Int32(additionalCount)) == 1
            && EVP_EncryptUpdate(cipher, base + nonceSize, &written, input, Int32(size)) == 1
            && EVP_EncryptFinal_ex(cipher, base + nonceSize + size, &written) == 1
            && EVP_CIPHER_CTX_ctrl(
              cipher, EVP_CTRL_AEAD_GET_TAG, Int32(tagSize), base + nonceSize + size) == 1
        }
      }
      count = done ? size + overhead : 0
    }
    guard done else { throw .native("AES-GCM") }
    return sealed
  }

  private static let tooLarge = CryptoError(.limit, "more than 2 GiB in one sealed value")
}
