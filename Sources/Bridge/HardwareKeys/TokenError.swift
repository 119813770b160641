import CPKCS11

/// A token that cannot do what is asked of it. It never carries a PIN.
public struct TokenError: Error, Hashable, Sendable, CustomStringConvertible {
  /// For operators.
  public let description: String
  /// Whether a new session may help.
  let isLost: Bool
  /// Whether the PIN was refused, and is not to be tried again.
  let isRefusedPIN: Bool

  private init(_ description: String) {
    self.description = description
    isLost = false
    isRefusedPIN = false
  }

  /// What was wrapped is none of a token's.
  static let malformed = TokenError("not a key that a token wrapped")
  /// Another key wrapped it.
  static let otherKey = TokenError("another key than the token's wrapped this one")

  /// The token came back with another key under the label.
  static let changedKey = TokenError(
    "the token has another key under this label than when the process started")

  /// It does not answer.
  static let slow = TokenError("the token does not answer")
  /// More wait for it than it can serve in time.
  static let busy = TokenError("too many wait for the token")

  /// - Parameter result: a CK_RV.
  init(_ result: UInt) {
    isLost = artel_p11_is_lost(result)
    isRefusedPIN = artel_p11_is_refused_pin(result)
    description =
      switch result {
      case artel_p11_no_module: "the PKCS #11 module cannot be loaded"
      case artel_p11_no_token: "there is no token of this label"
      case artel_p11_no_key: "the token has no AES key of this label"
      case artel_p11_two_keys: "the token has more than one AES key of this label"
      case artel_p11_wrong_pin: "the token's PIN is wrong"
      case artel_p11_locked_pin: "the token's PIN is locked"
      case artel_p11_last_try:
        "the token's PIN was wrong before, and is locked by the next wrong one: log in by another way"
      case artel_p11_weak_key:
        "the token's key is not one of 256 bits that never leaves it"
      case artel_p11_wrong_data: "the token refuses what was wrapped: it was changed or moved"
      default: "the token fails with 0x\(String(result, radix: 16))"
      }
  }
}
