import GeneratedOptions
import Transcoding

/// The compiled rules of one field.
final class FieldRule: Sendable {
  let name: String
  let number: Int
  let kind: FieldKind
  let isRepeated: Bool
  let isMap: Bool
  let hasPresence: Bool
  /// Positions of the other members of its oneof.
  let siblings: [Int]
  /// The plan of its submessages where something below has a rule. For a map: of its values.
  let plan: Int?
  /// The type of a map's keys.
  let keyKind: FieldKind?
  /// The type of a map's values.
  let valueKind: FieldKind?

  let isOutputOnly: Bool
  let isRequired: Bool
  let minimumLength: Int?
  let maximumLength: Int?
  let minimum: Int64?
  let maximum: Int64?
  let maximumItems: Int?
  let definedOnly: EnumSchema?
  let resource: ResourcePattern?
  let format: StringFormat?

  init(
    _ field: FieldSchema, of message: String, siblings: [Int], plan: Int?, isOutputOnly: Bool
  ) throws(ValidationRuleError) {
    let rules = field.rules ?? Artel_Options_V1_FieldRules()
    let path = "\(message).\(field.name)"
    try FieldRule.check(rules, of: field, path: path)
    name = field.name
    number = field.number
    kind = field.kind
    isRepeated = field.isRepeated
    isMap = field.isMap
    hasPresence = field.hasPresence
    self.siblings = siblings
    self.plan = plan
    keyKind = field.isMap ? field.message?.field(number: 1)?.kind : nil
    valueKind = field.isMap ? field.message?.field(number: 2)?.kind : nil
    self.isOutputOnly = isOutputOnly
    // A field that callers must not set cannot be required of them.
    isRequired = rules.required && !isOutputOnly
    minimumLength = rules.hasMinLength ? Int(rules.minLength) : nil
    maximumLength = rules.hasMaxLength ? Int(rules.maxLength) : nil
    minimum = rules.hasMinimum ? rules.minimum : nil
    maximum = rules.hasMaximum ? rules.maximum : nil
    maximumItems = rules.hasMaxItems ? Int(rules.maxItems) : nil
    definedOnly = rules.definedOnly ? field.enumeration : nil
    resource = rules.resource.isEmpty ? nil : try ResourcePattern(rules.resource, field: path)
    format = try StringFormat(rules.format, field: path)
  }

  private static func check(
    _ rules: Artel_Options_V1_FieldRules, of field: FieldSchema, path: String
  ) throws(ValidationRuleError) {
    func demand(_ holds: Bool, _ reason: String) throws(ValidationRuleError) {
      if !holds { throw ValidationRuleError(field: path, reason: reason) }
    }
    // A map's entries are messages to the schema, so that rules on values are refused with it.
    let isString = field.kind == .string
    let isNumber = field.kind.isNumber && field.kind != .enum
    try demand(isString || !rules.hasMinLength, "min_length is for strings")
    try demand(
      isString || field.kind == .bytes || !rules.hasMaxLength,
      "max_length is for strings and bytes")
    try demand(isString || rules.resource.isEmpty, "resource is for strings")
    try demand(isString || rules.format == .unspecified, "format is for strings")
    try demand(isNumber || !rules.hasMinimum, "minimum is for numbers")
    try demand(isNumber || !rules.hasMaximum, "maximum is for numbers")
    try demand(field.isRepeated || !rules.hasMaxItems, "max_items is for lists and maps")
    try demand(field.kind == .enum || !rules.definedOnly, "defined_only is for enums")
    if rules.hasMinLength, rules.hasMaxLength {
      try demand(rules.minLength <= rules.maxLength, "min_length is above max_length")
    }
    if rules.hasMinimum, rules.hasMaximum {
      try demand(rules.minimum <= rules.maximum, "minimum is above maximum")
    }
    let range = field.kind.integerRange
    if let range, rules.hasMinimum {
      try demand(range.contains(rules.minimum), "minimum is outside the type")
    }
    if let range, rules.hasMaximum {
      try demand(range.contains(rules.maximum), "maximum is outside the type")
    }
  }
}

extension FieldSchema {
  /// Whether the contract says anything about the field's values.
  var hasRules: Bool { rules.map { $0 != Artel_Options_V1_FieldRules() } ?? false }
}

extension FieldKind {
  /// What a rule may name for a type of integers; `uint64` goes beyond what a rule can name.
  fileprivate var integerRange: ClosedRange<Int64>? {
    switch self {
    case .int32, .sint32, .sfixed32: Int64(Int32.min)...Int64(Int32.max)
    case .uint32, .fixed32: 0...Int64(UInt32.max)
    case .uint64, .fixed64: 0...Int64.max
    case .int64, .sint64, .sfixed64: Int64.min...Int64.max
    default: nil
    }
  }
}
