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
    /// The clock, in seconds since 1970.
    public var now: @Sendable () -> Int64

    /// Creates a configuration.
    public init(
      trustDomain: String, operatorTenant: String? = nil, cell: String = Tenant.defaultCell,
      limits: RateLimits = RateLimits(),
      now: @escaping @Sendable () -> Int64 = { UnixTime.now() }
    ) {
      self.trustDomain = trustDomain
      self.operatorTenant = operatorTenant
      self.cell = cell
      self.limits = limits
      self.now = now
    }
  }

  private let configuration: Configuration
  private let authenticator: Authenticator
  private let limiter: RateLimiter
  private let journal: (any CallJournal)?
  private let revocations: (any RevocationList)?
  private let streams: OpenStreams?
  private let logger: Logger

  /// Creates a pipeline.
  ///
  /// - Parameter revocations: What was revoked; nil where nothing ever is.
  public init(
    configuration: Configuration, directory: any IdentityDirectory,
    revocations: (any RevocationList)? = nil, journal: (any CallJournal)? = nil, logger: Logger
  ) {
    self.configuration = configuration
    self.journal = journal
    self.logger = logger
    self.revocations = revocations
    streams = revocations.map { OpenStreams(revocations: $0) }
    limiter = RateLimiter(limits: configuration.limits)
    authenticator = Authenticator(
      tokens: TokenVerifier(
        directory: directory, limiter: limiter, now: configuration.now),
      certificates: CertificateVerifier(
        directory: directory, trustDomain: configuration.trustDomain, now: configuration.now),
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
      let validator = try MessageValidator(schema: described.input, outputOnly: outputOnly)
      let stage = Stage(
        path: method.descriptor.path, policy: policy,
        authorization: policy.access.public
          ? nil
          : Authorization(policy.access, operatorTenant: configuration.operatorTenant),
        validator: validator, pipeline: self)
      return stage.isEmpty ? method : stage.wrap(method)
    }
  }

  fileprivate func admit(_ context: inout ServerContext, _ stage: Stage) async throws(RPCError)
    -> Caller?
  {
    guard let authorization = stage.authorization else {
      try limiter.admit(address: context.peer.address, stage.policy.cost)
      return nil
    }
    let caller = try await authenticator.authenticate(context, stage.policy.access.rows)
    context.attachment = caller
    try limiter.admit(caller, stage.policy.cost)
    try authorization.check(caller, now: configuration.now())
    return caller
  }

  /// Whether the credential of an open stream is still good. Where nobody can tell now, the next
  /// look will; but a stream of anyone else than a person ends where revocations cannot be known
  /// (security.md C30).
  fileprivate func recheck(_ context: ServerContext, _ caller: Caller) async throws(RPCError) {
    if caller.principal.kind != .user {
      try revocations?.check(caller.principal, tenantID: caller.tenant.id)
    }
    do {
      _ = try await authenticator.authenticate(context)
    } catch {
      if error.code != .unavailable, !Mutation.isOn(.keepsSuspendedStreams) { throw error }
    }
  }

  /// Waits until the credential of an open stream is revoked; returns at once where nothing is.
  fileprivate func untilRevoked(_ caller: Caller) async throws {
    try await streams?.untilRevoked(caller)
  }

  fileprivate var watchesRevocations: Bool { streams != nil }

  /// Tells the operator what the caller is not told.
  fileprivate func report(_ error: any Error, _ path: String) {
    guard !(error is RPCError), RPCError(hiding: error).code == .internalError else { return }
    logger.error("a call failed", metadata: ["method": "\(path)", "error": "\(error)"])
  }

  fileprivate func secondsLeft(of caller: Caller?) -> Int64? {
    guard let expiresAt = caller?.principal.expiresAt, !Mutation.isOn(.keepsExpiredStreams) else {
      return nil
    }
    return max(0, expiresAt - configuration.now())
  }

  fileprivate func record(_ record: CallRecord) { journal?.record(record) }

  fileprivate var keepsJournal: Bool { journal != nil }
}

/// Why the pipeline cannot be laid.
public struct PipelineError: Error, Sendable, CustomStringConvertible {
  /// Why, for a developer.
  public let description: String
}

/// The way of one method's calls.
private struct Stage: Sendable {
  let path: String
  let policy: Artel_Options_V1_MethodPolicy
  let authorization: Authorization?
  let validator: MessageValidator?
  let pipeline: Pipeline

  /// Whether calls need nothing of it.
  var isEmpty: Bool {
    authorization == nil && validator == nil && !isJournaled
  }

  private var isJournaled: Bool { pipeline.keepsJournal && policy.audit != .none }

  func wrap(_ method: RegisteredMethod) -> RegisteredMethod {
    switch method.handler {
    case .unary(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .unary { message, context in
          try await journaled(context) { context in
            try validate(message)
            return try await handler(message, context)
          }
        })
    case .clientStreaming(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .clientStreaming { source, context in
          try await journaled(context) { context in
            try await untilExpiry(context) {
              try await handler(ValidatedSource(source, stage: self), context)
            }
          }
        })
    case .bidirectionalStreaming(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .bidirectionalStreaming { source, sink, context in
          try await journaled(context) { context in
            try await untilExpiry(context) {
              try await handler(ValidatedSource(source, stage: self), sink, context)
            }
          }
        })
    case .serverStreaming(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .serverStreaming { message, sink, context in
          try await journaled(context) { context in
            try validate(message)
            return try await untilExpiry(context) {
              try await handler(message, sink, context)
            }
          }
        })
    }
  }

  /// Admits the call, runs it, and keeps it in the journal: a refused one too.
  private func journaled<R>(
    _ context: ServerContext, _ body: (ServerContext) async throws -> R
  ) async throws -> R {
    var context = context
    guard isJournaled else {
      do {
        _ = try await pipeline.admit(&context, self)
        return try await body(context)
      } catch {
        pipeline.report(error, path)
        throw error
      }
    }
    let start = ContinuousClock.now
    do {
      _ = try await pipeline.admit(&context, self)
      let result = try await body(context)
      keep(context, .ok, "", since: start)
      return result
    } catch {
      let seen = RPCError(hiding: error)
      pipeline.report(error, path)
      keep(context, seen.code.status, seen.message, since: start)
      throw seen
    }
  }

  private func keep(
    _ context: ServerContext, _ code: Status.Code, _ message: String,
    since start: ContinuousClock.Instant
  ) {
    pipeline.record(
      CallRecord(
        method: path, door: context.peer.door, caller: context.attachment as? Caller, code: code,
        message: message, duration: .now - start))
  }

  func validate(_ message: MessageBytes) throws(RPCError) {
    guard let validator else { return }
    switch message.withUnsafeBytes({ validator.validate($0) }) {
    case .valid: return
    case .violations(let violations):
      throw RPCError(
        code: .invalidArgument, reason: "FIELD_INVALID",
        message: violations.map { "\($0.field) \($0.description)" }.joined(separator: "; "),
        violations: violations)
    case .malformed:
      throw RPCError(
        code: .invalidArgument, reason: "MESSAGE_MALFORMED", message: "the message is malformed")
    }
  }

  /// Ends a stream when the credential behind it ends (security.md C31), and within about a second
  /// of its tenant's suspension or its client's end (A20); at once when it is revoked (C24).
  private func untilExpiry<R: Sendable>(
    _ context: ServerContext, _ body: @escaping @Sendable () async throws -> R
  ) async throws -> R {
    guard let caller = context.attachment as? Caller else { return try await body() }
    return try await withThrowingTaskGroup(of: R.self) { group in
      group.addTask { try await body() }
      group.addTask {
        while true {
          let left = pipeline.secondsLeft(of: caller) ?? 1
          guard left > 0 else {
            throw RPCError(
              code: .unauthenticated, reason: "TOKEN_EXPIRED", message: "the token has expired")
          }
          try await Task.sleep(for: .seconds(min(left, 1)))
          if (pipeline.secondsLeft(of: caller) ?? 1) > 0 {
            try await pipeline.recheck(context, caller)
          }
        }
      }
      if pipeline.watchesRevocations {
        group.addTask {
          try await pipeline.untilRevoked(caller)
          // Only a revocation or the stream's own end gets here, and both throw.
          throw CancellationError()
        }
      }
      defer { group.cancelAll() }
      return try await group.next()!
    }
  }
}

/// The messages of a stream, each valid as its contract says.
private struct ValidatedSource: MessageSource {
  private let source: any MessageSource
  private let stage: Stage

  init(_ source: any MessageSource, stage: Stage) {
    self.source = source
    self.stage = stage
  }

  func next() async throws -> MessageBytes? {
    guard let message = try await source.next() else { return nil }
    try stage.validate(message)
    return message
  }
}
