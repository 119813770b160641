import GeneratedGoogle
import GeneratedOptions
import Pipeline
import SwiftProtobuf
import Transcoding

/// A contract of package `test`, written in the test that needs it.
struct Contract {
  typealias Field = Google_Protobuf_FieldDescriptorProto
  typealias Rules = Artel_Options_V1_FieldRules

  private var file = Google_Protobuf_FileDescriptorProto()

  init() {
    file.name = "test.proto"
    file.package = "test"
    file.syntax = "proto3"
    // The enum that tests use: 0, 1 and 5 have names.
    var state = Google_Protobuf_EnumDescriptorProto()
    state.name = "State"
    state.value = [("STATE_UNSPECIFIED", 0), ("STATE_OPEN", 1), ("STATE_CLOSED", 5)].map {
      var value = Google_Protobuf_EnumValueDescriptorProto()
      value.name = $0.0
      value.number = Int32($0.1)
      return value
    }
    file.enumType = [state]
  }

  /// One message `test.M` with these fields.
  init(_ fields: [Field], oneofs: [String] = []) {
    self.init()
    add("M", fields, oneofs: oneofs)
  }

  mutating func add(
    _ name: String, _ fields: [Field], oneofs: [String] = [],
    maps: [Google_Protobuf_DescriptorProto] = []
  ) {
    var message = Google_Protobuf_DescriptorProto()
    message.name = name
    message.nestedType = maps
    message.oneofDecl = oneofs.map { name in
      var oneof = Google_Protobuf_OneofDescriptorProto()
      oneof.name = name
      return oneof
    }
    for var field in fields {
      if field.proto3Optional {
        var oneof = Google_Protobuf_OneofDescriptorProto()
        oneof.name = "_\(field.name)"
        field.oneofIndex = Int32(message.oneofDecl.count)
        message.oneofDecl.append(oneof)
      }
      message.field.append(field)
    }
    file.messageType.append(message)
  }

  /// The entry type of a map field, to be nested in its message.
  static func entry(_ name: String, key: Field, value: Field) -> Google_Protobuf_DescriptorProto {
    var entry = Google_Protobuf_DescriptorProto()
    entry.name = name
    entry.field = [key, value]
    entry.options.mapEntry = true
    return entry
  }

  static func field(
    _ name: String, _ number: Int32, _ type: Field.TypeEnum, of typeName: String = "",
    repeated: Bool = false, optional: Bool = false, oneof: Int32? = nil, outputOnly: Bool = false,
    _ rules: ((inout Rules) -> Void)? = nil
  ) -> Field {
    var field = Field()
    field.name = name
    field.number = number
    field.type = type
    field.label = repeated ? .repeated : .optional
    if !typeName.isEmpty { field.typeName = ".test.\(typeName)" }
    if optional { field.proto3Optional = true }
    if let oneof { field.oneofIndex = oneof }
    if outputOnly { field.options.Google_Api_fieldBehavior = [.outputOnly] }
    if let rules {
      var value = Rules()
      rules(&value)
      field.options.Artel_Options_V1_rules = value
    }
    return field
  }

  func validator(_ message: String = "M") throws -> MessageValidator? {
    var set = Google_Protobuf_FileDescriptorSet()
    set.file = [file]
    let bytes: [UInt8] = try set.serializedBytes()
    guard let schema = try Schema(descriptorSet: bytes).message(named: "test.\(message)") else {
      return nil
    }
    return try MessageValidator(schema: schema, outputOnly: OutputOnlyFields(descriptorSet: bytes))
  }

  /// What the message's validator says of bytes, as one line for each violation.
  func check(_ bytes: [UInt8], _ message: String = "M") throws -> Verdict {
    guard let validator = try validator(message) else { return .noRules }
    return validator.verdict(bytes)
  }
}

/// A result that can be compared.
enum Verdict: Equatable {
  case noRules, valid, malformed
  case violations([String])
}

extension MessageValidator {
  func verdict(_ bytes: [UInt8]) -> Verdict {
    switch bytes.withUnsafeBytes({ validate($0) }) {
    case .valid: .valid
    case .malformed: .malformed
    case .violations(let list): .violations(list.map { "\($0.field) \($0.description)" })
    }
  }
}
