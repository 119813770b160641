public import RPC

/// What a server says of its own contracts by `grpc.reflection`.
public struct ReflectedContracts: Sendable, Hashable {
  /// A serialized `google.protobuf.FileDescriptorSet`, imports first. The same contracts give the
  /// same bytes.
  public let descriptorSet: [UInt8]
  /// The full names of the services that are served, sorted, without reflection itself.
  public let services: [String]
  /// What the server names and does not describe: services that it serves, and files that others
  /// import. It may be that nobody needs them.
  public let missing: [String]
}

extension Upstream {
  /// Asks a server for its contracts, by `grpc.reflection.v1` or, where it lacks that, `v1alpha`.
  ///
  /// - Parameters:
  ///   - client: The channel to the server.
  ///   - metadata: What the calls carry besides: a token, where reflection is not for everyone.
  ///   - timeout: How long all of it may take; a server that is not there yet is waited for.
  ///   - known: A serialized `FileDescriptorSet` with files that servers leave out, such as
  ///     `google/api/annotations.proto`; taken where the server does not have them.
  /// - Throws: `UpstreamError`.
  public static func contracts(
    reflecting client: RPCClient, metadata: Metadata = [:], timeout: Duration = .seconds(10),
    known: [UInt8] = []
  ) async throws -> ReflectedContracts {
    let end = ContinuousClock.now + timeout
    for version in ReflectionVersion.allCases {
      let left = max(.zero, ContinuousClock.now.duration(to: end))
      let options = CallOptions(timeout: left, waitForReady: true)
      do {
        return try await version.contracts(client, metadata, options, known)
      } catch let error as RPCError where error.code == .unimplemented {
        continue
      } catch let error as RPCError {
        throw UpstreamError(.failed, "reflection failed: \(error)")
      }
    }
    throw UpstreamError(.noReflection, "the server has no reflection")
  }

  /// Asks a server for its contracts, as a serialized `google.protobuf.FileDescriptorSet`.
  ///
  /// - Throws: `UpstreamError`.
  public static func descriptorSet(reflecting client: RPCClient) async throws -> [UInt8] {
    try await contracts(reflecting: client).descriptorSet
  }
}
