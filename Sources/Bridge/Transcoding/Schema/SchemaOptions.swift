/// How a descriptor set becomes a schema.
public struct SchemaOptions: Sendable {
  /// What the bridge does not speak is left out, type by type and method by method, and reported in
  /// `Schema.omissions`; else it refuses the whole set. For contracts that are not ours.
  public var isTolerant: Bool
  /// Methods without a rule are served at `POST /package.Service/Method` with the request message
  /// as the body, unless they take a stream.
  public var mapsUnboundMethods: Bool
  /// Rules from outside of the contracts, which take the place of the methods' own.
  public var rules: ServiceRules?

  /// - Parameters:
  ///   - isTolerant: whether what is not spoken is left out instead of refused.
  ///   - mapsUnboundMethods: whether methods without a rule get one.
  ///   - rules: rules from outside of the contracts.
  public init(
    isTolerant: Bool = false, mapsUnboundMethods: Bool = false, rules: ServiceRules? = nil
  ) {
    self.isTolerant = isTolerant
    self.mapsUnboundMethods = mapsUnboundMethods
    self.rules = rules
  }
}
