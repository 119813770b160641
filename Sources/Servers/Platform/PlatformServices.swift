public import Logging
public import Pipeline
public import RPC
public import ServiceLifecycle
public import Storage
public import Telemetry

/// Everything that the platform gives the program: its services, the directory that the pipeline
/// asks, the dispatcher that feeds watchers, and what operators do.
public struct PlatformServices: Sendable {
  /// The token endpoint and the tenant service.
  public let services: [any RegistrableRPCService]
  /// What identity asks before a tenant is known.
  public let directory: PlatformDirectory
  /// Feeds the hub; nil without a pool for it. To be run by the service group.
  public let dispatcher: OutboxDispatcher?
  /// What was revoked. To be refreshed before doors open, and run by the service group.
  public let revocations: RevocationFeed
  /// Deletes what has ended; nil without the dispatcher's pool. To be run by the service group.
  public let cleaner: (any Service)?

  /// Ends erasures that were begun; nil without the dispatcher's pool. To be run by the service group.
  public let erasures: (any Service)?

  /// Sends messages; nil without the dispatcher's pool. To be run by the service group.
  public let messenger: (any Service)?

  private let configuration: PlatformConfiguration
  private let database: TenantDatabase
  private let mint: TokenMint
  let derivations: DerivationQueue
  let passwordDerivations: DerivationQueue
  private let administrationActing: @Sendable (_ operatorName: String) -> TenantAdministration

  /// Puts the platform together; connects nothing yet.
  ///
  /// - Parameter hub: where committed events are handed out; the one that the domains watch.
  public init(_ configuration: PlatformConfiguration, hub: EventHub, logger: Logger) {
    self.configuration = configuration
    database = TenantDatabase(
      pool: configuration.applicationPool, hub: hub, vault: configuration.vault)
    directory = PlatformDirectory(
      pool: configuration.directoryPool, baseDomain: configuration.baseDomain,
      keyFetcher: HTTPKeyDocumentFetcher(client: configuration.egress), logger: logger)
    derivations = DerivationQueue()
    revocations = RevocationFeed(
      source: RevocationReader(pool: configuration.directoryPool), logger: logger,
      now: configuration.now)
    mint = TokenMint(
      keys: SigningKeys(
        database: database, vault: configuration.vault, revocations: revocations),
      baseDomain: configuration.baseDomain, now: configuration.now)
    messenger = configuration.dispatcherPool.map {
      MessageDispatcher(
        queue: MessageQueue(pool: $0), vault: configuration.vault,
        senders: configuration.senders, logger: logger)
    }
    cleaner = configuration.dispatcherPool.map { EndedRows(pool: $0, logger: logger) }
    erasures = configuration.dispatcherPool.map { [database] in
      BegunErasures(pool: $0, database: database, logger: logger)
    }
    dispatcher = configuration.dispatcherPool.map {
      OutboxDispatcher(source: OutboxReader(pool: $0), hub: hub, logger: logger)
    }
    let authorization = AuthorizationServer(
      configuration, directory: directory, database: self.database, mint: self.mint,
      secrets: SecretVerifier(queue: self.derivations), revocations: self.revocations,
      logger: logger)
    let (database, mint, derivations) = (self.database, self.mint, self.derivations)
    // Whoever floods the one line keeps nobody from the other.
    passwordDerivations = DerivationQueue()
    let passwordDerivations = passwordDerivations
    let revocations = self.revocations
    let acting: @Sendable (String) -> TenantAdministration = { name in
      TenantAdministration(
        database: database, vault: configuration.vault,
        baseDomain: configuration.baseDomain, mint: mint, derivations: derivations,
        revocations: revocations, operatorName: name)
    }
    administrationActing = acting
    services =
      authorization.services + [
        TenantService(database: database, baseDomain: configuration.baseDomain),
        AuditService(
          database: database, directoryPool: configuration.directoryPool,
          baseDomain: configuration.baseDomain, publicKey: configuration.auditPublicKey),
        ClientService(
          clients: Clients(
            database: database, derivations: derivations, baseDomain: configuration.baseDomain)),
        OperatorService(
          directory: directory, database: database, baseDomain: configuration.baseDomain,
          cell: configuration.cell, administration: acting),
        MemberService(
          people: People(
            database: database, revocations: revocations, baseDomain: configuration.baseDomain)),
        RoleService(database: database, baseDomain: configuration.baseDomain),
        PasskeyService(database: database),
        PrivacyService(database: database, revocations: revocations),
        SessionService(
          sessions: Sessions(
            database: database, revocations: revocations, now: configuration.now)),
        BrowserService(browsers: authorization.authorization.browsers),
        LimitService(database: database, baseDomain: configuration.baseDomain),
        ConsentService(
          database: database, authorization: authorization.authorization,
          revocations: revocations),
        SignInService(
          signIns: SignIns(
            directory: directory, database: database, vault: configuration.vault,
            passwords: SecretVerifier(queue: passwordDerivations),
            derivations: passwordDerivations,
            revocations: revocations, attempts: AttemptLimiter(),
            strangers: AttemptLimiter(
              rate: .init(burst: 50, perSecond: 0.02), ofNetwork: nil),
            requests: authorization.authorization, logger: logger, now: configuration.now,
            channels: configuration.senders.kinds)),
        CertificateService(
          directory: directory, database: database,
          issuer: CertificateIssuer(
            vault: configuration.vault, baseDomain: configuration.baseDomain),
          attempts: AttemptLimiter(), logger: logger),
        AuthorityService(
          directory: directory, database: database,
          authorities: Authorities(vault: configuration.vault),
          lists: RevocationLists(
            directory: directory, database: database, vault: configuration.vault)),
      ]
  }

  /// Tells those who may know why somebody may call a method or may not.
  ///
  /// - Parameter resources: what the domains tell of their resources.
  public func access(
    _ explainer: AccessExplainer, resources: [any ResourceRows]
  ) -> any RegistrableRPCService {
    AccessService(
      directory: directory, database: database, explainer: explainer,
      subjects: AccessSubjects(directory: directory, database: database), resources: resources)
  }

  /// Shows breakers, and closes them at every process.
  ///
  /// - Parameters:
  ///   - hub: tells of the resets of other processes; the one that the platform feeds.
  ///   - resources: what the domains tell of their resources, partners among them.
  public func breakers(
    _ hub: EventHub, resources: [any ResourceRows]
  ) -> any RegistrableRPCService {
    BreakerService(
      breakers: configuration.egress.breakers, database: database, resources: resources, hub: hub)
  }

  /// Takes errors of apps, counts them, and shows them in groups.
  ///
  /// - Parameter logger: gets a line for each error.
  public func clientErrors(_ registry: MetricRegistry, logger: Logger) -> ClientErrors {
    let book = ClientErrorBook()
    return ClientErrors(
      service: ClientErrorService(
        directory: directory, database: database, baseDomain: configuration.baseDomain,
        cell: configuration.cell, book: book, metrics: ClientErrorMetrics(registry: registry),
        log: ClientErrorLog(logger: logger)),
      keeper: configuration.dispatcherPool.map {
        ClientErrorKeeper(book: book, store: StoredClientErrors(pool: $0), logger: logger)
      })
  }

  /// What keeps calls and seals them.
  ///
  /// - Parameter next: who is told of every call as well.
  /// - Throws: `SpoolError` where there is no place for the spool.
  public func audit(
    _ audit: AuditConfiguration, next: (any CallJournal)?, logger: Logger
  ) throws -> AuditServices {
    try AuditServices(audit, platform: configuration, next: next, logger: logger)
  }

  /// What an operator may do.
  ///
  /// - Parameter name: the operator, as audit entries name them.
  public func administration(operator name: String) -> TenantAdministration {
    administrationActing(name)
  }
}
