internal import Glibc

/// Why a spool takes nothing.
public struct SpoolError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: Sendable, Hashable {
    /// There are as many bytes in it as there may be.
    case full
    /// Another process has it.
    case taken
    /// The system refused.
    case system
  }

  /// What kind of failure it is.
  public let code: Code
  /// What happened, for an operator.
  public let description: String

  static func system(_ operation: String, _ number: Int32) -> SpoolError {
    SpoolError(code: .system, description: "\(operation): \(String(cString: strerror(number)))")
  }

  init(code: Code, description: String) {
    self.code = code
    self.description = description
  }
}
