/// How a JSON text is read where the proto3 JSON mapping leaves a choice.
public struct ParseOptions: Sendable, Hashable {
  /// Unknown fields and unknown names of enum values are left out instead of refused.
  public var ignoresUnknown: Bool

  /// Strict, unless it is said otherwise.
  public init(ignoresUnknown: Bool = false) { self.ignoresUnknown = ignoresUnknown }
}
