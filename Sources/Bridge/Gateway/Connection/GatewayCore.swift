import Logging
import NIOCore
import Synchronization
import Transcoding

/// What all connections share: constant after start, but for two counts.
final class GatewayCore: Sendable {
  let configuration: GatewayConfiguration
  let routes: RouteTable<Route>
  let statusPrinter: StatusPrinter
  let logger: Logger
  /// Open connections, those not yet set up included.
  let connections = Atomic<Int>(0)
  /// Handlers whose tasks have not ended, whether or not their callers still wait.
  let handlers = Atomic<Int>(0)

  init(
    configuration: GatewayConfiguration, routes: RouteTable<Route>, statusPrinter: StatusPrinter,
    logger: Logger
  ) {
    self.configuration = configuration
    self.routes = routes
    self.statusPrinter = statusPrinter
    self.logger = logger
  }
}

/// What the connections of one event loop share. Touched on that loop only.
final class LoopState {
  let executor: EventLoopTaskExecutor
  var date = HTTPDate()
  /// Where answers are printed before they are framed.
  var scratch: [UInt8] = []
  var connections: [ObjectIdentifier: Connection] = [:]
  /// The gateway is shutting down: no connection is kept behind its answer.
  private(set) var isDraining = false

  init(eventLoop: any EventLoop) {
    executor = EventLoopTaskExecutor(eventLoop: eventLoop)
  }

  /// Closes what waits and lets what runs end.
  func drain() {
    isDraining = true
    for connection in Array(connections.values) { connection.drain() }
  }

  /// Ends everything.
  func closeAll() {
    for connection in Array(connections.values) { connection.abort() }
  }
}
