/// A rule in a contract that makes no sense for its field; met when the process starts.
public struct ValidationRuleError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The field, such as `package.Message.field`.
  public let field: String
  /// What is wrong with the rule.
  public let reason: String

  init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }

  public var description: String { "\(field): \(reason)" }
}
