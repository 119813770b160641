import SwiftProtobufPluginLibrary

/// What contracts' names are in Swift, as seen from one file.
struct SwiftNames {
  private let namer: SwiftProtobufNamer
  private let prefix: String

  init(file: FileDescriptor, modules: ProtoFileToModuleMappings) {
    namer = SwiftProtobufNamer(currentFile: file, protoFileToModuleMappings: modules)
    prefix = namer.typePrefix(forFile: file)
  }

  /// The enum that is the service's namespace: `Peer_V1_Directory`. A package has each name once,
  /// so it is never a message's too.
  func namespace(of service: ServiceDescriptor) -> String {
    prefix + service.name
  }

  /// The method's function: `getResident`.
  func function(of method: MethodDescriptor) -> String {
    Self.escaped(NamingUtils.toLowerCamelCase(method.name))
  }

  /// The method's own namespace: `GetResident`.
  func type(of method: MethodDescriptor) -> String {
    let name = NamingUtils.toUpperCamelCase(method.name)
    // These two cannot be a nested type's name, not even in backticks.
    return name == "Type" || name == "Protocol" ? name + "_" : Self.escaped(name)
  }

  func input(of method: MethodDescriptor) -> String {
    namer.fullName(message: method.inputType)
  }

  func output(of method: MethodDescriptor) -> String {
    namer.fullName(message: method.outputType)
  }

  private static func escaped(_ name: String) -> String {
    keywords.contains(name) ? "`\(name)`" : name
  }

  /// The words that are no identifier wherever they stand.
  private static let keywords: Set<String> = [
    "Any", "Self", "as", "associatedtype", "break", "case", "catch", "class", "continue",
    "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false",
    "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is",
    "let", "nil", "operator", "precedencegroup", "private", "protocol", "public", "repeat",
    "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw",
    "throws", "true", "try", "typealias", "var", "where", "while",
  ]
}

extension ProvidesSourceCodeLocation {
  /// The contract's comment as a doc comment without a last line break, or else the given words.
  func documentation(or words: String) -> String {
    let comment = protoSourceComments()
    return comment.isEmpty ? "/// \(words)" : String(comment.dropLast())
  }
}
