import GeneratedGoogle
import GeneratedOptions
import SwiftProtobuf

/// The contracts that this process serves, from a serialized `google.protobuf.FileDescriptorSet`
/// (what `protoc --descriptor_set_out --include_imports` writes).
///
/// A schema is immutable. What it was built of is freed with the last of its schema, its methods and
/// types, and the binders and printers made of them.
public final class Schema: Sendable {
  /// Every method of every service, in the order of the files.
  public let methods: [MethodSchema]
  /// What a tolerant schema left out, and why; empty for any other.
  public let omissions: [SchemaError]

  let region: SchemaRegion
  private let directory: SchemaDirectory
  private let methodIndex: [String: Int]
  private let messageIndex: [String: Int]
  private let messages: [MessageSchema]

  /// Loads the contracts.
  ///
  /// - Parameters:
  ///   - descriptorSet: the serialized set; every import must be in it.
  ///   - options: what of it is taken.
  /// - Throws: `SchemaError` if the bytes do not parse, a type is missing or defined twice, or a
  ///   feature is used that the bridge does not speak. A tolerant schema throws for the bytes only,
  ///   and for rules that name no method.
  public init(
    descriptorSet: [UInt8], options: SchemaOptions = SchemaOptions()
  ) throws(SchemaError) {
    let extensions: SimpleExtensionMap = [
      Artel_Options_V1_Extensions_policy, Artel_Options_V1_Extensions_rules,
      Artel_Options_V1_Extensions_data_class, Artel_Options_V1_Extensions_sealed,
      Artel_Options_V1_Extensions_shown_with, Google_Api_Extensions_http,
    ]
    let set: Google_Protobuf_FileDescriptorSet
    do {
      set = try Google_Protobuf_FileDescriptorSet(
        serializedBytes: descriptorSet, extensions: extensions)
    } catch {
      throw SchemaError(.notADescriptorSet, subject: "", reason: "not a descriptor set: \(error)")
    }
    let region = SchemaRegion()
    self.region = region
    var drafts = SchemaDraft(isTolerant: options.isTolerant, region: region)
    for file in set.file { try drafts.collect(file) }
    try drafts.resolve()

    let directory = SchemaDirectory(region: region)
    self.directory = directory
    directory.enums = drafts.enums
    directory.add(
      drafts.messages,
      try PlanBuilder.plans(messages: drafts.messages, enums: drafts.enums, in: region))
    messages = drafts.messages.indices.map { directory.message($0) }
    messageIndex = drafts.messageIndex
    var rules = options.rules?.bindings ?? [:]

    var methods: [MethodSchema] = []
    var index: [String: Int] = [:]
    for file in set.file {
      for service in file.service {
        let name = file.package.isEmpty ? service.name : "\(file.package).\(service.name)"
        for method in service.method {
          do throws(SchemaError) {
            let schema = try Schema.method(
              method, service: name, messages: messages, index: messageIndex,
              rule: rules.removeValue(forKey: "\(name).\(method.name)"),
              mapsUnbound: options.mapsUnboundMethods)
            guard index[schema.path] == nil else {
              throw SchemaError(.unresolvedType, subject: schema.path, reason: "defined twice")
            }
            index[schema.path] = methods.count
            methods.append(schema)
          } catch {
            try drafts.omit(error)
          }
        }
      }
    }
    if let name = rules.keys.min() {
      throw SchemaError(.invalidBinding, subject: name, reason: "a rule for no method of the set")
    }
    self.methods = methods
    methodIndex = index
    omissions = drafts.omissions
  }

  /// The message types by name; nil without any.
  var types: Permanent<TypeTable>? {
    messages.first.map { Permanent(pointer: $0.plan.pointee.types) }
  }

  /// The method with this path, `/package.Service/Method`.
  public func method(path: String) -> MethodSchema? { methodIndex[path].map { methods[$0] } }

  /// The message type with this name, `package.Message`.
  public func message(named fullName: String) -> MessageSchema? {
    messageIndex[fullName].map { messages[$0] }
  }

  private static func method(
    _ method: Google_Protobuf_MethodDescriptorProto, service: String, messages: [MessageSchema],
    index: [String: Int], rule: [HTTPBinding]?, mapsUnbound: Bool
  ) throws(SchemaError) -> MethodSchema {
    let path = "/\(service)/\(method.name)"
    func type(_ name: String) throws(SchemaError) -> MessageSchema {
      guard let found = index[String(name.drop { $0 == "." })] else {
        throw SchemaError(.unresolvedType, subject: path, reason: "no message \(name)")
      }
      return messages[found]
    }
    let options = method.options
    var bindings: [HTTPBinding] = []
    if let rule {
      bindings = rule
    } else if options.hasGoogle_Api_http {
      bindings = try HTTPBinding.bindings(of: options.Google_Api_http, method: path)
    } else if mapsUnbound, !method.clientStreaming {
      bindings = [HTTPBinding(verb: "POST", template: path, body: "*", responseBody: "")]
    }
    return MethodSchema(
      serviceName: service, name: method.name, input: try type(method.inputType),
      output: try type(method.outputType), clientStreaming: method.clientStreaming,
      serverStreaming: method.serverStreaming,
      hasNoSideEffects: options.idempotencyLevel == .noSideEffects,
      policy: options.hasArtel_Options_V1_policy ? options.Artel_Options_V1_policy : nil,
      bindings: bindings)
  }
}
