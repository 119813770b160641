/// An enum type.
public final class EnumSchema: Sendable {
  /// A named number.
  public struct Value: Sendable, Equatable {
    /// The name, such as `COLOR_RED`.
    public let name: String
    /// The number.
    public let number: Int32
  }

  /// `package.Enum`, or `package.Message.Enum`.
  public let fullName: String
  /// The values in the order of the contract; with `allow_alias` a number may come twice.
  public let values: [Value]

  let plan: Permanent<EnumPlan>

  init(fullName: String, values: [Value]) {
    self.fullName = fullName
    self.values = values
    plan = EnumPlan.build(fullName: fullName, values: values)
  }

  /// Whether the contract names this number.
  public func defines(_ number: Int32) -> Bool { plan.pointee.name(of: number) != nil }
}
