import GeneratedGoogle
import GeneratedOptions
import SwiftProtobuf
import Transcoding

@testable import OpenAPI

typealias FileProto = Google_Protobuf_FileDescriptorProto
typealias MessageProto = Google_Protobuf_DescriptorProto
typealias FieldProto = Google_Protobuf_FieldDescriptorProto
typealias MethodProto = Google_Protobuf_MethodDescriptorProto
typealias Rules = Artel_Options_V1_FieldRules

/// A contract of a test, written in code.
enum Library {
  static func field(
    _ name: String, _ number: Int32, _ type: FieldProto.TypeEnum = .string, _ typeName: String = "",
    repeated: Bool = false, oneof: Int32? = nil, is behavior: [Google_Api_FieldBehavior] = [],
    rules: Rules? = nil
  ) -> FieldProto {
    .with {
      $0.name = name
      $0.number = number
      $0.type = type
      $0.label = repeated ? .repeated : .optional
      if !typeName.isEmpty { $0.typeName = typeName }
      if let oneof { $0.oneofIndex = oneof }
      if !behavior.isEmpty { $0.options.Google_Api_fieldBehavior = behavior }
      if let rules { $0.options.Artel_Options_V1_rules = rules }
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

  static func method(
    _ name: String, _ input: String, _ output: String, _ http: Google_Api_HttpRule,
    policy: Artel_Options_V1_MethodPolicy? = nil, streams: Bool = false
  ) -> MethodProto {
    .with {
      $0.name = name
      $0.inputType = ".library.v1.\(input)"
      $0.outputType = output.hasPrefix(".") ? output : ".library.v1.\(output)"
      $0.serverStreaming = streams
      $0.options.Google_Api_http = http
      if let policy { $0.options.Artel_Options_V1_policy = policy }
    }
  }

  static func get(_ path: String) -> Google_Api_HttpRule { .with { $0.get = path } }

  static func post(_ path: String, _ body: String = "*") -> Google_Api_HttpRule {
    .with {
      $0.post = path
      $0.body = body
    }
  }

  static func patch(_ path: String, _ body: String) -> Google_Api_HttpRule {
    .with {
      $0.patch = path
      $0.body = body
    }
  }

  /// The well-known types that a test needs.
  static let wellKnown: FileProto = .with {
    $0.name = "google/protobuf/some.proto"
    $0.package = "google.protobuf"
    $0.syntax = "proto3"
    $0.messageType = [
      message("Timestamp", [field("seconds", 1, .int64), field("nanos", 2, .int32)]),
      message("FieldMask", [field("paths", 1, repeated: true)]),
      message("Int64Value", [field("value", 1, .int64)]),
      message("Empty", []),
    ]
  }

  static let httpBody: FileProto = .with {
    $0.name = "google/api/httpbody.proto"
    $0.package = "google.api"
    $0.syntax = "proto3"
    $0.messageType = [message("HttpBody", [field("content_type", 1), field("data", 2, .bytes)])]
  }

  /// The documents of a file with these messages and methods, in the package `library.v1`.
  static func documents(
    _ messages: [MessageProto], _ methods: [MethodProto], enums: [String: [String]] = [:],
    comments: [[Int32]: String] = [:], options: OpenAPIOptions = OpenAPIOptions(),
    change: (inout FileProto) -> Void = { _ in }
  ) throws -> OpenAPIDocuments {
    var file = FileProto()
    file.name = "library/v1/library.proto"
    file.package = "library.v1"
    file.syntax = "proto3"
    file.messageType = messages
    for (name, values) in enums.sorted(by: { $0.key < $1.key }) {
      file.enumType.append(
        .with {
          $0.name = name
          $0.value = values.enumerated().map { index, value in
            .with {
              $0.name = value
              $0.number = Int32(index)
            }
          }
        })
    }
    file.service = [
      .with {
        $0.name = "Library"
        $0.method = methods
      }
    ]
    for (path, text) in comments {
      file.sourceCodeInfo.location.append(
        .with {
          $0.path = path
          $0.leadingComments = text
        })
    }
    change(&file)
    var set = Google_Protobuf_FileDescriptorSet()
    set.file = [wellKnown, httpBody, file]
    let bytes: [UInt8] = try set.serializedBytes()
    return OpenAPIDocuments(
      schema: try Schema(descriptorSet: bytes), notes: try ContractNotes(descriptorSet: bytes),
      options: options)
  }
}
