import Foundation
import LibCrypto
import RPC

/// A password that somebody chooses (NIST SP 800-63B section 3.1.1): its length counts and how hard it
/// is to guess, not its kinds of characters.
enum NewPassword {
  private static let length = 10...200
  /// A hundred attempts a day would take half a million years; and a thief of the hashes, at 50 ms of a
  /// core each, some months of a thousand cores.
  private static let bits = 30.0

  /// The form in which passwords are compared: what looks the same is the same, whatever keyboard it
  /// came from.
  static func normalized(_ text: String) -> String {
    text.precomposedStringWithCompatibilityMapping
  }

  /// Checks a password.
  ///
  /// - Parameters:
  ///   - login: whose it is.
  ///   - words: what else a guesser would try first.
  /// - Returns: its normalized form.
  /// - Throws: INVALID_ARGUMENT.
  static func checked(
    _ password: String, login: String, besides words: [String]
  ) throws(RPCError) -> String {
    let normalized = normalized(password)
    guard length.contains(normalized.unicodeScalars.count),
      normalized.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
    else {
      throw Refusal.invalid("password", "must have 10 to 200 characters")
    }
    let local = login.split(separator: "@").first.map(String.init) ?? ""
    let digits = login.filter(\.isNumber)
    guard
      PasswordStrength.bits(of: normalized, besides: [login, local, digits, "artel"] + words)
        >= bits
    else { throw Refusal.invalid("password", "is too easy to guess") }
    return normalized
  }
}
