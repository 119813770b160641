/// SQL that was written at build time, with the values of one use.
///
/// The text is static, so no value can ever become part of it, and its address is its identity: each
/// connection prepares it once, at its first use, in the same round trip.
public struct Statement: Sendable {
  /// The text, with `$1`, `$2`, … for the parameters.
  public let sql: StaticString
  /// The values, in order.
  public var parameters: [Parameter]

  public init(_ sql: StaticString, _ parameters: Parameter...) {
    self.init(sql, parameters: parameters)
  }

  public init(_ sql: StaticString, parameters: [Parameter]) {
    precondition(sql.hasPointerRepresentation, "a statement is longer than one character")
    self.sql = sql
    self.parameters = parameters
  }
}
