/// Why the contracts of another server are not known.
public struct UpstreamError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// The server has no reflection, in none of its versions.
    case noReflection
    /// The server ended the conversation, or cannot be reached.
    case failed
    /// What the server answered is not an answer to what it was asked.
    case badAnswer
    /// The files import each other in a circle.
    case importCycle
    /// There is more than is taken.
    case tooLarge
  }

  /// What went wrong.
  public let code: Code
  /// What went wrong, in words.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
