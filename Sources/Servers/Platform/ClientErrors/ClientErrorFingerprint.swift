import GeneratedOperations
import LibCrypto

/// What all equal errors of an app have in common.
enum ClientErrorFingerprint {
  /// 32 hexadecimal digits.
  ///
  /// - Parameters:
  ///   - isAnonymous: keeps apart what nobody proves, so that it changes nothing of what somebody does.
  ///   - parts: the frames on top of the stack; where there are none, the title.
  static func of(
    app: String, isAnonymous: Bool, kind: Artel_Operations_V1_ClientErrorKind, type: String,
    parts: [String]
  ) -> String {
    let texts = [app, isAnonymous ? "anonymous" : "known", String(kind.rawValue), type] + parts
    // With its length before each, so that no two errors run together to the same.
    let bytes = texts.flatMap { Array("\($0.utf8.count) ".utf8) + Array($0.utf8) }
    return SHA256.hash(bytes).prefix(16).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }

  /// Whether a text may be one.
  static func isValid(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 32
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
