import Gateway
import Logging
import RPC
import ServiceLifecycle
import UnixSignals

/// The REST/JSON door in front of a gRPC server of whatever make: no tenants, no policies, only the
/// mapping that its contracts describe.
struct Bridge: Sendable {
  private let gateway: Gateway
  private let watch: ContractWatch

  /// Reads the contracts and builds the routes.
  ///
  /// - Parameter signals: Each asks for the contracts to be read anew.
  /// - Throws: what keeps the bridge from serving.
  init(_ settings: BridgeSettings, signals: UnixSignalsSequence) async throws {
    let logger = Logger(label: "artel.bridge")
    if case .plaintext = settings.upstream.security,
      !BridgeSettings.isLocal(settings.upstream.target)
    {
      logger.warning(
        "calls go to another machine without TLS, with the callers' credentials: --upstream-tls",
        metadata: ["upstream": "\(settings.upstream.target)"])
    }
    if case .tls(_, .some) = settings.upstream.security {
      logger.warning(
        "every caller of this door calls the upstream in the name of the bridge's certificate",
        metadata: ["upstream": "\(settings.upstream.target)"])
    }
    let client = RPCClient(configuration: settings.upstream)
    let contracts = try await Contracts.load(settings, client)
    for note in contracts.notes { logger.warning("\(note)") }
    gateway = try Gateway(
      configuration: settings.gateway, schema: contracts.schema, methods: contracts.methods,
      documents: contracts.documents, logger: Logger(label: "artel.gateway"))
    watch = ContractWatch(
      settings: settings, client: client, gateway: gateway, signals: signals, first: contracts,
      logger: logger)
    services = contracts.methods.map(\.descriptor.service.fullyQualifiedService)
      .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The names of the services that are served at first.
  let services: [String]

  /// What runs; the door stops first.
  var running: [any Service] { [watch, gateway] }

  /// Opens the door.
  func start() async throws -> BoundAddress { try await gateway.start() }
}
