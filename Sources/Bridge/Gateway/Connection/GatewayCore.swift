import Logging
import NIOCore
import RPC
import Synchronization
import Telemetry
import Transcoding

/// What all connections share: constant after start, but for counts and the snapshot that new
/// loops begin with.
final class GatewayCore: Sendable {
  let configuration: GatewayConfiguration
  let logger: Logger
  /// What strangers send that is not taken.
  let refusals: RefusalLog
  /// What browsers are told of other origins' pages.
  let cors: CORSRules?
  /// What has been done since the start.
  let counts = GatewayCounts()
  /// Open connections, those not yet set up included.
  let connections = Atomic<Int>(0)
  /// The same by remote address, where that is limited.
  let addresses = AddressCounts()
  private let latest: Mutex<Snapshot>

  init(
    configuration: GatewayConfiguration, snapshot: Snapshot, cors: CORSRules?, logger: Logger
  ) {
    self.configuration = configuration
    self.cors = cors
    self.logger = logger
    refusals = RefusalLog(logger)
    latest = Mutex(snapshot)
  }

  /// What is served now. Requests read their loop's copy, which needs no lock.
  var snapshot: Snapshot {
    get { latest.withLock { $0 } }
    set { latest.withLock { $0 = newValue } }
  }
}

/// How many handlers' tasks of one loop have not ended, whether or not their callers still wait.
final class HandlerCount: Sendable {
  private let count = Atomic<Int>(0)

  var isZero: Bool { count.load(ordering: .acquiring) == 0 }

  func begin() { count.add(1, ordering: .relaxed) }

  func end() { count.subtract(1, ordering: .releasing) }
}

/// The contracts that are served at one time, with the code behind them: made whole, then never
/// changed. What a request began with, it ends with.
final class Snapshot: Sendable {
  let routes: RouteTable<Route>
  let sockets: SocketRoutes
  /// The methods by their own paths.
  let methods: [String: ServedMethod]
  let statusPrinter: StatusPrinter
  /// What is there beside the routes, by path.
  let documents: [String: StaticDocument]
  /// Kept for as long as anything that was made from it is used.
  private let schema: Schema

  /// - Throws: `GatewayError` for a route that is not valid, or is another one's.
  init(
    schema: Schema, methods: [RegisteredMethod], documents: [StaticDocument] = [],
    _ configuration: GatewayConfiguration, logger: Logger
  ) throws(GatewayError) {
    self.schema = schema
    self.documents = Dictionary(
      documents.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    routes = try Routes.table(
      schema: schema, methods: methods, isLenient: configuration.isLenient, logger: logger)
    sockets = try SocketRoutes(
      schema: schema, methods: methods, isLenient: configuration.isLenient)
    self.methods = ServedMethod.table(methods, schema, configuration)
    statusPrinter = StatusPrinter(schema: schema)
  }
}
