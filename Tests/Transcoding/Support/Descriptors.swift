import SwiftProtobuf

typealias FileProto = Google_Protobuf_FileDescriptorProto
typealias MessageProto = Google_Protobuf_DescriptorProto
typealias FieldProto = Google_Protobuf_FieldDescriptorProto

/// Descriptors written in code, so that tests need no protoc.
enum Descriptors {
  static func file(
    _ name: String, package: String, messages: [MessageProto] = [],
    enums: [Google_Protobuf_EnumDescriptorProto] = [],
    services: [Google_Protobuf_ServiceDescriptorProto] = []
  ) -> FileProto {
    .with {
      $0.name = name
      $0.package = package
      $0.syntax = "proto3"
      $0.messageType = messages
      $0.enumType = enums
      $0.service = services
    }
  }

  static func message(
    _ name: String, _ fields: [FieldProto], nested: [MessageProto] = [], oneofs: [String] = []
  ) -> MessageProto {
    .with {
      $0.name = name
      $0.field = fields
      $0.nestedType = nested
      $0.oneofDecl = oneofs.map { oneof in .with { $0.name = oneof } }
    }
  }

  static func field(
    _ name: String, _ number: Int32, _ type: FieldProto.TypeEnum, _ typeName: String = "",
    repeated: Bool = false, oneof: Int32? = nil, json: String? = nil
  ) -> FieldProto {
    .with {
      $0.name = name
      $0.number = number
      $0.type = type
      $0.label = repeated ? .repeated : .optional
      if !typeName.isEmpty { $0.typeName = typeName }
      if let oneof { $0.oneofIndex = oneof }
      if let json { $0.jsonName = json }
    }
  }

  /// A proto3 `optional` field; its synthetic oneof has the given index.
  static func optional(_ field: FieldProto, synthetic: Int32) -> FieldProto {
    var field = field
    field.proto3Optional = true
    field.oneofIndex = synthetic
    return field
  }

  /// The entry of `map<key, value>` for a field of the given name.
  static func entry(_ name: String, key: FieldProto.TypeEnum, value: FieldProto) -> MessageProto {
    var entry = message(name, [field("key", 1, key), value])
    entry.options.mapEntry = true
    return entry
  }

  static func `enum`(
    _ name: String, _ values: [(String, Int32)]
  ) -> Google_Protobuf_EnumDescriptorProto {
    .with {
      $0.name = name
      $0.value = values.map { value in
        .with {
          $0.name = value.0
          $0.number = value.1
        }
      }
    }
  }

  static func method(
    _ name: String, _ input: String, _ output: String
  ) -> Google_Protobuf_MethodDescriptorProto {
    .with {
      $0.name = name
      $0.inputType = input
      $0.outputType = output
    }
  }

  static func set(_ files: [FileProto]) throws -> [UInt8] {
    var set = Google_Protobuf_FileDescriptorSet()
    set.file = files
    return try set.serializedBytes()
  }
}
