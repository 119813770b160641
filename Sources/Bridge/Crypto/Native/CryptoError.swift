/// A failed operation of cryptography. It never carries keys, secrets or plaintext.
public struct CryptoError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public struct Code: Hashable, Sendable {
    private enum Value { case malformed, authentication, unknownKey, exhausted, limit, failure }
    private let value: Value

    /// An encoded key, hash or sealed value does not have the form it must have.
    public static let malformed = Code(value: .malformed)
    /// A sealed value was not made with this key for this place, or was changed since.
    public static let authentication = Code(value: .authentication)
    /// A sealed value names a key that is not loaded.
    public static let unknownKey = Code(value: .unknownKey)
    /// A key has sealed as many values as one key may; it must be replaced.
    public static let exhausted = Code(value: .exhausted)
    /// A parameter or size is out of the range that is accepted.
    public static let limit = Code(value: .limit)
    /// libcrypto itself failed.
    public static let failure = Code(value: .failure)
  }

  /// What kind of failure it is.
  public let code: Code
  /// The reason, for operators.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// Describes the failure that libcrypto has just reported.
  static func native(_ operation: String) -> CryptoError {
    CryptoError(.failure, "\(operation): \(takeFailureReason())")
  }
}
