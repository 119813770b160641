import Testing

/// Cases of protobuf's conformance suite.
enum ConformanceCases {
  /// A text that is refused.
  struct Refused: CustomTestStringConvertible, Sendable {
    let name: String
    let json: String

    init(_ name: String, _ json: String) {
      self.name = name
      self.json = json
    }

    var testDescription: String { name }
  }

  /// A message that has no JSON: a field and its content.
  struct Unprintable: CustomTestStringConvertible, Sendable {
    let name: String
    let field: String
    let content: [UInt8]

    init(_ name: String, _ field: String, _ content: [UInt8]) {
      self.name = name
      self.field = field
      self.content = content
    }

    var testDescription: String { name }
  }

  private static func time(_ seconds: Int64, _ nanos: Int64) -> [UInt8] {
    WireParts.field(1, UInt64(bitPattern: seconds))
      + WireParts.field(2, UInt64(bitPattern: nanos))
  }

  private static func mask(_ path: String) -> [UInt8] { WireParts.field(1, path) }

  /// A Value that is a number.
  private static func number(_ value: Double) -> [UInt8] {
    [0x11] + withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
  }

  static let unprintable: [Unprintable] = [
    Unprintable("DurationProtoInputTooSmall", "optional_duration", time(-315_576_000_001, 0)),
    Unprintable("DurationProtoInputTooLarge", "optional_duration", time(315_576_000_001, 0)),
    Unprintable("DurationProtoNanosTooSmall", "optional_duration", time(0, -1_000_000_000)),
    Unprintable("DurationProtoNanosTooLarge", "optional_duration", time(0, 1_000_000_000)),
    Unprintable("DurationProtoNanosWrongSign", "optional_duration", time(1, -1)),
    Unprintable("DurationProtoNanosWrongSignNegativeSecs", "optional_duration", time(-1, 1)),
    Unprintable("TimestampProtoInputTooSmall", "optional_timestamp", time(-62_135_596_801, 0)),
    Unprintable("TimestampProtoInputTooLarge", "optional_timestamp", time(253_402_300_800, 0)),
    Unprintable("TimestampProtoNanoTooSmall", "optional_timestamp", time(0, -1)),
    Unprintable("TimestampProtoNanoTooLarge", "optional_timestamp", time(0, 1_000_000_000)),
    Unprintable("FieldMaskPathsDontRoundTrip", "optional_field_mask", mask("fooBar")),
    Unprintable("FieldMaskNumbersDontRoundTrip", "optional_field_mask", mask("foo_3_bar")),
    Unprintable("FieldMaskTooManyUnderscore", "optional_field_mask", mask("foo__bar")),
    Unprintable("ValueRejectNanNumberValue", "optional_value", number(.nan)),
    Unprintable("ValueRejectInfNumberValue", "optional_value", number(.infinity)),
    Unprintable("ValueWithoutKind", "repeated_value", []),
    Unprintable("InvalidUTF8", "optional_string", [0xff]),
  ]
}
