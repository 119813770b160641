public import Logging
public import Pipeline
public import RPC
public import ServiceLifecycle
public import Storage

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

  /// Sends messages; nil without the dispatcher's pool. To be run by the service group.
  public let messenger: (any Service)?

  private let database: TenantDatabase
  private let mint: TokenMint
  private let derivations: DerivationQueue
  private let administrationActing: @Sendable (_ operatorName: String) -> TenantAdministration

  /// Puts the platform together; connects nothing yet.
  ///
  /// - Parameter hub: where committed events are handed out; the one that the domains watch.
  public init(_ configuration: PlatformConfiguration, hub: EventHub, logger: Logger) {
    database = TenantDatabase(pool: configuration.applicationPool, hub: hub)
    directory = PlatformDirectory(
      pool: configuration.directoryPool, baseDomain: configuration.baseDomain,
      keyFetcher: HTTPKeyDocumentFetcher(client: configuration.httpClient), logger: logger)
    derivations = DerivationQueue()
    revocations = RevocationFeed(
      source: RevocationReader(pool: configuration.directoryPool), logger: logger,
      now: configuration.now)
    mint = TokenMint(
      keys: SigningKeys(
        database: database, envelope: configuration.envelope, revocations: revocations),
      baseDomain: configuration.baseDomain, now: configuration.now)
    messenger = configuration.dispatcherPool.map {
      MessageDispatcher(
        queue: MessageQueue(pool: $0), envelope: configuration.envelope,
        senders: configuration.senders, logger: logger)
    }
    cleaner = configuration.dispatcherPool.map { EndedRows(pool: $0, logger: logger) }
    dispatcher = configuration.dispatcherPool.map {
      OutboxDispatcher(source: OutboxReader(pool: $0), hub: hub, logger: logger)
    }
    let authorization = AuthorizationServer(
      configuration, directory: directory, database: self.database, mint: self.mint,
      secrets: SecretVerifier(queue: self.derivations), revocations: self.revocations,
      logger: logger)
    let (database, mint, derivations) = (self.database, self.mint, self.derivations)
    // Whoever floods the one line keeps nobody from the other.
    let passwordDerivations = DerivationQueue()
    let revocations = self.revocations
    let acting: @Sendable (String) -> TenantAdministration = { name in
      TenantAdministration(
        database: database, envelope: configuration.envelope,
        baseDomain: configuration.baseDomain, mint: mint, derivations: derivations,
        revocations: revocations, operatorName: name)
    }
    administrationActing = acting
    services =
      authorization.services + [
        TenantService(database: database, baseDomain: configuration.baseDomain),
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
        SessionService(
          sessions: Sessions(
            database: database, revocations: revocations, now: configuration.now)),
        BrowserService(browsers: authorization.authorization.browsers),
        ConsentService(
          database: database, authorization: authorization.authorization,
          revocations: revocations),
        SignInService(
          signIns: SignIns(
            directory: directory, database: database, envelope: configuration.envelope,
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
            envelope: configuration.envelope, baseDomain: configuration.baseDomain),
          attempts: AttemptLimiter(), logger: logger),
        AuthorityService(
          directory: directory, database: database,
          authorities: Authorities(envelope: configuration.envelope),
          lists: RevocationLists(
            directory: directory, database: database, envelope: configuration.envelope)),
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

  /// What an operator may do.
  ///
  /// - Parameter name: the operator, as audit entries name them.
  public func administration(operator name: String) -> TenantAdministration {
    administrationActing(name)
  }
}
