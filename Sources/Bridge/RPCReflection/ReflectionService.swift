import GeneratedReflection
public import RPC

/// The reflection protocol of gRPC, `grpc.reflection.v1` and `v1alpha`, over a descriptor set.
///
/// It tells everyone who may call it all contracts of the set; whoever serves strangers puts a policy
/// in front of it.
public struct ReflectionService: RegistrableRPCService {
  private let catalogue: ReflectionCatalogue

  /// Creates the service.
  ///
  /// - Parameters:
  ///   - descriptorSet: A serialized `google.protobuf.FileDescriptorSet` of every contract, with
  ///     everything that they import. Its files are sent byte for byte.
  ///   - services: The names of the services that the server serves, such as
  ///     `grpc.health.v1.Health`; reflection's own two are listed besides.
  /// - Throws: ``ReflectionError`` where the set is malformed, or lacks an import or a service.
  public init(descriptorSet: [UInt8], services: [String]) throws(ReflectionError) {
    catalogue = try ReflectionCatalogue(descriptorSet: descriptorSet, services: services)
  }

  /// Registers the service's method in both versions.
  public func registerMethods(with router: inout RPCRouter) {
    // The versions differ by their package alone: the same messages serve both.
    for method in [
      Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor,
      Grpc_Reflection_V1alpha_ServerReflection.Method.ServerReflectionInfo.descriptor,
    ] {
      router.registerBidirectionalStreaming(
        method,
        request: Grpc_Reflection_V1_ServerReflectionRequest.self,
        response: Grpc_Reflection_V1_ServerReflectionResponse.self,
        handler: { [catalogue] requests, responses, _ in
          var session = ReflectionSession(catalogue)
          for try await request in requests {
            try await responses.write(session.answer(request))
          }
        })
    }
  }
}

/// What every stream answers from.
struct ReflectionCatalogue: Sendable {
  let index: DescriptorIndex

  /// The names of the services served, sorted.
  let services: [String]

  init(descriptorSet: [UInt8], services: [String]) throws(ReflectionError) {
    index = try DescriptorIndex(set: descriptorSet)
    for service in services where !index.services.contains(service) {
      throw ReflectionError(.missingService(service))
    }
    let own = [
      Grpc_Reflection_V1_ServerReflection.descriptor.fullyQualifiedService,
      Grpc_Reflection_V1alpha_ServerReflection.descriptor.fullyQualifiedService,
    ]
    self.services = Set(services + own).sorted()
  }
}
