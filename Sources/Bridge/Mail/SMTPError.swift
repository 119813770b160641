/// Why a letter was not taken.
public struct SMTPError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Whether the server has refused it for good (RFC 5321 section 4.2.1): 5xx.
  public let isFinal: Bool
  /// For the operator; names no recipient.
  public let description: String

  init(isFinal: Bool, _ description: String) {
    self.isFinal = isFinal
    self.description = description
  }
}
