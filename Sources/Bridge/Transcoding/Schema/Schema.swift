import GeneratedGoogle
import GeneratedOptions
import SwiftProtobuf

/// The contracts that this process serves, from a serialized `google.protobuf.FileDescriptorSet`
/// (what `protoc --descriptor_set_out --include_imports` writes).
///
/// A schema is immutable. It, and the protobuf-c descriptors inside, live as long as the process:
/// build one at start, not one per call.
public final class Schema: Sendable {
  /// Every method of every service, in the order of the files.
  public let methods: [MethodSchema]

  private let directory: SchemaDirectory
  private let methodIndex: [String: Int]
  private let messageIndex: [String: Int]

  /// Loads the contracts.
  ///
  /// - Parameter descriptorSet: the serialized set; every import must be in it.
  /// - Throws: `SchemaError` if the bytes do not parse, a type is missing or defined twice, or a
  ///   feature is used that the bridge does not speak.
  public init(descriptorSet: [UInt8]) throws(SchemaError) {
    let extensions: SimpleExtensionMap = [
      Artel_Options_V1_Extensions_policy, Artel_Options_V1_Extensions_rules,
      Artel_Options_V1_Extensions_data_class, Google_Api_Extensions_http,
    ]
    let set: Google_Protobuf_FileDescriptorSet
    do {
      set = try Google_Protobuf_FileDescriptorSet(
        serializedBytes: descriptorSet, extensions: extensions)
    } catch {
      throw SchemaError(.notADescriptorSet, subject: "", reason: "not a descriptor set: \(error)")
    }
    var drafts = SchemaDraft()
    for file in set.file { try drafts.collect(file) }
    try drafts.resolve()

    directory = SchemaDirectory()
    directory.enums = drafts.enums
    let plans = try PlanBuilder.plans(messages: drafts.messages, enums: drafts.enums)
    directory.messages = zip(drafts.messages, plans).map { [directory] draft, plan in
      MessageSchema(draft: draft, plan: plan, directory: directory)
    }
    messageIndex = drafts.messageIndex

    var methods: [MethodSchema] = []
    var index: [String: Int] = [:]
    for file in set.file {
      for service in file.service {
        let name = file.package.isEmpty ? service.name : "\(file.package).\(service.name)"
        for method in service.method {
          let schema = try Schema.method(
            method, service: name, messages: directory.messages, index: messageIndex)
          guard index.updateValue(methods.count, forKey: schema.path) == nil else {
            throw SchemaError(.unresolvedType, subject: schema.path, reason: "defined twice")
          }
          methods.append(schema)
        }
      }
    }
    self.methods = methods
    methodIndex = index
  }

  /// The message types by name; nil without any.
  var types: Permanent<TypeTable>? {
    directory.messages.first.map { Permanent(pointer: $0.plan.pointee.types) }
  }

  /// The method with this path, `/package.Service/Method`.
  public func method(path: String) -> MethodSchema? { methodIndex[path].map { methods[$0] } }

  /// The message type with this name, `package.Message`.
  public func message(named fullName: String) -> MessageSchema? {
    messageIndex[fullName].map { directory.messages[$0] }
  }

  private static func method(
    _ method: Google_Protobuf_MethodDescriptorProto, service: String, messages: [MessageSchema],
    index: [String: Int]
  ) throws(SchemaError) -> MethodSchema {
    let path = "/\(service)/\(method.name)"
    func type(_ name: String) throws(SchemaError) -> MessageSchema {
      guard let found = index[String(name.drop { $0 == "." })] else {
        throw SchemaError(.unresolvedType, subject: path, reason: "no message \(name)")
      }
      return messages[found]
    }
    let options = method.options
    return MethodSchema(
      serviceName: service, name: method.name, input: try type(method.inputType),
      output: try type(method.outputType), clientStreaming: method.clientStreaming,
      serverStreaming: method.serverStreaming,
      policy: options.hasArtel_Options_V1_policy ? options.Artel_Options_V1_policy : nil,
      bindings: options.hasGoogle_Api_http
        ? try HTTPBinding.bindings(of: options.Google_Api_http, method: path) : [])
  }
}
