/// How a client balances, repeats and limits calls: the part of gRPC's service config that is
/// typed here (https://github.com/grpc/grpc/blob/master/doc/service_config.md).
public struct ServiceConfiguration: Sendable {
  /// How calls are spread over the addresses of a target.
  public enum LoadBalancing: String, Sendable {
    /// All to the first that answers.
    case pickFirst = "pick_first"
    /// Each to the next of those that answer.
    case roundRobin = "round_robin"
  }

  /// Which methods a rule is for.
  public struct Subject: Sendable, Hashable {
    let service: String
    let method: String

    /// Every method.
    public static let all = Subject(service: "", method: "")

    /// Every method of a service.
    public static func service(_ service: ServiceDescriptor) -> Subject {
      Subject(service: service.fullyQualifiedService, method: "")
    }

    /// One method.
    public static func method(_ method: MethodDescriptor) -> Subject {
      Subject(service: method.service.fullyQualifiedService, method: method.method)
    }
  }

  /// When a call that failed is made again. A call of which the server may have seen something is
  /// repeated only where its code says so: name only codes of calls that are safe to repeat.
  public struct RetryPolicy: Sendable {
    /// How often in all, the first time included: 2 to 5.
    public let maxAttempts: Int
    /// The longest first pause; each is a random part of it. At least a millisecond.
    public let initialBackoff: Duration
    /// The longest pause at all. At least a millisecond.
    public let maxBackoff: Duration
    /// By how much pauses grow.
    public let backoffMultiplier: Double
    /// Behind which codes; at least one.
    public let codes: Set<RPCError.Code>

    /// Creates a policy.
    ///
    /// - Throws: `ServiceConfigurationError` for what the core would refuse, and every call with it.
    public init(
      maxAttempts: Int = 3, initialBackoff: Duration = .milliseconds(100),
      maxBackoff: Duration = .seconds(1), backoffMultiplier: Double = 2,
      codes: Set<RPCError.Code> = [.unavailable]
    ) throws(ServiceConfigurationError) {
      func check(_ holds: Bool, _ demand: String) throws(ServiceConfigurationError) {
        if !holds { throw ServiceConfigurationError(description: "a retry policy \(demand)") }
      }
      try check((2...5).contains(maxAttempts), "has 2 to 5 attempts")
      try check(
        min(initialBackoff, maxBackoff) >= .milliseconds(1), "pauses for a millisecond or more")
      // The core reads a number of single precision.
      let multiplier = Float(backoffMultiplier)
      try check(multiplier > 0 && multiplier.isFinite, "has a positive finite multiplier")
      try check(!codes.isEmpty, "names the codes behind which it repeats")
      self.maxAttempts = maxAttempts
      self.initialBackoff = initialBackoff
      self.maxBackoff = maxBackoff
      self.backoffMultiplier = backoffMultiplier
      self.codes = codes
    }
  }

  /// How methods are called.
  public struct MethodRule: Sendable {
    /// Which methods.
    public var subject: Subject
    /// How long a call may take at most; less than a millisecond is taken for one.
    public var timeout: Duration?
    /// When it is made again.
    public var retry: RetryPolicy?

    /// Creates a rule.
    public init(subject: Subject, timeout: Duration? = nil, retry: RetryPolicy? = nil) {
      self.subject = subject
      self.timeout = timeout
      self.retry = retry
    }
  }

  /// How calls are spread.
  public var loadBalancing: LoadBalancing

  /// How methods are called; the most exact rule counts, and the last of several for one subject.
  public var methods: [MethodRule]

  /// Whether the health of servers is asked for, by `grpc.health.v1`, under this name; nil does not
  /// ask. Works with `roundRobin`.
  public var healthCheckServiceName: String?

  /// Creates a configuration.
  public init(
    loadBalancing: LoadBalancing = .pickFirst, methods: [MethodRule] = [],
    healthCheckServiceName: String? = nil
  ) {
    self.loadBalancing = loadBalancing
    self.methods = methods
    self.healthCheckServiceName = healthCheckServiceName
  }
}

/// Why there is no such configuration.
public struct ServiceConfigurationError: Error, Sendable, CustomStringConvertible {
  /// Why, for a developer.
  public let description: String
}
