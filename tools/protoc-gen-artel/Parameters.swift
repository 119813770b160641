import SwiftProtobufPluginLibrary

/// What protoc was told with `--artel_opt`.
struct Parameters {
  /// `policy=FOLDER`: where the policies of contracts that are not ours are.
  var policyFolder: String?

  /// `policies=none`: no method needs a policy. For programs that serve with RPC alone, such as the
  /// examples and the tests of interoperability; what is served behind the pipeline does not start
  /// without.
  var demandsPolicies = true

  /// `modules=FILE`: which contract is in which Swift module, as protoc-gen-swift takes it. A
  /// written file goes into the folder of its module's name.
  var modules = ProtoFileToModuleMappings()

  /// `descriptors=MODULE`: write the descriptors of all contracts, into this module's folder.
  var descriptorsModule: String?

  /// - Throws: ``Refusal`` for a parameter that does not exist or has no value.
  init(_ parameter: any CodeGeneratorParameter) throws {
    for (key, value) in parameter.parsedPairs {
      guard !value.isEmpty else { throw Refusal("the parameter \(key) needs a value") }
      switch key {
      case "policy": policyFolder = value
      case "policies":
        guard value == "none" else { throw Refusal("the parameter policies takes `none` alone") }
        demandsPolicies = false
      case "modules": modules = try ProtoFileToModuleMappings(path: value)
      case "descriptors": descriptorsModule = value
      default: throw Refusal("there is no parameter \(key)")
      }
    }
    if policyFolder != nil, !demandsPolicies {
      throw Refusal("a folder of policies and policies=none contradict each other")
    }
  }
}
