/// Why the platform does not start: a setting that makes no sense.
public struct PlatformConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, for the operator; it holds no secret.
  public let description: String

  init(_ description: String) { self.description = description }
}
