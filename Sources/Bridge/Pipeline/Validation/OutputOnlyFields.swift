import GeneratedGoogle
import Mutation
import SwiftProtobuf

/// The fields that only the service sets: `google.api.field_behavior` OUTPUT_ONLY (AIP-203).
public struct OutputOnlyFields: Sendable {
  private var names: Set<String> = []

  /// No field.
  public init() {}

  /// Reads them from a serialized `google.protobuf.FileDescriptorSet`.
  ///
  /// - Throws: what SwiftProtobuf throws for other bytes.
  public init(descriptorSet: [UInt8]) throws {
    let extensions: SimpleExtensionMap = [Google_Api_Extensions_field_behavior]
    let set = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: descriptorSet, extensions: extensions)
    for file in set.file {
      for message in file.messageType { collect(message, in: file.package) }
    }
  }

  func contains(_ field: String, of message: String) -> Bool {
    names.contains("\(message).\(field)") && !Mutation.isOn(.takesOutputOnlyFields)
  }

  private mutating func collect(_ message: Google_Protobuf_DescriptorProto, in scope: String) {
    let name = scope.isEmpty ? message.name : "\(scope).\(message.name)"
    for field in message.field
    where field.options.Google_Api_fieldBehavior.contains(.outputOnly) {
      names.insert("\(name).\(field.name)")
    }
    for nested in message.nestedType { collect(nested, in: name) }
  }
}
