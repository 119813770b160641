import GeneratedDescriptors
import GeneratedOptions
import Pipeline
import SwiftProtobuf

/// The contract as it would be if its calls were protected.
enum Secured {
  static let scope = "directory:use"

  /// No caller is refused, but every call is counted.
  static let limits = RateLimits(
    low: .init(perSecond: 1e9, burst: 1e9), medium: .init(perSecond: 1e9, burst: 1e9),
    high: .init(perSecond: 1e9, burst: 1e9))

  /// The descriptor set with the benchmark's public policies replaced: people with a scope, calls
  /// journaled.
  static func descriptorSet() throws -> [UInt8] {
    var set = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: ArtelDescriptors.descriptorSet,
      extensions: Artel_Options_V1_Policy_Extensions)
    for file in set.file.indices where set.file[file].package == "peer.v1" {
      for service in set.file[file].service.indices {
        for method in set.file[file].service[service].method.indices {
          var policy = set.file[file].service[service].method[method].options
            .Artel_Options_V1_policy
          policy.access = .with {
            $0.principals = [.user]
            $0.scopes = [scope]
          }
          policy.audit = .metadata
          set.file[file].service[service].method[method].options.Artel_Options_V1_policy = policy
        }
      }
    }
    return try set.serializedBytes()
  }
}
