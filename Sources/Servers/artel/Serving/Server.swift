import Egress
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
    let metrics: String?
  }

  private let environment: Environment
  private let pools: [PostgresPool]
  private let application: PostgresPool
  private let keys: PostgresPool
  private let egress: EgressClient
  private let vault: TenantVault
  private let health: HealthStore
  private let grpc: RPCServer
  private let gateway: Gateway
  private let residential: ResidentialDomain
  private let revocations: RevocationFeed
  private let telemetry: ServerTelemetry
  private let readiness: Readiness

  /// What runs, in the order in which it starts; it stops in the opposite order, doors first.
  let services: [any Service]

  init(_ environment: Environment) async throws {
    self.environment = environment
    let settings = environment.settings
    telemetry = ServerTelemetry(settings)
    application = try environment.pool(as: "app")
    let directory = try environment.pool(as: "directory")
    let dispatcher = try environment.pool(as: "dispatcher")
    keys = try environment.keyPool()
    let sealer = try environment.pool(as: "sealer")
    pools = [application, directory, dispatcher, keys, sealer]
    let vault = try environment.vault(over: keys, rows: application)
    self.vault = vault
    if !settings.egress.loopback.isEmpty {
      environment.logger.warning(
        "this machine is called in the clear: for development alone",
        metadata: [
          "hosts": "\(settings.egress.loopback.map(\.description).sorted().joined(separator: ","))"
        ])
    }
    let moves = BreakerJournal(
      next: LoggedEgress(logger: Logger(label: "artel.egress")),
      logger: Logger(label: "artel.egress"))
    egress = try EgressClient(
      policy: settings.egress.policy, breakers: settings.egress.breakers,
      observer: MeasuredEgress(
        moves, breakers: telemetry.breakers, registry: telemetry.registry))

    // A client that is let go while it is open traps, and would hide the error.
    var domain: ResidentialDomain?
    do {
      let hub = EventHub()
      let tenants = TenantDatabase(pool: application, hub: hub, vault: vault)
      let auditKey = try environment.secrets.auditSigningKey()
      let baseDomain = try BaseDomain(settings.baseDomain)
      let platform = PlatformServices(
        PlatformConfiguration(
          baseDomain: baseDomain, applicationPool: application,
          directoryPool: directory, dispatcherPool: dispatcher, vault: vault, egress: egress,
          cell: settings.cell, senders: try settings.senders(egress),
          auditPublicKey: auditKey.publicKey),
        hub: hub, logger: Logger(label: "artel.platform"))
      let residential = try ResidentialDomain(
        database: tenants, hub: hub,
        tenants: TenantsWithDueCommands(
          pool: dispatcher,
          tenants: ActiveTenants(directory: platform.directory, cell: settings.cell)),
        configuration: ResidentialConfiguration(
          places: settings.egress.places,
          telemetry: ResidentialTelemetry(
            registry: telemetry.registry, objectives: telemetry.objectives)),
        egress: egress, logger: Logger(label: "artel.residential"))
      domain = residential

      let served = ["artel.residential.v1.AccessPointService"]
      health = HealthStore(services: served + [Readiness.live])
      let secrets = environment.secrets
      // A key that is in a token is in no file.
      let token = settings.tokenKey.map { _ in
        KeyOfKeysWatch(vault: vault, logger: Logger(label: "artel.vault"))
      }
      readiness = Readiness(
        database: application, services: served, health: health, registry: telemetry.registry
      ) {
        guard token?.isUsable ?? ((try? secrets.keyEncryptionKey()) != nil) else { return false }
        return (try? await vault.refresh()) != nil
      }
      let connections = ServedConnections()
      var router = RPCRouter()
      router.register(HealthService(store: health))
      let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
      let networks = NetworkRules()
      let reload = try settings.networksFile.map { try NetworkReload(networks, file: $0) }
      let rules = Pipeline.Configuration(
        trustDomain: settings.baseDomain, operatorTenant: settings.operatorTenant,
        cell: settings.cell,
        limits: RateLimits().scaled(by: Double(settings.rateLimitFactor)),
        limitShare: settings.sharing?.share, callsPerTenant: settings.callsPerTenant,
        networks: networks)
      let access = platform.access(
        AccessExplainer(
          schema: schema, configuration: rules, directory: platform.directory,
          revocations: platform.revocations), resources: [residential.rows])
      platform.observe(telemetry.registry)
      let objectives = ObjectiveService(book: telemetry.objectives)
      let breakers = platform.breakers(hub, resources: [residential.rows])
      let clientErrors = platform.clientErrors(
        telemetry.registry, logger: Logger(label: "artel.client_errors"))
      for service in platform.services + residential.services
        + [access, objectives, breakers, clientErrors.service]
      {
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
      let quotas = QuotaMeter(store: StoredQuotas(pool: dispatcher)) { UnixTime.now() }
      let audit = try platform.audit(
        AuditConfiguration(
          contracts: AuditContracts(schema), sealerPool: sealer, signingKey: auditKey,
          formerKeys: settings.audit.formerKeys, spoolFolder: settings.audit.spoolDirectory,
          spoolLimit: settings.audit.spoolBytes,
          checkpointFile: settings.audit.checkpointsFile, linesFile: settings.audit.linesFile),
        next: LoggedCallJournal(logger: Logger(label: "artel.calls")),
        logger: Logger(label: "artel.audit"))
      let pipeline = Pipeline(
        configuration: rules, directory: platform.directory, revocations: platform.revocations,
        journal: audit.writer,
        answers: StoredAnswers(
          database: tenants, vault: vault),
        quotas: quotas,
        logger: Logger(label: "artel.pipeline"))
      let methods = telemetry.observe(
        try pipeline.protect(
          router.methods, schema: schema,
          outputOnly: try OutputOnlyFields(descriptorSet: ArtelDescriptors.descriptorSet)),
        schema: schema)

      let trust = TenantTrust(baseDomain: baseDomain, directory: platform.directory)
      let credentials = settings.grpcIdentity.map(trust.credentials)
      var doors = (
        grpc: Self.grpcConfiguration(settings, credentials, networks),
        rest: Self.gatewayConfiguration(settings, trust, readiness, networks)
      )
      doors.grpc.refused = { pipeline.refused($0) }
      doors.rest.refused = { pipeline.refused($0) }
      grpc = RPCServer(configuration: doors.grpc, methods: methods)
      connections.follow(grpc)
      gateway = try Gateway(
        configuration: doors.rest, schema: schema,
        methods: methods,
        documents: try PublishedDocuments.own(
          schema, methods, describes: settings.restDocuments),
        logger: Logger(label: "artel.gateway"))

      let registry = telemetry.registry
      ServerMetrics.add(
        pools: [
          ("app", application), ("directory", directory), ("dispatcher", dispatcher),
          ("keys", keys), ("sealer", sealer),
        ],
        to: registry)
      ServerMetrics.add(
        pipeline: pipeline, isShared: settings.sharing != nil, to: registry)
      ServerMetrics.add(grpc: grpc, rest: gateway, to: registry)
      ServerMetrics.add(limits: pipeline, to: registry)
      ServerMetrics.add(audit: audit, to: registry)
      ServerMetrics.add(
        identities: [("grpc", settings.grpcIdentity), ("rest", settings.restIdentity)],
        to: registry)
      ServerMetrics.add(lists: trust.stale, to: registry)
      MeasuredEgress.add(breakers: egress.breakers, to: registry)
      services =
        telemetry.services
        + ([
          VaultWatch(vault: vault, logger: Logger(label: "artel.vault")), token,
          audit.sealer, audit.writer,
          platform.revocations, platform.cleaner, platform.messenger, platform.dispatcher,
          platform.erasures,
          residential.recovery, moves.writer(to: tenants), clientErrors.keeper,
          QuotaCounting(quotas, logger: Logger(label: "artel.limits")),
          Watching(LoadWatch(pipeline, logger: Logger(label: "artel.limits"))), reload,
          settings.sharing.map { LimitSharing(pipeline, $0) },
        ] as [(any Service)?]).compactMap { $0 }
        + CertificateReload.both(settings, grpc: credentials, rest: gateway)
        + [readiness, Doors(rest: gateway, grpc: GRPCDoor(server: grpc, health: health))]
      self.residential = residential
      revocations = platform.revocations
    } catch {
      await Self.close(domain, egress, environment.logger)
      throw error
    }
  }

  private static func grpcConfiguration(
    _ settings: ServerSettings, _ credentials: ServerCredentials?, _ networks: NetworkRules
  ) -> ServerConfiguration {
    var configuration = ServerConfiguration(
      address: settings.grpcAddress, security: credentials.map { .mutualTLS($0) } ?? .plaintext)
    configuration.loops = settings.grpcLoops
    configuration.maxConnections = settings.grpcMaxConnections
    // Names are tenants': none can take all places from the others.
    configuration.maxConnectionsPerServerName = max(1, settings.grpcMaxConnections / 4)
    configuration.maxConnectionsPerCertificate = settings.connections.grpcPerCertificate
    configuration.gracePeriod = settings.shutdownGrace
    configuration.deniesAddress = { networks.refusal(of: $0) != nil }
    return configuration
  }

  private static func gatewayConfiguration(
    _ settings: ServerSettings, _ trust: TenantTrust, _ readiness: Readiness,
    _ networks: NetworkRules
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
    configuration.trustsTraces = ServerTelemetry.trust(settings)
    configuration.isReady = { readiness.isReady }
    configuration.refusal = { networks.refusal(of: $0) }
    configuration.deniesAddress = { networks.refusal(of: $0) != nil }
    // Without TLS it is on loopback, and whoever speaks to it is of this machine.
    if settings.restIdentity != nil, !settings.restHost.hasPrefix("127."),
      settings.restHost != "::1"
    {
      configuration.maxConnectionsPerAddress = settings.connections.restPerAddress
    }
    if let proxies = settings.restProxies {
      configuration.clientAddress = { proxies.client(of: $0, forwardedFor: $1) }
      configuration.isShared = { proxies.trusts($0) }
    }
    return configuration
  }

  /// Proves that the database keeps tenants apart, then opens the doors.
  ///
  /// - Throws: what keeps the process from serving; nothing is served then.
  func start() async throws -> Addresses {
    try await application.verifyApplicationRole(
      schemas: ["artel"], deadline: .now + .seconds(30))
    try await environment.check(vault, keys: keys, rows: application)
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
    let metrics: String?
    do {
      try await grpc.probe(timeout: .seconds(10))
      metrics = try await telemetry.start(environment.settings)
    } catch {
      await gateway.stop()
      await grpc.shutdown()
      throw error
    }
    await readiness.begin()
    let scheme = environment.settings.restIdentity == nil ? "http" : "https"
    return Addresses(grpc: grpcAddress(port), rest: "\(scheme)://\(rest)", metrics: metrics)
  }

  private func grpcAddress(_ port: Int) -> String {
    let address = environment.settings.grpcAddress
    guard port > 0, let colon = address.lastIndex(of: ":") else { return address }
    return "\(address[..<colon]):\(port)"
  }

  /// Gives back what outlives the services; also where they never ran.
  func close() async {
    await telemetry.stop()
    for pool in pools { await pool.shutdown() }
    await Self.close(residential, egress, environment.logger)
  }

  private static func close(
    _ domain: ResidentialDomain?, _ egress: EgressClient, _ logger: Logger
  ) async {
    await domain?.shutdown()
    do {
      try await egress.shutdown()
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

/// Looks after the process's load until the end.
private struct Watching: Service {
  let watch: LoadWatch

  init(_ watch: LoadWatch) { self.watch = watch }

  func run() async throws { await cancelWhenGracefulShutdown { await watch.run() } }
}

/// The tenants whose background work is done.
private struct ActiveTenants: TenantLister {
  let directory: PlatformDirectory
  let cell: String
  func activeTenantIDs() async throws -> [String] {
    try await directory.activeTenantIDs(of: cell)
  }
}
