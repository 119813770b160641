import GeneratedOptions
import SwiftProtobufPluginLibrary

/// The Swift file with the sealed columns of one contract.
struct SealedFile {
  let path: String
  let contents: String

  /// Nil for a contract that has none.
  init?(file: FileDescriptor, modules: ProtoFileToModuleMappings) {
    let fields = SealedField.all(in: file)
    guard !fields.isEmpty else { return nil }
    let stem = String(file.name.dropLast(".proto".count)).replacing("/", with: "_")
    let name = "\(stem).sealed.swift"
    path = modules.moduleName(forFile: file).map { "\($0)/\(name)" } ?? name
    let namer = SwiftProtobufNamer(currentFile: file, protoFileToModuleMappings: modules)
    var out = CodePrinter(addNewlines: true)
    out.print(
      "// Written by protoc-gen-artel from \(file.name). Do not edit: run tools/generate.",
      "// swift-format-ignore-file", "", "public import Sealing")
    var last = ""
    for field in fields {
      let message = namer.fullName(message: field.message)
      if message != last {
        if !last.isEmpty { out.print("}") }
        out.print("", "/// Where the sealed fields of `\(field.message.fullName)` are stored.")
        out.print("extension \(message) {", "  public enum Sealed {")
      }
      Self.write(field, to: &out)
      last = message
      let isLast = fields.last { $0.message.fullName == field.message.fullName }
      if isLast?.field.number == field.field.number { out.print("  }") }
    }
    out.print("}")
    contents = out.content
  }

  private static func write(_ field: SealedField, to out: inout CodePrinter) {
    let option = field.option
    let isSearched = !option.blindIndex.isEmpty
    let subject = option.subject.isEmpty ? "nil" : "\"\(option.subject)\""
    let normalization = option.normalization == .lowercase ? ".lowercase" : ".exact"
    let search = isSearched ? "BlindIndex" : "NoSearch"
    out.print("    /// `\(field.field.name)`.")
    out.print(
      "    public static let \(NamingUtils.toLowerCamelCase(field.field.name)) = SealedColumn<String, \(search)>("
    )
    out.print(
      "      table: \"\(option.table)\", name: \"\(option.column)\", key: \"\(option.key)\", subject: \(subject)"
        + (isSearched
          ? ",\n      index: \"\(option.blindIndex)\", normalization: \(normalization))" : ")"))
  }
}
