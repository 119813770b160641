/// Why a gateway does not start.
public struct GatewayError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// Plain HTTP was asked for on an address that others can reach.
    case plainTextExposed
    /// The certificate or its key cannot be read.
    case badCertificate
    /// A route of a contract is not valid, or two match the same requests.
    case badRoute
    /// The address cannot be resolved or bound.
    case cannotListen
    /// An origin, or a header, that browsers cannot be told.
    case badOrigin
    /// It was started before.
    case alreadyStarted
  }

  /// What went wrong.
  public let code: Code
  /// What went wrong, in words.
  public let message: String

  public var description: String { message }
}
