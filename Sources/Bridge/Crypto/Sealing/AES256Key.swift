import COpenSSL
import Synchronization

/// A key of AES-256, wiped from memory when it is no longer used.
///
/// `@unchecked Sendable`: the memory is written in `init` only and wiped in `deinit`, when no other
/// reference is left; the counter is atomic.
public final class AES256Key: @unchecked Sendable {
  /// The number of bytes of a key.
  public static let size = 32
  /// How many values one key may seal with random nonces, SP 800-38D section 8.3.
  static let sealLimit: UInt64 = 1 << 32

  /// 32 bytes owned by this object.
  let pointer: UnsafeMutablePointer<UInt8>
  private let sealed: Atomic<UInt64>

  /// Makes a random key.
  public static func generate() -> AES256Key { AES256Key(checked: Random.bytes(size), sealed: 0) }

  /// Takes a key of exactly 32 bytes.
  ///
  /// - Throws: `malformed` for any other length.
  public convenience init(_ bytes: [UInt8]) throws(CryptoError) {
    try self.init(bytes, sealed: 0)
  }

  /// Takes a key that may seal some more values here: others may seal with it as well.
  ///
  /// - Throws: `malformed` for any other length.
  public convenience init(_ bytes: [UInt8], sealsLeft: UInt64) throws(CryptoError) {
    try self.init(bytes, sealed: Self.sealLimit - min(sealsLeft, Self.sealLimit))
  }

  convenience init(_ bytes: [UInt8], sealed: UInt64) throws(CryptoError) {
    guard bytes.count == Self.size else {
      throw CryptoError(.malformed, "a key of AES-256 has 32 bytes, this one \(bytes.count)")
    }
    self.init(checked: bytes, sealed: sealed)
  }

  private init(checked bytes: [UInt8], sealed: UInt64) {
    pointer = .allocate(capacity: Self.size)
    pointer.initialize(from: bytes, count: Self.size)
    self.sealed = Atomic(sealed)
  }

  deinit {
    OPENSSL_cleanse(pointer, Self.size)
    pointer.deallocate()
  }

  /// Hands out the 32 bytes: to wrap them in another key, never to store or log them.
  public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: pointer, count: Self.size)) }

  /// Counts one more sealed value of this process.
  package func countSeal() throws(CryptoError) {
    guard sealed.wrappingAdd(1, ordering: .relaxed).oldValue < Self.sealLimit else {
      throw CryptoError(.exhausted, "the key has sealed 2^32 values and must be replaced")
    }
  }
}

extension AES256Key: CustomStringConvertible {
  /// Nothing of the key: descriptions end up in logs.
  public var description: String { "AES256Key(hidden)" }
}
