/// How a message is written as JSON where the proto3 JSON mapping leaves a choice ("JSON Options").
public struct PrintOptions: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// With line breaks and two spaces of indentation.
  public static let pretty = PrintOptions(rawValue: 1 << 0)
  /// With fields that have no presence and hold their default.
  public static let defaults = PrintOptions(rawValue: 1 << 1)
  /// Enum values as numbers instead of names.
  public static let enumNumbers = PrintOptions(rawValue: 1 << 2)
  /// Names as in the contract instead of lowerCamelCase.
  public static let protoNames = PrintOptions(rawValue: 1 << 3)
  /// 64-bit integers as JSON numbers, which JavaScript cannot hold beyond 2^53.
  public static let numericInt64 = PrintOptions(rawValue: 1 << 4)
}
