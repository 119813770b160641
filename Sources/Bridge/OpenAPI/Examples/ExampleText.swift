import GeneratedOptions
import Transcoding

/// What a string field might hold.
enum ExampleText {
  static func value(of field: FieldSchema, _ comment: String, _ direction: Direction) -> String {
    let rules = field.rules ?? Artel_Options_V1_FieldRules()
    if !rules.resource.isEmpty { return resource(rules.resource) }
    switch rules.format {
    case .uuid: return "018f4e6a-7c1d-7b3e-9a52-3f2b1c0d4e5f"
    case .httpsUri: return "https://api.example.com/v1"
    case .dnsLabel: return label(field.name)
    case .token: return "token-1"
    case .unspecified, .UNRECOGNIZED: break
    }
    if field.dataClass == .secret { return fitting("secret", rules) }
    if let quoted = CommentText.quoted(comment), quoted.utf8.count <= 100,
      !quoted.contains(" "), direction == .output || isFitting(pattern(quoted), rules)
    {
      return pattern(quoted)
    }
    return fitting(named[field.name] ?? field.name.replacing("_", with: " "), rules)
  }

  /// Names whose meaning is the same everywhere.
  private static let named: [String: String] = [
    "page_token": "", "next_page_token": "", "resume_token": "", "etag": "\"1\"",
    "request_id": "018f4e6a-7c1d-7b3e-9a52-3f2b1c0d4e5f", "email": "person@example.com",
    "display_name": "North house", "name": "name-1", "parent": "parents/1",
  ]

  /// `properties/*` as the name of one.
  static func resource(_ pattern: String) -> String {
    var before: Substring = "name"
    var parts: [String] = []
    for part in pattern.split(separator: "/") {
      parts.append(part == "*" ? (PathShape.singular(String(before)) ?? "name") + "-1" : "\(part)")
      // `*/*` stands for any resource.
      if part == "*", before == "name" { parts[parts.count - 1] = "names" }
      before = part == "*" ? "name-1" : part
    }
    return parts.joined(separator: "/")
  }

  /// `units/{unit}` without its braces.
  private static func pattern(_ quoted: String) -> String {
    quoted.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part.hasPrefix("{") && part.hasSuffix("}")
        ? part.dropFirst().dropLast().replacing("_", with: "-") + "-1" : String(part)
    }.joined(separator: "/")
  }

  /// `property_id` as the last part of a name.
  private static func label(_ name: String) -> String {
    let stem = name.hasSuffix("_id") ? String(name.dropLast(3)) : name
    return stem.replacing("_", with: "-") + "-1"
  }

  private static func isFitting(_ text: String, _ rules: Artel_Options_V1_FieldRules) -> Bool {
    let count = text.unicodeScalars.count
    return (!rules.hasMinLength || count >= rules.minLength)
      && (!rules.hasMaxLength || count <= rules.maxLength)
  }

  private static func fitting(_ text: String, _ rules: Artel_Options_V1_FieldRules) -> String {
    var text = text
    if rules.hasMinLength, text.unicodeScalars.count < rules.minLength {
      text += String(repeating: "x", count: Int(rules.minLength) - text.unicodeScalars.count)
    }
    return rules.hasMaxLength ? String(text.unicodeScalars.prefix(Int(rules.maxLength))) : text
  }
}
