import FoundationEssentials

/// What a log says of itself at a size: a checkpoint (C2SP tlog-checkpoint) in a note that is signed
/// by Ed25519 (C2SP signed-note).
public struct SignedCheckpoint: Sendable, Hashable {
  /// The log, which is also the name of the key.
  public let origin: String
  /// How many leaves the log has.
  public let size: Int
  /// The root of its tree.
  public let root: [UInt8]
  /// The note, signature lines included.
  public let note: String

  /// Signs a checkpoint.
  ///
  /// - Parameter origin: without spaces and `+`, such as `alpha.example.com/audit`.
  public init(origin: String, size: Int, root: [UInt8], key: Ed25519Key) throws(CryptoError) {
    self.origin = origin
    self.size = size
    self.root = root
    let text = "\(origin)\n\(size)\n\(Data(root).base64EncodedString())\n"
    let signature = try key.signature(of: Array(text.utf8))
    let line = Self.keyID(origin, key.publicKey) + signature
    note = "\(text)\n\u{2014} \(origin) \(Data(line).base64EncodedString())\n"
  }

  /// Reads a note; nil where it is none. Nothing is verified yet.
  public init?(note: String) {
    let parts = note.split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count >= 6, parts[3].isEmpty, !parts[0].isEmpty, let size = Int(parts[1]),
      size >= 0, String(size) == parts[1], let root = Data(base64Encoded: String(parts[2])),
      root.count == SHA256.size
    else { return nil }
    origin = String(parts[0])
    self.size = size
    self.root = Array(root)
    self.note = note
  }

  /// Whether the key of this log signed the note.
  public func isSigned(by publicKey: [UInt8]) -> Bool {
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.prefix(3).map { "\($0)\n" }.joined()
    return lines.dropFirst(4).contains { line in
      let words = line.split(separator: " ")
      guard words.count == 3, words[0] == "\u{2014}", words[1] == origin,
        let data = Data(base64Encoded: String(words[2])).map({ [UInt8]($0) }),
        data.starts(with: Self.keyID(origin, publicKey))
      else { return false }
      return Ed25519Key.isValid(
        Array(data.dropFirst(4)), of: Array(text.utf8), publicKey: publicKey)
    }
  }

  /// The verifier key of a log: `name+hash+key`.
  public static func verifierKey(origin: String, publicKey: [UInt8]) -> String {
    "\(origin)+\(Hexadecimal.encode(keyID(origin, publicKey)))+"
      + Data([0x01] + publicKey).base64EncodedString()
  }

  /// The key of a verifier key, of whatever log; nil for another text.
  public static func publicKey(ofVerifierKey text: String) -> [UInt8]? {
    // Base64 has `+` as well.
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let data = Data(base64Encoded: String(parts[2])), data.first == 0x01,
      data.count == 1 + Ed25519Key.size
    else { return nil }
    let key = [UInt8](data.dropFirst())
    guard parts[1] == Hexadecimal.encode(keyID(String(parts[0]), key)) else { return nil }
    return key
  }

  /// The first four bytes of the hash of name and key; 0x01 says that it is of Ed25519.
  private static func keyID(_ name: String, _ publicKey: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(Array(name.utf8) + [0x0a, 0x01] + publicKey).prefix(4))
  }
}
