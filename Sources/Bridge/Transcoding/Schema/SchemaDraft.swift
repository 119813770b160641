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
  var sealed: Artel_Options_V1_SealedField?
  var shownWith: String?

  /// The full name of the type, without the dot before it.
  var type: String { String(typeName.drop { $0 == "." }) }
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
  /// What was left out, and why.
  private(set) var omissions: [SchemaError] = []
  private var enumIndex: [String: Int] = [:]
  private let isTolerant: Bool
  private let region: SchemaRegion

  init(isTolerant: Bool, region: SchemaRegion) {
    self.isTolerant = isTolerant
    self.region = region
  }

  /// Passes an error on, or keeps it where what it is about is left out.
  mutating func omit(_ error: SchemaError) throws(SchemaError) {
    guard isTolerant else { throw error }
    omissions.append(error)
  }

  /// Adds the types of a file.
  mutating func collect(_ file: Google_Protobuf_FileDescriptorProto) throws(SchemaError) {
    let features: FieldFeatures
    do throws(SchemaError) { features = try FieldFeatures(file) } catch {
      return try omit(error)
    }
    for type in file.messageType {
      try collect(type, scope: file.package, features)
    }
    for type in file.enumType { try collect(type, scope: file.package) }
  }

  /// Points every field at its type. A type that uses one that is left out is left out too.
  mutating func resolve() throws(SchemaError) {
    var isSettled = false
    while !isSettled {
      isSettled = true
      var kept: [MessageDraft] = []
      for message in messages {
        do throws(SchemaError) {
          try check(message)
          kept.append(message)
        } catch {
          try omit(error)
          messageIndex[message.fullName] = nil
          isSettled = false
        }
      }
      messages = kept
    }
    for (index, message) in messages.enumerated() { messageIndex[message.fullName] = index }
    for message in messages.indices {
      for field in messages[message].fields.indices {
        let draft = messages[message].fields[field]
        let name = draft.type
        if draft.kind == .message, let index = messageIndex[name] {
          messages[message].fields[field].messageIndex = index
          messages[message].fields[field].isMap = draft.isRepeated && messages[index].isMapEntry
        } else if draft.kind == .enum {
          messages[message].fields[field].enumIndex = enumIndex[name]
        }
      }
    }
  }

  /// Whether everything is there that the fields of a message name.
  private func check(_ message: MessageDraft) throws(SchemaError) {
    for field in message.fields {
      let isThere =
        switch field.kind {
        case .message: messageIndex[field.type] != nil
        case .enum: enumIndex[field.type] != nil
        default: true
        }
      guard isThere else {
        let kind = field.kind == .enum ? "enum" : "message"
        throw SchemaError(
          .unresolvedType, subject: "\(message.fullName).\(field.name)",
          reason: "no \(kind) \(field.type)")
      }
    }
  }

  private mutating func collect(
    _ type: Google_Protobuf_DescriptorProto, scope: String, _ features: FieldFeatures
  ) throws(SchemaError) {
    let fullName = scope.isEmpty ? type.name : "\(scope).\(type.name)"
    let features = features.with(type.options.features)
    do throws(SchemaError) {
      let message = try MessageDraft(type, fullName: fullName, features)
      guard messageIndex.updateValue(messages.count, forKey: fullName) == nil else {
        throw SchemaError(.unresolvedType, subject: fullName, reason: "defined twice")
      }
      messages.append(message)
    } catch {
      try omit(error)
    }
    for nested in type.nestedType { try collect(nested, scope: fullName, features) }
    for nested in type.enumType { try collect(nested, scope: fullName) }
  }

  private mutating func collect(
    _ type: Google_Protobuf_EnumDescriptorProto, scope: String
  ) throws(SchemaError) {
    let fullName = scope.isEmpty ? type.name : "\(scope).\(type.name)"
    guard enumIndex[fullName] == nil else {
      return try omit(
        SchemaError(.unresolvedType, subject: fullName, reason: "defined twice"))
    }
    enumIndex[fullName] = enums.count
    enums.append(
      EnumSchema(
        fullName: fullName,
        values: type.value.map { EnumSchema.Value(name: $0.name, number: $0.number) },
        in: region))
  }
}

extension MessageDraft {
  fileprivate init(
    _ type: Google_Protobuf_DescriptorProto, fullName: String, _ features: FieldFeatures
  ) throws(SchemaError) {
    var fields: [FieldDraft] = []
    for field in type.field {
      fields.append(try FieldDraft(field, in: type, fullName: fullName, features))
    }
    fields.sort { $0.number < $1.number }
    for (one, next) in zip(fields, fields.dropFirst()) where one.number == next.number {
      throw SchemaError(
        .unresolvedType, subject: fullName, reason: "the number \(one.number) comes twice")
    }
    self.init(
      fullName: fullName, fields: fields, oneofNames: type.oneofDecl.map(\.name),
      isMapEntry: type.options.mapEntry)
    var names: Set<String> = []
    for field in fields where !names.insert(field.jsonName).inserted {
      throw SchemaError(
        .unsupported, subject: fullName,
        reason: "the JSON name \(field.jsonName) stands for two fields")
    }
    _ = try WellKnownType.of(self)
  }
}

extension FieldDraft {
  fileprivate init(
    _ field: Google_Protobuf_FieldDescriptorProto, in message: Google_Protobuf_DescriptorProto,
    fullName: String, _ features: FieldFeatures
  ) throws(SchemaError) {
    let subject = "\(fullName).\(field.name)"
    let features = features.with(field.options.features)
    guard let kind = FieldKind(field.type), kind != .message || !features.isDelimited else {
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
      isRepeated && kind.isPackable
      && (field.options.hasPacked ? field.options.packed : features.isPacked)
    hasPresence =
      !isRepeated && (kind == .message || inOneof || field.proto3Optional || features.hasPresence)
    oneofIndex = inOneof ? Int(field.oneofIndex) : nil
    typeName = field.typeName
    rules = field.options.hasArtel_Options_V1_rules ? field.options.Artel_Options_V1_rules : nil
    dataClass = field.options.Artel_Options_V1_dataClass
    sealed = field.options.hasArtel_Options_V1_sealed ? field.options.Artel_Options_V1_sealed : nil
    let scope = field.options.Artel_Options_V1_shownWith
    shownWith = scope.isEmpty ? nil : scope
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
