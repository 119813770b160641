import LibCrypto
import Storage

/// A code that is sent to a person.
enum SignInCode {
  /// How long one counts.
  static let life: Duration = .seconds(300)
  /// How many one sign-in sends.
  static let sendsOfSignIn = 3
  /// How many a login gets in an hour.
  static let sendsOfLogin = 5

  /// Six digits, each as likely as any other.
  static func make() -> String {
    while true {
      let number = Random.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      // What is left above the last whole million would favour small numbers.
      guard number < 4_294_000_000 else { continue }
      let digits = String(number % 1_000_000)
      return String(repeating: "0", count: 6 - digits.count) + digits
    }
  }

  /// What is stored of it: whoever reads the row cannot try a million codes.
  static func hash(
    _ code: String, of token: OpaqueToken, in tenantID: String, _ vault: TenantVault
  ) async throws -> [UInt8] {
    HMACSHA256.code(
      of: Array("\(tenantID) \(Hexadecimal.encode(token.hash)) \(code)".utf8),
      key: try await vault.derivedKey(for: "sign-in codes", tenantID: tenantID))
  }

  /// What a person reads.
  static func text(_ code: String, _ kind: MessageKind) -> String {
    switch kind {
    // One SMS of 70 letters.
    case .sms: "\(code) — код для входа, никому его не говорите. Your sign-in code"
    case .email:
      """
      \(code) — код для входа. Он действует пять минут. Никому его не сообщайте.
      Если вы не входите сейчас, ничего делать не нужно.

      \(code) is your sign-in code. It counts for five minutes. Tell it to nobody.
      If you are not signing in now, there is nothing to do.

      """
    }
  }
}
