import GeneratedOptions
import Transcoding

/// The rules of a field (`artel.options.v1.rules`) in the words of JSON Schema.
enum RuleKeywords {
  /// One identifier in a resource's name: the unreserved characters of RFC 3986, and none of the
  /// segments that paths give a meaning.
  static let segment = #"(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+"#

  /// Says of a value, or of each element of a list, what the rules say.
  ///
  /// - Parameter isRequired: The value must not be its type's default.
  static func apply(
    _ rules: Artel_Options_V1_FieldRules?, of field: FieldSchema, isRequired: Bool,
    to schema: inout JSONObject
  ) {
    let rules = rules ?? Artel_Options_V1_FieldRules()
    switch field.kind {
    case .string: text(rules, isRequired, &schema)
    case .bytes:
      if isRequired { schema["minLength"] = 1 }
      if rules.hasMaxLength {
        schema["maxLength"] = .integer((Int64(rules.maxLength) + 2) / 3 * 4)
      }
    case .enum:
      if isRequired, let zero = field.enumeration?.values.first(where: { $0.number == 0 }) {
        schema["not"] = ["const": .string(zero.name)]
      }
    case .bool:
      if isRequired { schema["const"] = true }
    case .message: break
    case .double, .float:
      // NaN is outside of any bounds.
      if rules.hasMinimum || rules.hasMaximum { schema = ["type": "number"] }
      bounds(rules, isRequired, &schema)
    case .int64, .sint64, .sfixed64, .uint64, .fixed64: long(rules, isRequired, &schema)
    default: bounds(rules, isRequired, &schema)
    }
  }

  private static func text(
    _ rules: Artel_Options_V1_FieldRules, _ isRequired: Bool, _ schema: inout JSONObject
  ) {
    let least = max(rules.hasMinLength ? Int64(rules.minLength) : 0, isRequired ? 1 : 0)
    if least > 0 { schema["minLength"] = .integer(least) }
    if rules.hasMaxLength { schema["maxLength"] = .integer(Int64(rules.maxLength)) }
    if !rules.resource.isEmpty {
      let parts = rules.resource.split(separator: "/", omittingEmptySubsequences: false)
      let pattern = parts.map { $0 == "*" ? segment : escaped($0) }
      schema["pattern"] = .string("^\(pattern.joined(separator: "/"))$")
      schema["x-resource"] = .string(rules.resource)
    }
    switch rules.format {
    case .uuid:
      schema["format"] = "uuid"
      schema["pattern"] = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
    case .httpsUri:
      schema["format"] = "uri"
      schema["pattern"] = "^https?://[^ #@]+$"
    case .dnsLabel: schema["pattern"] = "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$"
    case .token: schema["pattern"] = "^[!-~]+$"
    case .unspecified, .UNRECOGNIZED: break
    }
  }

  private static func escaped(_ literal: Substring) -> String {
    String(literal.replacing(".", with: #"\."#))
  }

  private static func bounds(
    _ rules: Artel_Options_V1_FieldRules, _ isRequired: Bool, _ schema: inout JSONObject
  ) {
    if rules.hasMinimum {
      let least =
        isRequired && rules.minimum == 0 && schema["type"] == "integer" ? 1 : rules.minimum
      schema["minimum"] = .integer(least)
    }
    if rules.hasMaximum { schema["maximum"] = .integer(rules.maximum) }
    if isRequired, !rules.hasMinimum || rules.minimum < 0 { schema["not"] = ["const": 0] }
  }

  /// A string has no bounds: what its digits tell goes into the pattern, the rest to the reader.
  private static func long(
    _ rules: Artel_Options_V1_FieldRules, _ isRequired: Bool, _ schema: inout JSONObject
  ) {
    if rules.hasMinimum { schema["x-minimum"] = .integer(rules.minimum) }
    if rules.hasMaximum { schema["x-maximum"] = .integer(rules.maximum) }
    let isPositive = rules.hasMinimum && rules.minimum >= 0
    if isRequired, isPositive || !(schema["format"] == "int64") {
      schema["pattern"] = "^[1-9][0-9]{0,18}$"
    } else if isRequired {
      schema["pattern"] = "^-?[1-9][0-9]{0,18}$"
    } else if isPositive {
      schema["pattern"] = "^(0|[1-9][0-9]{0,18})$"
    }
  }
}
