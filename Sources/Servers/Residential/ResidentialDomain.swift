import AsyncHTTPClient
public import LibCrypto
public import Logging
public import RPC
public import Storage
import Synchronization

/// Residential complexes: who lives there, which doors they open, and what became of it.
public final class ResidentialDomain: Sendable {
  /// The services to register.
  public let services: [any RegistrableRPCService]

  /// Tells whether a person sees a thing of a complex.
  public let rows: any ResourceRows

  /// The service that looks after commands; it runs until the domain is shut down.
  public let recovery: CommandRecovery

  let dispatcher: CommandDispatcher
  private let closing: Closing

  /// Creates the domain.
  ///
  /// - Parameters:
  ///   - database: The way to the tables of `ResidentialMigrations`.
  ///   - hub: Tells watches of new events.
  ///   - tenants: The tenants whose commands are looked after.
  ///   - key: Seals the platform's secrets at partners.
  /// - Throws: Where a trust root is not a certificate in PEM.
  public init(
    database: TenantDatabase, hub: EventHub, tenants: any TenantLister,
    configuration: ResidentialConfiguration = .init(), key: KeyEncryptionKey, logger: Logger
  ) throws {
    let http = try PartnerHTTP.client(trustRoots: configuration.partnerTrustRoots)
    let secrets = PartnerSecrets(key: key)
    let addresses = PartnerAddressPolicy(allowsLoopback: configuration.allowsLoopbackPartners)
    let client = HTTPPartnerClient(
      http: http, secrets: secrets, addresses: addresses, logger: logger)
    let dispatcher = CommandDispatcher(
      database: database, client: client, timing: configuration.timing,
      limit: configuration.dispatchLimit, logger: logger)
    let closing = Closing(dispatcher: dispatcher, http: http)
    self.dispatcher = dispatcher
    self.closing = closing
    rows = ResidentialRows(database: database)
    services = [
      DirectoryService(database: database),
      AccessPointService(database: database, dispatcher: dispatcher),
      CommandService(database: database, timing: configuration.timing),
      PartnerService(
        partners: Partners(database: database, secrets: secrets, addresses: addresses)),
      AccessEventService(database: database, hub: hub),
      AuditService(database: database),
    ]
    recovery = CommandRecovery(
      database: database, tenants: tenants, dispatcher: dispatcher, logger: logger,
      onEnd: { try await closing.close() })
  }

  /// Takes no more commands, waits for those on their way to partners, and closes the connections.
  /// The recovery does the same at its end; one of them is enough.
  public func shutdown() async throws {
    try await closing.close()
  }
}

/// Ends what the domain keeps open, once.
private final class Closing: Sendable {
  private let dispatcher: CommandDispatcher
  private let http: HTTPClient
  private let isClosed = Atomic(false)

  init(dispatcher: CommandDispatcher, http: HTTPClient) {
    self.dispatcher = dispatcher
    self.http = http
  }

  func close() async throws {
    await dispatcher.close()
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    try await http.shutdown()
  }
}
