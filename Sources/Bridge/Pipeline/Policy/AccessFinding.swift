import RPC

/// What one check says of a call, for those who may know.
public struct AccessFinding: Sendable, Hashable {
  /// How a check ended.
  public enum Verdict: Sendable, Hashable {
    /// Nothing speaks against the call.
    case passed
    /// The call is refused.
    case refused
    /// The contract asks nothing, or the question does not say enough to look.
    case notAsked
  }

  /// What is looked at.
  public let name: String
  /// How it ended.
  public let verdict: Verdict
  /// What is demanded.
  public let demanded: [String]
  /// What the caller has.
  public let held: [String]
  /// The reason of the error; empty unless it is refused.
  public let reason: String
  /// What would change it; empty unless it is refused.
  public let remedy: String

  /// Creates a finding: refused with a reason, passed where something is demanded, and else not
  /// asked.
  public init(
    _ name: String, demanded: [String], held: [String], reason: String? = nil, remedy: String
  ) {
    self.name = name
    self.demanded = demanded
    self.held = held
    verdict = reason != nil ? .refused : demanded.isEmpty ? .notAsked : .passed
    self.reason = reason ?? ""
    self.remedy = reason == nil ? "" : remedy
  }
}
