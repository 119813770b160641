import GeneratedHealth
public import RPC

/// The health checking protocol of gRPC, `grpc.health.v1`, over a store: `Check`, `Watch` and `List`.
///
/// `List` tells every name that is known; whoever serves strangers puts a policy in front of it.
public struct HealthService: RegistrableRPCService {
  /// How many services `List` names; where more are known it fails with RESOURCE_EXHAUSTED, as the
  /// protocol asks.
  public static let listLimit = 100

  /// The longest name that can be watched, in bytes of UTF-8.
  public static let nameLimit = 256

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

  func list(request: Grpc_Health_V1_HealthListRequest, context: ServerContext) async throws
    -> Grpc_Health_V1_HealthListResponse
  {
    guard let statuses = store.statuses(atMost: HealthService.listLimit) else {
      throw RPCError(
        code: .resourceExhausted,
        message: "more than \(HealthService.listLimit) services are known: check them one by one")
    }
    return .with { response in
      response.statuses = statuses.mapValues { status in .with { $0.status = status } }
    }
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>, context: ServerContext
  ) async throws {
    guard request.service.utf8.count <= HealthService.nameLimit else {
      throw RPCError(code: .invalidArgument, message: "the service's name is too long")
    }
    var last: Grpc_Health_V1_HealthCheckResponse.ServingStatus?
    for await status in store.watch(request.service) where status != last {
      last = status
      try await response.write(.with { $0.status = status })
    }
    try Task.checkCancellation()
    // The caller takes it for a lost connection, and looks for another server.
    throw RPCError(code: .unavailable, message: "the server is shutting down")
  }
}
