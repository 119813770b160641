public import Egress
public import Logging
public import RPC
public import Storage

/// Residential complexes: who lives there, which doors they open, and what became of it.
public final class ResidentialDomain: Sendable {
  /// The services to register.
  public let services: [any RegistrableRPCService]

  /// Tells whether a person sees a thing of a complex.
  public let rows: any ResourceRows

  /// The service that looks after commands; it runs until the domain is shut down.
  public let recovery: CommandRecovery

  let dispatcher: CommandDispatcher

  /// Creates the domain.
  ///
  /// - Parameters:
  ///   - database: The way to the tables of `ResidentialMigrations`, with a vault.
  ///   - hub: Tells watches of new events.
  ///   - tenants: The tenants whose commands are looked after.
  ///   - egress: The way to partners; whoever made it closes it, after the domain.
  /// - Throws: where the database has no vault.
  public init(
    database: TenantDatabase, hub: EventHub, tenants: any TenantLister,
    configuration: ResidentialConfiguration = .init(), egress: EgressClient, logger: Logger
  ) throws {
    let secrets = PartnerSecrets(vault: try database.vault)
    let asking = HTTPPartnerClient(egress: egress, secrets: secrets, logger: logger)
    let client: any PartnerClient =
      configuration.telemetry.map { ObservedPartnerClient(client: asking, telemetry: $0) } ?? asking
    let dispatcher = CommandDispatcher(
      database: database, client: client, timing: configuration.timing,
      places: configuration.places, telemetry: configuration.telemetry, logger: logger)
    configuration.telemetry?.watch(dispatcher)
    self.dispatcher = dispatcher
    rows = ResidentialRows(database: database)
    services = [
      DirectoryService(database: database),
      AccessPointService(database: database, dispatcher: dispatcher),
      CommandService(database: database, timing: configuration.timing),
      PartnerService(
        partners: Partners(database: database, secrets: secrets, addresses: egress.policy)),
      AccessEventService(database: database, hub: hub),
    ]
    recovery = CommandRecovery(
      database: database, tenants: tenants, dispatcher: dispatcher, logger: logger,
      onEnd: { await dispatcher.close() })
  }

  /// Takes no more commands, and waits for those on their way to partners. The recovery does the
  /// same at its end; one of them is enough.
  public func shutdown() async {
    await dispatcher.close()
  }
}
