import GeneratedOptions
public import LibCrypto
public import Logging
import Mutation
public import RPC
public import Transcoding

/// The way of every call, through whichever door: identity → tenant → limits → permission →
/// validation → handler. What it enforces is what the contract says.
///
/// The way is laid once at start: a method that is public and has no rules runs its handler
/// directly.
public final class Pipeline: Sendable {
  /// What the pipeline needs.
  public struct Configuration: Sendable {
    /// The host part of SPIFFE identifiers in client certificates, such as `artel.localhost`.
    public var trustDomain: String
    /// The name of the tenant that operates the platform; nil where this process serves none of
    /// the operator's methods.
    public var operatorTenant: String?
    /// The database cell that this process serves: tenants of other cells are sent there.
    public var cell: String
    /// The limits of callers.
    public var limits: RateLimits
    /// The part of the limits that this process keeps by itself while it cannot tell what other
    /// processes let in; nil where limits are not shared.
    public var limitShare: Double?
    /// How many calls of one tenant may run at once.
    public var callsPerTenant: Int
    /// Which networks may call at all.
    public var networks: NetworkRules
    /// The clock, in seconds since 1970.
    public var now: @Sendable () -> Int64

    /// Creates a configuration.
    public init(
      trustDomain: String, operatorTenant: String? = nil, cell: String = Tenant.defaultCell,
      limits: RateLimits = RateLimits(), limitShare: Double? = nil, callsPerTenant: Int = 500,
      networks: NetworkRules = NetworkRules(),
      now: @escaping @Sendable () -> Int64 = { UnixTime.now() }
    ) {
      self.trustDomain = trustDomain
      self.operatorTenant = operatorTenant
      self.cell = cell
      self.limits = limits
      self.limitShare = limitShare
      self.callsPerTenant = callsPerTenant
      self.networks = networks
      self.now = now
    }
  }

  let configuration: Configuration
  let authenticator: Authenticator
  let limiter: RateLimiter
  let journal: (any CallJournal)?
  let revocations: (any RevocationList)?
  let streams: OpenStreams?
  let answers: (any AnswerStore)?
  let runningCalls = RunningCalls()
  let quotas: QuotaMeter?
  let shedder = LoadShedder()
  let limitCounters = LimitCounters()
  let refusals = RunningCount()
  let shares: TenantShares
  let streamShares: TenantShares
  let logger: Logger

  /// Creates a pipeline.
  ///
  /// - Parameters:
  ///   - revocations: What was revoked; nil where nothing ever is.
  ///   - answers: Keeps what repeated calls get; nil where no call has a key.
  ///   - quotas: Counts what tenants use; nil where nobody has a quota.
  public init(
    configuration: Configuration, directory: any IdentityDirectory,
    revocations: (any RevocationList)? = nil, journal: (any CallJournal)? = nil,
    answers: (any AnswerStore)? = nil, quotas: QuotaMeter? = nil, logger: Logger
  ) {
    self.configuration = configuration
    self.journal = journal
    self.answers = answers
    self.quotas = quotas
    shares = TenantShares(most: configuration.callsPerTenant)
    // Streams mostly wait, and cost memory alone.
    streamShares = TenantShares(most: configuration.callsPerTenant * 4)
    self.logger = logger
    self.revocations = revocations
    streams = revocations.map { OpenStreams(revocations: $0) }
    limiter = RateLimiter(limits: configuration.limits, share: configuration.limitShare)
    authenticator = Authenticator(
      tokens: TokenVerifier(
        directory: directory, limiter: limiter, now: configuration.now),
      certificates: CertificateVerifier(
        directory: directory, trustDomain: configuration.trustDomain, now: configuration.now),
      hosts: TenantHosts(base: configuration.trustDomain, directory: directory),
      revocations: revocations, cell: configuration.cell, logger: logger)
  }

  /// Puts the pipeline in front of methods.
  ///
  /// - Parameters:
  ///   - schema: The contracts, with the policy of every method.
  ///   - outputOnly: The fields that no caller may set.
  /// - Throws: `PipelineError` for a method without a policy or with rules that make no sense.
  public func protect(
    _ methods: [RegisteredMethod], schema: Schema, outputOnly: OutputOnlyFields
  ) throws -> [RegisteredMethod] {
    try methods.map { method in
      guard let described = schema.method(path: method.descriptor.path),
        let policy = described.policy, policy.hasAccess
      else { throw PipelineError(description: "\(method.descriptor.path) has no policy") }
      // What a call changes is kept with the call, or it is not made; unless the contract says why not.
      guard
        policy.idempotency == .readOnly || policy.audit == .change
          || !policy.auditExemption.isEmpty
      else {
        throw PipelineError(
          description: "\(method.descriptor.path) may change something, and its audit is less")
      }
      let validator = try MessageValidator(schema: described.input, outputOnly: outputOnly)
      let stage = Stage(
        path: method.descriptor.path, policy: policy,
        authorization: policy.access.public
          ? nil
          : Authorization(policy.access, operatorTenant: configuration.operatorTenant),
        validator: validator, masking: Masking(described), pipeline: self)
      let shown = stage.masking?.wrap(method) ?? method
      return stage.isEmpty ? shown : stage.wrap(shown)
    }
  }
}

/// Why the pipeline cannot be laid.
public struct PipelineError: Error, Sendable, CustomStringConvertible {
  /// Why, for a developer.
  public let description: String
}
