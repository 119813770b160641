import Transcoding

/// How an enum is described: its names, and what each means.
enum EnumShape {
  static func schema(_ enumeration: EnumSchema, _ notes: ContractNotes) -> JSONObject {
    var names: [String] = []
    var meanings = JSONObject()
    for value in enumeration.values {
      names.append(value.name)
      let comment = notes.comment("\(enumeration.fullName).\(value.name)")
      let isDeprecated = notes.isDeprecated("\(enumeration.fullName).\(value.name)")
      let text = [comment, isDeprecated ? "Deprecated." : ""].filter { !$0.isEmpty }
      if !text.isEmpty { meanings.append(value.name, .string(text.joined(separator: " "))) }
    }
    var lines = [notes.comment(enumeration.fullName)].filter { !$0.isEmpty }
    if !meanings.isEmpty {
      lines.append("")
      lines += meanings.members.map { "- `\($0.name)`: \($0.value.text ?? "")" }
    }
    var schema = JSONObject()
    schema["type"] = "string"
    if !lines.isEmpty { schema["description"] = .string(lines.joined(separator: "\n")) }
    if notes.isDeprecated(enumeration.fullName) { schema["deprecated"] = true }
    schema["enum"] = .strings(names)
    if !meanings.isEmpty { schema["x-enum-descriptions"] = .object(meanings) }
    return schema
  }
}
