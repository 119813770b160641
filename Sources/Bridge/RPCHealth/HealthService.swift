import GeneratedHealth
public import RPC

/// The health checking protocol of gRPC, over a store.
public struct HealthService: RegistrableRPCService {
  private let store: HealthStore

  /// Creates the service.
  public init(store: HealthStore) { self.store = store }

  /// Registers the service's methods.
  public func registerMethods(with router: inout RPCRouter) {
    router.register(Methods(store: store))
  }
}

private struct Methods: Grpc_Health_V1_Health.SimpleServiceProtocol {
  let store: HealthStore

  func check(request: Grpc_Health_V1_HealthCheckRequest, context: ServerContext) async throws
    -> Grpc_Health_V1_HealthCheckResponse
  {
    guard let status = store.status(request.service) else {
      throw RPCError(code: .notFound, message: "the service is not known")
    }
    return .with { $0.status = status }
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>, context: ServerContext
  ) async throws {
    guard request.service.utf8.count <= 256 else {
      throw RPCError(code: .invalidArgument, message: "the service's name is too long")
    }
    var last: Grpc_Health_V1_HealthCheckResponse.ServingStatus?
    for await status in store.watch(request.service) where status != last {
      last = status
      try await response.write(.with { $0.status = status })
    }
    try Task.checkCancellation()
  }
}
