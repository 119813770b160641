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
  /// Keeps what the plan points at.
  private let region: SchemaRegion

  init(fullName: String, values: [Value], in region: SchemaRegion) {
    self.fullName = fullName
    self.values = values
    plan = EnumPlan.build(values: values, in: region)
    self.region = region
  }

  /// Whether the contract names this number.
  public func defines(_ number: Int32) -> Bool { plan.pointee.name(of: number) != nil }
}
