import FoundationEssentials
import SwiftProtobuf

/// Where everything of a descriptor set is: which file has a symbol, which one an extension.
struct DescriptorIndex: Sendable {
  /// A file of the set.
  struct File: Sendable {
    let name: String
    /// As it stands in the set.
    let bytes: Data
    /// The files that it imports itself.
    fileprivate(set) var imports: [Int] = []
  }

  private struct Extension: Hashable {
    let type: String
    let number: Int32
  }

  private(set) var files: [File] = []
  private(set) var services: Set<String> = []
  private var names: [String: Int] = [:]
  private var symbols: [String: Int] = [:]
  private var extensions: [Extension: Int] = [:]
  /// For every message type, the numbers of its extensions.
  private var numbers: [String: Set<Int32>] = [:]

  /// Reads a serialized `google.protobuf.FileDescriptorSet`.
  ///
  /// - Throws: ``ReflectionError``.
  init(set: [UInt8]) throws(ReflectionError) {
    var serialized = SerializedFiles(set)
    var imports: [[String]] = []
    while let bytes = serialized.next() {
      let file: Google_Protobuf_FileDescriptorProto
      do {
        file = try Google_Protobuf_FileDescriptorProto(serializedBytes: Array(bytes))
      } catch {
        throw ReflectionError(.malformed)
      }
      guard names.updateValue(files.count, forKey: file.name) == nil else {
        throw ReflectionError(.duplicateFile(file.name))
      }
      files.append(File(name: file.name, bytes: Data(bytes)))
      imports.append(file.dependency)
      add(file)
    }
    guard !serialized.isMalformed else { throw ReflectionError(.malformed) }
    for (index, imported) in imports.enumerated() {
      for name in imported {
        guard let target = names[name] else { throw ReflectionError(.missingImport(name)) }
        files[index].imports.append(target)
      }
    }
  }

  /// The file of a name.
  func file(named name: String) -> Int? { names[name] }

  /// The file that declares a symbol: a message, one of its fields or oneofs, an enum, one of its
  /// values, a service, a method or an extension.
  func file(declaring symbol: String) -> Int? { symbols[symbol] }

  /// The file that declares the extension of a message type by a number.
  func file(extending type: String, with number: Int32) -> Int? {
    extensions[Extension(type: type, number: number)]
  }

  /// The numbers of a message type's extensions, ascending; nil where there is no such type.
  func extensionNumbers(of type: String) -> [Int32]? { numbers[type]?.sorted() }

  // MARK: Collecting

  /// Adds what the file last taken declares.
  private mutating func add(_ file: Google_Protobuf_FileDescriptorProto) {
    let scope = file.package
    for message in file.messageType { add(message, in: scope) }
    for type in file.enumType { add(type, in: scope) }
    for field in file.extension { addExtension(field, in: scope) }
    for service in file.service {
      let name = declare(service.name, in: scope)
      services.insert(name)
      for method in service.method { declare(method.name, in: name) }
    }
  }

  private mutating func add(_ message: Google_Protobuf_DescriptorProto, in scope: String) {
    let name = declare(message.name, in: scope)
    numbers[name, default: []].formUnion([])
    for field in message.field { declare(field.name, in: name) }
    for oneof in message.oneofDecl { declare(oneof.name, in: name) }
    for type in message.enumType { add(type, in: name) }
    for field in message.extension { addExtension(field, in: name) }
    for nested in message.nestedType { add(nested, in: name) }
  }

  private mutating func add(_ type: Google_Protobuf_EnumDescriptorProto, in scope: String) {
    declare(type.name, in: scope)
    // An enum's values are its siblings, as in C++.
    for value in type.value { declare(value.name, in: scope) }
  }

  private mutating func addExtension(
    _ field: Google_Protobuf_FieldDescriptorProto, in scope: String
  ) {
    declare(field.name, in: scope)
    // Compilers write whole names with a dot before them.
    let type = field.extendee.hasPrefix(".") ? String(field.extendee.dropFirst()) : field.extendee
    extensions[Extension(type: type, number: field.number)] = files.count - 1
    numbers[type, default: []].insert(field.number)
  }

  @discardableResult
  private mutating func declare(_ name: String, in scope: String) -> String {
    let symbol = scope.isEmpty ? name : "\(scope).\(name)"
    symbols[symbol] = files.count - 1
    return symbol
  }
}
