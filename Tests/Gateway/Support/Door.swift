import Gateway
import GeneratedDescriptors
import Logging
import RPC
import Transcoding

/// A gateway on a free port of this machine, for one test.
struct Door {
  let port: Int
  let gateway: Gateway

  /// All contracts of the platform, and the benchmark's.
  static let schema: Schema = {
    do {
      return try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    } catch {
      preconditionFailure("the generated descriptors do not load: \(error)")
    }
  }()

  /// Opens a door, runs the body, closes the door.
  static func with<R: Sendable>(
    _ methods: [RegisteredMethod], schema: Schema = Door.schema,
    documents: [StaticDocument] = [], logger: Logger = .quiet,
    configure: (inout GatewayConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (Door) async throws -> R
  ) async throws -> R {
    var configuration = GatewayConfiguration()
    configuration.eventLoopThreads = 1
    configuration.shutdownGrace = .seconds(5)
    configure(&configuration)
    let gateway = try Gateway(
      configuration: configuration, schema: schema, methods: methods, documents: documents,
      logger: logger)
    let address = try await gateway.start()
    let door = Door(port: address.port, gateway: gateway)
    let result = await Task(executorPreference: ThreadExecutor()) { try await body(door) }.result
    await gateway.stop()
    return try result.get()
  }

  /// A new connection.
  func connect() throws -> RawClient { try RawClient(port: port) }

  /// One request on a connection of its own.
  func exchange(
    _ method: String, _ target: String, _ headers: [String] = [], body: String? = nil
  ) throws -> Response {
    try connect().exchange(method, target, headers, body: body)
  }
}

extension Logger {
  /// Says nothing: tests provoke errors on purpose.
  static var quiet: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
