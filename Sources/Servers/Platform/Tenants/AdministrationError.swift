/// Why an operator's command was refused. Says nothing secret.
public struct AdministrationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A class of refusals.
  public enum Code: Sendable, Hashable {
    /// A value that the command was given makes no sense.
    case invalid
    /// What the command is about does not exist.
    case notFound
    /// What the command would make exists already, in this or another tenant.
    case exists
    /// The command may not be done in this state.
    case refused
  }

  /// The class.
  public let code: Code
  /// Why, for the operator.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
