/// A key that seals stored values and other keys, with a name for it.
public struct KeyEncryptionKey: Sendable {
  static let identifierSize = 8

  let key: AES256Key
  /// The first 8 bytes of the SHA-256 of the key: names it in sealed values.
  public let identifier: [UInt8]

  /// Takes a key.
  public init(_ key: AES256Key) {
    self.key = key
    identifier = Array(SHA256.hash(key.bytes).prefix(Self.identifierSize))
  }

  /// Reads the contents of a key file: exactly 32 bytes, or 64 hexadecimal digits that a line end
  /// may follow.
  ///
  /// - Throws: `malformed` for anything else; the message does not repeat the contents.
  public init(fileContents: [UInt8]) throws(CryptoError) {
    if fileContents.count == AES256Key.size {
      self.init(try AES256Key(fileContents))
      return
    }
    var digits = fileContents[...]
    if digits.last == UInt8(ascii: "\n") { digits.removeLast() }
    if digits.last == UInt8(ascii: "\r") { digits.removeLast() }
    guard digits.count == 2 * AES256Key.size, let bytes = Hexadecimal.decode(digits) else {
      throw CryptoError(.malformed, "a key file holds 32 bytes or 64 hexadecimal digits")
    }
    self.init(try AES256Key(bytes))
  }
}

extension KeyEncryptionKey: CustomStringConvertible {
  /// The key's name, nothing of the key.
  public var description: String { "KeyEncryptionKey(\(Hexadecimal.encode(identifier)))" }
}
