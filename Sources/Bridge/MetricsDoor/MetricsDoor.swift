public import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
public import ServiceLifecycle
import Synchronization
public import Telemetry

/// Where Prometheus asks for a process's metrics: `GET /metrics` on an address of its own, never on
/// the doors that strangers reach. It serves nothing else, and few at once.
public final class MetricsDoor: Service {
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let registry: MetricRegistry
  private let host: String
  private let port: Int
  private let logger: Logger
  private let state = Mutex<(channel: (any Channel)?, isStopped: Bool)>((nil, false))

  /// Creates a door; it listens from `start` on.
  ///
  /// - Parameter port: 0 takes any free one.
  public init(host: String, port: Int, registry: MetricRegistry, logger: Logger) {
    self.host = host
    self.port = port
    self.registry = registry
    self.logger = logger
  }

  /// Listens.
  ///
  /// - Returns: The port.
  public func start() async throws -> Int {
    let registry = registry
    let open = OpenConnections()
    let bound = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        guard open.begin() else {
          return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        channel.closeFuture.whenComplete { _ in open.end() }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(60)))
          try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
          try pipeline.addHandler(MetricsAnswer(registry: registry))
        }
      }
      .bind(host: host, port: port).get()
    state.withLock { $0.channel = bound }
    let port = bound.localAddress?.port ?? port
    logger.info("metrics are served", metadata: ["address": "\(host):\(port)"])
    return port
  }

  /// Serves until graceful shutdown or cancellation. It ends as the last: an end is measured, too.
  public func run() async throws {
    // Cancellation is an end like any other.
    try? await gracefulShutdown()
    await stop()
  }

  /// Closes, also where it never listened; a second time does nothing.
  public func stop() async {
    let (bound, isFirst) = state.withLock { state in
      defer { state = (nil, true) }
      return (state.channel, !state.isStopped)
    }
    guard isFirst else { return }
    do {
      try await bound?.close()
      try await group.shutdownGracefully()
    } catch {
      logger.warning("the metrics door does not close", metadata: ["error": "\(error)"])
    }
  }
}

/// How many ask at once: a few scrapers, and nobody who would rather hold the process's descriptors.
private final class OpenConnections: Sendable {
  private static let most = 16
  private let count = Atomic<Int>(0)

  func begin() -> Bool {
    if count.add(1, ordering: .relaxed).newValue <= Self.most { return true }
    end()
    return false
  }

  func end() { count.subtract(1, ordering: .relaxed) }
}
