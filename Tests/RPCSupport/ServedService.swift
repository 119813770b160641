public import RPC

/// Serves services on a free port of loopback for one test, with a client, and stops both.
///
/// - Parameters:
///   - services: What is served.
///   - grace: How long calls may go on when the test is over.
@discardableResult
public func withServices<Result: Sendable>(
  _ services: [any RegistrableRPCService], grace: Duration = .seconds(5),
  _ body: (RPCClient, RPCServer, _ port: Int) async throws -> Result
) async throws -> Result {
  var router = RPCRouter()
  for service in services { service.registerMethods(with: &router) }
  return try await withMethods(router.methods, grace: grace, body)
}

/// Serves methods on a free port of loopback for one test, with a client, and stops both.
@discardableResult
public func withMethods<Result: Sendable>(
  _ methods: [RegisteredMethod], grace: Duration = .seconds(5),
  _ body: (RPCClient, RPCServer, _ port: Int) async throws -> Result
) async throws -> Result {
  var configuration = ServerConfiguration(address: "127.0.0.1:0")
  configuration.gracePeriod = grace
  let server = RPCServer(configuration: configuration, methods: methods)
  let port = try server.start()
  let client = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:\(port)"))
  do {
    let result = try await body(client, server, port)
    await server.shutdown()
    return result
  } catch {
    await server.shutdown()
    throw error
  }
}
