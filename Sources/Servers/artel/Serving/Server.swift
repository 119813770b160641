import AsyncHTTPClient
import Gateway
import GeneratedDescriptors
import LibCrypto
import Logging
import OpenAPI
import Pipeline
import Platform
import Postgres
import RPC
import RPCChannelz
import RPCHealth
import RPCReflection
import Residential
import ServiceLifecycle
import Storage
import Transcoding

/// Everything that one process serves, put together: the domains, one pipeline, two doors.
struct Server: Sendable {
  /// Where the doors are.
  struct Addresses: Sendable {
    let grpc: String
    let rest: String
  }

  private let environment: Environment
  private let pools: [PostgresPool]
  private let application: PostgresPool
  private let httpClient: HTTPClient
  private let health: HealthStore
  private let grpc: RPCServer
  private let gateway: Gateway
  private let residential: ResidentialDomain
  private let revocations: RevocationFeed

  /// What runs, in the order in which it starts; it stops in the opposite order, doors first.
  let services: [any Service]

  init(_ environment: Environment) async throws {
    self.environment = environment
    let settings = environment.settings
    application = try environment.pool(as: "app")
    let directory = try environment.pool(as: "directory")
    let dispatcher = try environment.pool(as: "dispatcher")
    pools = [application, directory, dispatcher]
    httpClient = try IssuerHTTPClient.make(
      additionalRootsPEM: settings.egress.trustRootsPEM.map { [$0] } ?? [])

    // A client that is let go while it is open traps, and would hide the error.
    var domain: ResidentialDomain?
    do {
      let hub = EventHub()
      let key = try environment.secrets.keyEncryptionKey()
      let baseDomain = try BaseDomain(settings.baseDomain)
      let platform = PlatformServices(
        PlatformConfiguration(
          baseDomain: baseDomain, applicationPool: application,
          directoryPool: directory, dispatcherPool: dispatcher, envelope: Envelope(key: key),
          httpClient: httpClient, cell: settings.cell,
          senders: try settings.senders(httpClient)),
        hub: hub, logger: Logger(label: "artel.platform"))
      let residential = try ResidentialDomain(
        database: TenantDatabase(pool: application, hub: hub), hub: hub,
        tenants: TenantsWithDueCommands(
          pool: dispatcher,
          tenants: ActiveTenants(directory: platform.directory, cell: settings.cell)),
        configuration: ResidentialConfiguration(
          partnerTrustRoots: settings.egress.trustRootsPEM.map { [$0] } ?? [],
          allowsLoopbackPartners: settings.egress.allowLoopback),
        key: key, logger: Logger(label: "artel.residential"))
      domain = residential

      health = HealthStore(services: ["artel.residential.v1.AccessPointService"])
      let connections = ServedConnections()
      var router = RPCRouter()
      router.register(HealthService(store: health))
      let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
      let rules = Pipeline.Configuration(
        trustDomain: settings.baseDomain, operatorTenant: settings.operatorTenant,
        cell: settings.cell,
        limits: RateLimits().scaled(by: Double(settings.rateLimitFactor)))
      let access = platform.access(
        AccessExplainer(
          schema: schema, configuration: rules, directory: platform.directory,
          revocations: platform.revocations), resources: [residential.rows])
      for service in platform.services + residential.services + [access] {
        service.registerMethods(with: &router)
      }
      if settings.operatorTenant != nil {
        // Who may look is in the contract's policy.
        router.register(ChannelzService(connections: connections) { _ in })
      }
      if settings.grpcReflection {
        router.register(
          try ReflectionService(
            descriptorSet: ArtelDescriptors.descriptorSet,
            services: Set(router.methods.map(\.descriptor.service.fullyQualifiedService)).sorted()))
      }
      let pipeline = Pipeline(
        configuration: rules, directory: platform.directory, revocations: platform.revocations,
        journal: LoggedCallJournal(logger: Logger(label: "artel.calls")),
        logger: Logger(label: "artel.pipeline"))
      let methods = try pipeline.protect(
        router.methods, schema: schema,
        outputOnly: try OutputOnlyFields(descriptorSet: ArtelDescriptors.descriptorSet))

      let trust = TenantTrust(baseDomain: baseDomain, directory: platform.directory)
      let credentials = settings.grpcIdentity.map(trust.credentials)
      grpc = RPCServer(
        configuration: Self.grpcConfiguration(settings, credentials), methods: methods)
      connections.follow(grpc)
      gateway = try Gateway(
        configuration: Self.gatewayConfiguration(settings, trust), schema: schema, methods: methods,
        documents: [PublishedDocuments.signIn]
          + (settings.restDocuments ? try PublishedDocuments.own(schema, methods) : []),
        logger: Logger(label: "artel.gateway"))

      services =
        ([
          platform.revocations, platform.cleaner, platform.messenger, platform.dispatcher,
          residential.recovery,
        ] as [(any Service)?]).compactMap { $0 }
        + CertificateReload.both(settings, grpc: credentials, rest: gateway)
        + [Doors(rest: gateway, grpc: GRPCDoor(server: grpc, health: health))]
      self.residential = residential
      revocations = platform.revocations
    } catch {
      await Self.close(domain, httpClient, environment.logger)
      throw error
    }
  }

  private static func grpcConfiguration(
    _ settings: ServerSettings, _ credentials: ServerCredentials?
  ) -> ServerConfiguration {
    var configuration = ServerConfiguration(
      address: settings.grpcAddress, security: credentials.map { .mutualTLS($0) } ?? .plaintext)
    configuration.loops = settings.grpcLoops
    configuration.maxConnections = settings.grpcMaxConnections
    // Names are tenants': none can take all places from the others.
    configuration.maxConnectionsPerServerName = max(1, settings.grpcMaxConnections / 4)
    configuration.gracePeriod = settings.shutdownGrace
    return configuration
  }

  private static func gatewayConfiguration(
    _ settings: ServerSettings, _ trust: TenantTrust
  ) -> GatewayConfiguration {
    var configuration = GatewayConfiguration(
      host: settings.restHost, port: settings.restPort,
      tls: settings.restIdentity?.forREST)
    configuration.clientTrust = trust.book
    configuration.cors = settings.restOrigins
    configuration.strictTransport = settings.restStrictTransport
    // What strangers reach is what the contract has given a path.
    configuration.callsUnmapped = false
    configuration.shutdownGrace = settings.shutdownGrace
    return configuration
  }

  /// Proves that the database keeps tenants apart, then opens the doors.
  ///
  /// - Throws: what keeps the process from serving; nothing is served then.
  func start() async throws -> Addresses {
    try await application.verifyApplicationRole(
      schemas: ["artel"], deadline: .now + .seconds(30))
    // Nobody comes in before it is known who may not.
    try await revocations.refresh()
    let port = try grpc.start()
    let rest: BoundAddress
    do {
      rest = try await gateway.start()
    } catch {
      await grpc.shutdown()
      throw error
    }
    do {
      try await grpc.probe(timeout: .seconds(10))
    } catch {
      await grpc.shutdown()
      throw error
    }
    health.setAll(.serving)
    let scheme = environment.settings.restIdentity == nil ? "http" : "https"
    return Addresses(grpc: grpcAddress(port), rest: "\(scheme)://\(rest)")
  }

  private func grpcAddress(_ port: Int) -> String {
    let address = environment.settings.grpcAddress
    guard port > 0, let colon = address.lastIndex(of: ":") else { return address }
    return "\(address[..<colon]):\(port)"
  }

  /// Gives back what outlives the services; also where they never ran.
  func close() async {
    for pool in pools { await pool.shutdown() }
    await Self.close(residential, httpClient, environment.logger)
  }

  private static func close(
    _ domain: ResidentialDomain?, _ httpClient: HTTPClient, _ logger: Logger
  ) async {
    do {
      try await domain?.shutdown()
      try await httpClient.shutdown()
    } catch {
      logger.warning("the HTTP clients did not stop", metadata: ["error": "\(error)"])
    }
  }
}

/// Both doors, which stop together: each has the whole grace.
private struct Doors: Service {
  let rest: Gateway
  let grpc: GRPCDoor

  func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await rest.run() }
      group.addTask { try await grpc.run() }
      try await group.waitForAll()
    }
  }
}

/// The tenants whose background work is done.
private struct ActiveTenants: TenantLister {
  let directory: PlatformDirectory
  let cell: String
  func activeTenantIDs() async throws -> [String] {
    try await directory.activeTenantIDs(of: cell)
  }
}
