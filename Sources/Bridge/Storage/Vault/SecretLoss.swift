public import LibCrypto

extension VaultError {
  /// Whether what could not be opened never will be: it is no sealed value, was changed or moved, or
  /// its key is destroyed. Everything else may pass, such as a key that only other processes have by
  /// now.
  public static func isFinal(_ error: any Error) -> Bool {
    switch error {
    case let error as VaultError: error == .malformed || error == .destroyed
    case let error as CryptoError: error.code == .malformed || error.code == .authentication
    default: false
    }
  }
}
