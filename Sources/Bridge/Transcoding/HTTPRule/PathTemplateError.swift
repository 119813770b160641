/// Why a path template of `google.api.http` is refused.
public struct PathTemplateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The template as written.
  public let template: String
  /// Where the fault is: bytes from the template's begin, the first being 1.
  public let column: Int
  /// What is wrong, in words.
  public let reason: String

  init(template: String, column: Int, reason: String) {
    self.template = template
    self.column = column
    self.reason = reason
  }

  public var description: String { "'\(template)', column \(column): \(reason)" }
}
