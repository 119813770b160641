public import AsyncHTTPClient
public import LibCrypto
public import Postgres

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
  /// Seals the tenants' keys; its key encryption key comes from a file.
  public var envelope: Envelope
  /// Fetches issuers' keys: made by `IssuerHTTPClient`, whose limits it must have.
  public var httpClient: HTTPClient
  /// The database cell in which new tenants are made.
  public var cell: String
  /// What sends messages to people.
  public var senders: MessageSenders
  /// The clock of tokens, in seconds since 1970.
  public var now: @Sendable () -> Int64

  /// Creates a configuration.
  public init(
    baseDomain: BaseDomain, applicationPool: PostgresPool, directoryPool: PostgresPool,
    dispatcherPool: PostgresPool? = nil, envelope: Envelope, httpClient: HTTPClient,
    cell: String = "main", senders: MessageSenders = MessageSenders(),
    now: @escaping @Sendable () -> Int64 = { UnixTime.now() }
  ) {
    self.baseDomain = baseDomain
    self.applicationPool = applicationPool
    self.directoryPool = directoryPool
    self.dispatcherPool = dispatcherPool
    self.envelope = envelope
    self.httpClient = httpClient
    self.cell = cell
    self.senders = senders
    self.now = now
  }
}
