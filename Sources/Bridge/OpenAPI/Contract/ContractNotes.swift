import GeneratedGoogle
import SwiftProtobuf

/// What contracts say to their readers, and `Schema` does not keep: comments, what is deprecated, and
/// how fields behave (AIP-203). By full names; a method's is `package.Service.Method`.
public struct ContractNotes: Sendable {
  /// How a field behaves.
  struct Behavior: OptionSet {
    let rawValue: UInt8
    static let required = Behavior(rawValue: 1)
    static let outputOnly = Behavior(rawValue: 2)
    static let inputOnly = Behavior(rawValue: 4)
  }

  private var comments: [String: String] = [:]
  private var deprecated: Set<String> = []
  private var behaviors: [String: Behavior] = [:]

  /// Nothing.
  public init() {}

  /// Reads serialized `google.protobuf.FileDescriptorSet`s.
  ///
  /// - Parameters:
  ///   - descriptorSet: The contracts. Their comments are taken where they are there
  ///     (`protoc --include_source_info`).
  ///   - comments: Files of the same names with comments alone, for contracts without.
  /// - Throws: what SwiftProtobuf throws for other bytes.
  public init(descriptorSet: [UInt8], comments: [UInt8] = []) throws {
    let extensions: SimpleExtensionMap = [Google_Api_Extensions_field_behavior]
    let set = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: descriptorSet, extensions: extensions)
    let more = try Google_Protobuf_FileDescriptorSet(serializedBytes: comments)
    let beside = Dictionary(
      more.file.map { ($0.name, $0.sourceCodeInfo) }, uniquingKeysWith: { first, _ in first })
    for file in set.file {
      let info = file.hasSourceCodeInfo ? file.sourceCodeInfo : beside[file.name]
      var paths: [[Int32]: String] = [:]
      for location in info?.location ?? [] {
        let text =
          location.hasLeadingComments ? location.leadingComments : location.trailingComments
        if !text.isEmpty { paths[location.path] = CommentText.cleaned(text) }
      }
      collect(file, paths)
    }
  }

  /// The comment of an element; empty without one.
  func comment(_ name: String) -> String { comments[name] ?? "" }

  /// Whether an element is marked as deprecated.
  func isDeprecated(_ name: String) -> Bool { deprecated.contains(name) }

  /// How a field behaves.
  func behavior(_ field: String) -> Behavior { behaviors[field] ?? [] }

  // MARK: Reading. The numbers are those of the fields in descriptor.proto.

  private mutating func note(
    _ name: String, _ path: [Int32], _ paths: [[Int32]: String], isDeprecated: Bool
  ) {
    if let text = paths[path] { comments[name] = text }
    if isDeprecated { deprecated.insert(name) }
  }

  private mutating func collect(
    _ file: Google_Protobuf_FileDescriptorProto, _ paths: [[Int32]: String]
  ) {
    let scope = file.package.isEmpty ? "" : file.package + "."
    for (index, message) in file.messageType.enumerated() {
      collect(message, scope, [4, Int32(index)], paths)
    }
    for (index, type) in file.enumType.enumerated() {
      collect(type, scope, [5, Int32(index)], paths)
    }
    for (index, service) in file.service.enumerated() {
      let name = scope + service.name
      let path = [6, Int32(index)]
      note(name, path, paths, isDeprecated: service.options.deprecated)
      for (index, method) in service.method.enumerated() {
        note(
          "\(name).\(method.name)", path + [2, Int32(index)], paths,
          isDeprecated: method.options.deprecated || service.options.deprecated)
      }
    }
  }

  private mutating func collect(
    _ message: Google_Protobuf_DescriptorProto, _ scope: String, _ path: [Int32],
    _ paths: [[Int32]: String]
  ) {
    let name = scope + message.name
    note(name, path, paths, isDeprecated: message.options.deprecated)
    for (index, field) in message.field.enumerated() {
      let fieldName = "\(name).\(field.name)"
      note(fieldName, path + [2, Int32(index)], paths, isDeprecated: field.options.deprecated)
      var behavior: Behavior = field.label == .required ? .required : []
      for one in field.options.Google_Api_fieldBehavior {
        switch one {
        case .required: behavior.insert(.required)
        case .outputOnly: behavior.insert(.outputOnly)
        case .inputOnly: behavior.insert(.inputOnly)
        default: break
        }
      }
      if !behavior.isEmpty { behaviors[fieldName] = behavior }
    }
    for (index, nested) in message.nestedType.enumerated() {
      collect(nested, name + ".", path + [3, Int32(index)], paths)
    }
    for (index, type) in message.enumType.enumerated() {
      collect(type, name + ".", path + [4, Int32(index)], paths)
    }
  }

  private mutating func collect(
    _ type: Google_Protobuf_EnumDescriptorProto, _ scope: String, _ path: [Int32],
    _ paths: [[Int32]: String]
  ) {
    let name = scope + type.name
    note(name, path, paths, isDeprecated: type.options.deprecated)
    for (index, value) in type.value.enumerated() {
      note(
        "\(name).\(value.name)", path + [2, Int32(index)], paths,
        isDeprecated: value.options.deprecated)
    }
  }
}
