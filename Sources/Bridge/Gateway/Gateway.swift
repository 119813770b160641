public import Logging
import NIOCore
import NIOPosix
public import RPC
public import ServiceLifecycle
import Synchronization
public import Transcoding

/// The REST/JSON door: serves registered methods over HTTP/1.1 by the `google.api.http` rules of
/// their contracts.
///
///     let gateway = try Gateway(
///       configuration: GatewayConfiguration(port: 8080), schema: schema, methods: router.methods,
///       logger: logger)
///     try await gateway.run()
///
/// It binds requests, runs the handlers it was given and prints their answers; it decides nothing.
/// Failures are AIP-193 errors, or those of RFC 6749 where the method's policy says so.
/// `GET /healthz` answers while the process lives, `GET /readyz` says whether it can serve.
public final class Gateway: Service {
  private enum State {
    case made
    case starting
    case running(Listener)
    case stopped
  }

  let core: GatewayCore
  private let listening: ListenerSetup
  private let state = Mutex(State.made)

  /// Builds the route table and reads the certificate.
  ///
  /// - Parameters:
  ///   - schema: The contracts of the methods. One without `google.api.http` has no route.
  ///   - methods: The methods with the code that serves them.
  ///   - documents: What is there besides.
  /// - Throws: `GatewayError` for a route that is not valid or matches the same requests as another
  ///   (both are named), and for a certificate that cannot be read.
  public init(
    configuration: GatewayConfiguration, schema: Schema, methods: [RegisteredMethod],
    documents: [StaticDocument] = [], logger: Logger
  ) throws(GatewayError) {
    core = GatewayCore(
      configuration: configuration,
      snapshot: try Self.snapshot(schema, methods, documents, configuration, logger),
      cors: try configuration.cors.map { cors throws(GatewayError) in try CORSRules(cors) },
      logger: logger)
    listening = try ListenerSetup(configuration)
  }

  private static func snapshot(
    _ schema: Schema, _ methods: [RegisteredMethod], _ documents: [StaticDocument],
    _ configuration: GatewayConfiguration, _ logger: Logger
  ) throws(GatewayError) -> Snapshot {
    try Snapshot(
      schema: schema, methods: methods, documents: documents, configuration, logger: logger)
  }

  /// Serves other contracts from here on, without a moment in which there are none.
  ///
  /// Requests whose head has come end with the contracts that they began with, streams too; every
  /// request whose head comes after this returns has the new ones.
  ///
  /// - Parameters:
  ///   - schema: The contracts of the methods, as for `init`.
  ///   - methods: The methods with the code that serves them.
  ///   - documents: What is there besides.
  /// - Throws: `GatewayError` as `init` does; then everything stays as it is.
  public func replace(
    schema: Schema, methods: [RegisteredMethod], documents: [StaticDocument] = []
  ) async throws(GatewayError) {
    let snapshot = try Self.snapshot(
      schema, methods, documents, core.configuration, core.logger)
    let listener = state.withLock { state -> Listener? in
      // One that starts at this moment reads it when its loops begin, or is told behind.
      core.snapshot = snapshot
      guard case .running(let listener) = state else { return nil }
      return listener
    }
    await listener?.replace(core)
  }

  /// Proves itself by another certificate, for connections from now on; those that stand are not
  /// touched.
  ///
  /// - Throws: `GatewayError` where certificate or key cannot be used, or not now, or the door has no
  ///   TLS; the old ones stay then.
  public func update(tls: GatewayConfiguration.TLS) throws(GatewayError) {
    guard let identity = listening.identity else {
      throw GatewayError(code: .badCertificate, message: "the REST door has no TLS")
    }
    try identity.update(tls)
  }

  /// Listens; connections are served from here on, until `run` or `stop` ends them.
  ///
  /// - Returns: The address, with the port that was taken where 0 was asked for.
  /// - Throws: `GatewayError`, for one where plain HTTP would be exposed.
  @discardableResult
  public func start() async throws -> BoundAddress {
    let first = state.withLock { state -> Bool in
      guard case .made = state else { return false }
      state = .starting
      return true
    }
    guard first else {
      throw GatewayError(code: .alreadyStarted, message: "the gateway was started before")
    }
    do {
      let listener = try await Listener.open(listening, core)
      state.withLock { $0 = .running(listener) }
      // Contracts may have been replaced while the loops began.
      await listener.replace(core)
      core.logger.info("the REST door is open", metadata: ["address": "\(listener.address)"])
      return listener.address
    } catch {
      state.withLock { $0 = .stopped }
      throw error
    }
  }

  /// Serves until graceful shutdown or cancellation; starts if that has not been done.
  public func run() async throws {
    let isMade = state.withLock { state in
      if case .made = state { true } else { false }
    }
    if isMade { try await start() }
    // Cancellation is an end like any other: running requests still have their grace.
    try? await gracefulShutdown()
    await stop()
  }

  /// Stops accepting, lets running requests end within the grace, and closes. Streams end at once:
  /// they have no end of their own.
  public func stop() async {
    let listener = state.withLock { state -> Listener? in
      guard case .running(let listener) = state else { return nil }
      state = .stopped
      return listener
    }
    await listener?.close(core)
  }
}
