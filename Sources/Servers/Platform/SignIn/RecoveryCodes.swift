import LibCrypto

/// Codes that stand in for an authenticator that is lost: ten, each good once, 80 random bits each,
/// so that a plain hash is enough to keep them.
enum RecoveryCodes {
  static let count = 10

  /// New ones, as people read them: `ABCD-EFGH-IJKL-MNOP`.
  static func make() -> [String] {
    (0..<count).map { _ in
      let text = Array(Base32.encode(Random.bytes(10)))
      return stride(from: 0, to: text.count, by: 4).map { String(text[$0..<$0 + 4]) }
        .joined(separator: "-")
    }
  }

  /// What is stored of one, however it is written.
  static func hash(_ code: String) -> [UInt8] {
    let plain = code.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    return SHA256.hash(Array(plain))
  }
}
