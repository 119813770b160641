import GeneratedDescriptors
import Upstream

/// The contracts by which errors are shown, whatever the served contracts import.
enum ErrorContracts {
  /// A serialized `FileDescriptorSet` of google.rpc's types and what they need.
  static func set() throws -> [UInt8] {
    try DescriptorSets.part(
      of: ArtelDescriptors.descriptorSet,
      files: ["google/rpc/status.proto", "google/rpc/error_details.proto"])
  }
}
