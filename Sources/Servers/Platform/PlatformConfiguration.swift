public import Egress
public import LibCrypto
public import Postgres
public import Storage

/// What the platform runs on.
public struct PlatformConfiguration: Sendable {
  /// The domain under which tenants have their issuers.
  public var baseDomain: BaseDomain
  /// The pool of the role `artel_app`.
  public var applicationPool: PostgresPool
  /// The pool of the role `artel_directory`.
  public var directoryPool: PostgresPool
  /// The pool of the role `artel_dispatcher`; nil where no events are handed out, as in commands
  /// of an operator.
  public var dispatcherPool: PostgresPool?
  /// Seals the tenants' keys and secrets, and what rows say of people.
  public var vault: TenantVault
  /// The way to issuers; whoever made it closes it.
  public var egress: EgressClient
  /// The database cell in which new tenants are made.
  public var cell: String
  /// What sends messages to people.
  public var senders: MessageSenders
  /// The public half of the key that signs the audit's checkpoints; nil where there is none.
  public var auditPublicKey: [UInt8]?
  /// The clock of tokens, in seconds since 1970.
  public var now: @Sendable () -> Int64

  /// Creates a configuration.
  public init(
    baseDomain: BaseDomain, applicationPool: PostgresPool, directoryPool: PostgresPool,
    dispatcherPool: PostgresPool? = nil, vault: TenantVault, egress: EgressClient,
    cell: String = "main", senders: MessageSenders = MessageSenders(),
    auditPublicKey: [UInt8]? = nil,
    now: @escaping @Sendable () -> Int64 = { UnixTime.now() }
  ) {
    self.baseDomain = baseDomain
    self.applicationPool = applicationPool
    self.directoryPool = directoryPool
    self.dispatcherPool = dispatcherPool
    self.vault = vault
    self.egress = egress
    self.cell = cell
    self.senders = senders
    self.auditPublicKey = auditPublicKey
    self.now = now
  }
}
