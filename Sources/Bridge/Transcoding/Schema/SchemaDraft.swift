import GeneratedOptions
import SwiftProtobuf

/// A field as the descriptor has it, with its type's index once that is known.
struct FieldDraft {
  var name: String
  var jsonName: String
  var number: Int
  var kind: FieldKind
  var isRepeated: Bool
  var isMap = false
  var isPacked: Bool
  var hasPresence: Bool
  var oneofIndex: Int?
  var typeName: String
  var messageIndex: Int?
  var enumIndex: Int?
  var rules: Artel_Options_V1_FieldRules?
  var dataClass: Artel_Options_V1_DataClass
}

/// A message as the descriptor has it.
struct MessageDraft {
  var fullName: String
  var fields: [FieldDraft]
  var oneofNames: [String]
  var isMapEntry: Bool
}

/// Everything that a descriptor set names, on the way to a `Schema`.
struct SchemaDraft {
  private(set) var messages: [MessageDraft] = []
  private(set) var enums: [EnumSchema] = []
  private(set) var messageIndex: [String: Int] = [:]
  private var enumIndex: [String: Int] = [:]

  /// Adds the types of a file.
  mutating func collect(_ file: Google_Protobuf_FileDescriptorProto) throws(SchemaError) {
    let isProto3: Bool
    switch file.syntax {
    case "", "proto2": isProto3 = false
    case "proto3": isProto3 = true
    default:
      throw SchemaError(
        .unsupported, subject: file.name, reason: "the syntax \(file.syntax) is not spoken")
    }
    for type in file.messageType {
      try collect(type, scope: file.package, isProto3: isProto3)
    }
    for type in file.enumType { try collect(type, scope: file.package) }
  }

  /// Points every field at its type.
  mutating func resolve() throws(SchemaError) {
    for message in messages.indices {
      for field in messages[message].fields.indices {
        let draft = messages[message].fields[field]
        let name = String(draft.typeName.drop { $0 == "." })
        let subject = "\(messages[message].fullName).\(draft.name)"
        switch draft.kind {
        case .message:
          guard let index = messageIndex[name] else {
            throw SchemaError(.unresolvedType, subject: subject, reason: "no message \(name)")
          }
          messages[message].fields[field].messageIndex = index
          messages[message].fields[field].isMap = draft.isRepeated && messages[index].isMapEntry
        case .enum:
          guard let index = enumIndex[name] else {
            throw SchemaError(.unresolvedType, subject: subject, reason: "no enum \(name)")
          }
          messages[message].fields[field].enumIndex = index
        default: break
        }
      }
    }
  }

  private mutating func collect(
    _ type: Google_Protobuf_DescriptorProto, scope: String, isProto3: Bool
  ) throws(SchemaError) {
    let fullName = scope.isEmpty ? type.name : "\(scope).\(type.name)"
    var fields: [FieldDraft] = []
    for field in type.field {
      fields.append(try FieldDraft(field, in: type, fullName: fullName, isProto3: isProto3))
    }
    fields.sort { $0.number < $1.number }
    for (one, next) in zip(fields, fields.dropFirst()) where one.number == next.number {
      throw SchemaError(
        .unresolvedType, subject: fullName, reason: "the number \(one.number) comes twice")
    }
    guard messageIndex.updateValue(messages.count, forKey: fullName) == nil else {
      throw SchemaError(.unresolvedType, subject: fullName, reason: "defined twice")
    }
    messages.append(
      MessageDraft(
        fullName: fullName, fields: fields, oneofNames: type.oneofDecl.map(\.name),
        isMapEntry: type.options.mapEntry))
    for nested in type.nestedType {
      try collect(nested, scope: fullName, isProto3: isProto3)
    }
    for nested in type.enumType { try collect(nested, scope: fullName) }
  }

  private mutating func collect(
    _ type: Google_Protobuf_EnumDescriptorProto, scope: String
  ) throws(SchemaError) {
    let fullName = scope.isEmpty ? type.name : "\(scope).\(type.name)"
    guard enumIndex.updateValue(enums.count, forKey: fullName) == nil else {
      throw SchemaError(.unresolvedType, subject: fullName, reason: "defined twice")
    }
    enums.append(
      EnumSchema(
        fullName: fullName,
        values: type.value.map { EnumSchema.Value(name: $0.name, number: $0.number) }))
  }
}

extension FieldDraft {
  fileprivate init(
    _ field: Google_Protobuf_FieldDescriptorProto, in message: Google_Protobuf_DescriptorProto,
    fullName: String, isProto3: Bool
  ) throws(SchemaError) {
    let subject = "\(fullName).\(field.name)"
    guard let kind = FieldKind(field.type) else {
      throw SchemaError(.unsupported, subject: subject, reason: "a group is not spoken")
    }
    guard (1...536_870_911).contains(field.number) else {
      throw SchemaError(
        .unsupported, subject: subject, reason: "the number \(field.number) is out of range")
    }
    let isRepeated = field.label == .repeated
    let inOneof = field.hasOneofIndex && !field.proto3Optional
    if field.hasOneofIndex, !message.oneofDecl.indices.contains(Int(field.oneofIndex)) {
      throw SchemaError(.unresolvedType, subject: subject, reason: "a oneof that is not there")
    }
    name = field.name
    jsonName = field.hasJsonName ? field.jsonName : FieldMaskText.jsonName(of: field.name)
    number = Int(field.number)
    self.kind = kind
    self.isRepeated = isRepeated
    isPacked =
      isRepeated && kind.isPackable && (field.options.hasPacked ? field.options.packed : isProto3)
    hasPresence =
      !isRepeated && (kind == .message || inOneof || field.proto3Optional || !isProto3)
    oneofIndex = inOneof ? Int(field.oneofIndex) : nil
    typeName = field.typeName
    rules = field.options.hasArtel_Options_V1_rules ? field.options.Artel_Options_V1_rules : nil
    dataClass = field.options.Artel_Options_V1_dataClass
  }
}

extension FieldKind {
  fileprivate init?(_ type: Google_Protobuf_FieldDescriptorProto.TypeEnum) {
    switch type {
    case .double: self = .double
    case .float: self = .float
    case .int64: self = .int64
    case .uint64: self = .uint64
    case .int32: self = .int32
    case .fixed64: self = .fixed64
    case .fixed32: self = .fixed32
    case .bool: self = .bool
    case .string: self = .string
    case .message: self = .message
    case .bytes: self = .bytes
    case .uint32: self = .uint32
    case .enum: self = .enum
    case .sfixed32: self = .sfixed32
    case .sfixed64: self = .sfixed64
    case .sint32: self = .sint32
    case .sint64: self = .sint64
    case .group: return nil
    }
  }
}
