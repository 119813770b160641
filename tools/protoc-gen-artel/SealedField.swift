import GeneratedOptions
import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// A field that the contract has sealed at rest.
struct SealedField {
  let field: FieldDescriptor
  let message: Descriptor

  /// How it is kept.
  var option: Artel_Options_V1_SealedField { field.options.Artel_Options_V1_sealed }

  /// Every one of a contract, in its order.
  static func all(in file: FileDescriptor) -> [SealedField] {
    func fields(of message: Descriptor) -> [SealedField] {
      message.fields.filter(\.options.hasArtel_Options_V1_sealed).map {
        SealedField(field: $0, message: message)
      } + message.messages.flatMap(fields)
    }
    return file.messages.flatMap(fields)
  }

  /// What is wrong with it, one sentence for each.
  var problems: [String] {
    var problems: [String] = []
    if field.type != .string || field.isRepeated {
      problems.append("only a single string can be sealed")
    }
    for (name, value) in [("table", option.table), ("column", option.column), ("key", option.key)]
    where !Self.isName(value) {
      problems.append("sealed.\(name) is not a name of the database")
    }
    for (name, value) in [("subject", option.subject), ("blind_index", option.blindIndex)]
    where !value.isEmpty && !Self.isName(value) {
      problems.append("sealed.\(name) is not a name of the database")
    }
    if option.blindIndex.isEmpty, option.normalization != .unspecified {
      problems.append("sealed.normalization says how a blind index compares, but there is none")
    }
    if !Artel_Options_V1_SealedField.Normalization.allCases.contains(option.normalization) {
      problems.append("sealed.normalization is unknown")
    }
    let dataClass = field.options.Artel_Options_V1_dataClass
    if dataClass != .personal, dataClass != .secret {
      problems.append("a sealed field is personal or secret: set data_class")
    }
    return problems.map { "\(field.file.name): \(field.fullName): \($0)" }
  }

  private static func isName(_ text: String) -> Bool {
    text.first?.isLetter == true
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
      }
  }
}
