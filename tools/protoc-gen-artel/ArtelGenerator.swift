import GeneratedOptions
import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The protoc plug-in: writes the services of the contracts, and the descriptors that the bridge
/// loads, and refuses contracts whose policies are missing or contradict themselves.
///
/// It is given every contract at once, so that it can also say which foreign policy belongs to
/// nothing. `tools/generate` is the one way to run it.
@main
struct ArtelGenerator: CodeGenerator {
  var supportedFeatures: [Google_Protobuf_Compiler_CodeGeneratorResponse.Feature] {
    [.proto3Optional]
  }

  var customOptionExtensions: [any AnyMessageExtension] {
    [
      Artel_Options_V1_Extensions_policy, Artel_Options_V1_Extensions_sealed,
      Artel_Options_V1_Extensions_data_class, Artel_Options_V1_Extensions_shown_with,
    ]
  }

  func generate(
    files: [FileDescriptor],
    parameter: any CodeGeneratorParameter,
    protoCompilerContext: any ProtoCompilerContext,
    generatorOutputs: any GeneratorOutputs
  ) throws {
    let parameters = try Parameters(parameter)
    let foreign = try parameters.policyFolder.map(ForeignPolicies.init(folder:))
    let contracts = Contracts(
      files: files, foreign: foreign ?? ForeignPolicies(),
      demandsPolicies: parameters.demandsPolicies)
    try contracts.check()

    for file in files where !file.services.isEmpty {
      let source = ServiceFile(file: file, modules: parameters.modules)
      try generatorOutputs.add(fileName: source.path, contents: source.contents)
    }
    for file in files {
      guard let source = SealedFile(file: file, modules: parameters.modules) else { continue }
      try generatorOutputs.add(fileName: source.path, contents: source.contents)
    }
    if let module = parameters.descriptorsModule {
      let source = try DescriptorsFile(
        set: contracts.descriptorSet(), comments: contracts.comments(), module: module)
      try generatorOutputs.add(fileName: source.path, contents: source.contents)
    }
  }
}
