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
  public struct Subject: Sendable {
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
    public var maxAttempts: Int
    /// The longest first pause; each is a random part of it.
    public var initialBackoff: Duration
    /// The longest pause at all.
    public var maxBackoff: Duration
    /// By how much pauses grow.
    public var backoffMultiplier: Double
    /// Behind which codes.
    public var codes: Set<RPCError.Code>

    /// Creates a policy.
    public init(
      maxAttempts: Int = 3, initialBackoff: Duration = .milliseconds(100),
      maxBackoff: Duration = .seconds(1), backoffMultiplier: Double = 2,
      codes: Set<RPCError.Code> = [.unavailable]
    ) {
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
    /// How long a call may take at most.
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

  /// How methods are called; the most exact rule counts.
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

  /// The configuration as the core reads it.
  var json: String {
    var members = [#""loadBalancingConfig":[{"\#(loadBalancing.rawValue)":{}}]"#]
    if !methods.isEmpty {
      members.append(#""methodConfig":[\#(methods.map(\.json).joined(separator: ","))]"#)
    }
    if let healthCheckServiceName {
      members.append(
        #""healthCheckConfig":{"serviceName":\#(healthCheckServiceName.jsonLiteral)}"#)
    }
    return "{\(members.joined(separator: ","))}"
  }
}

extension ServiceConfiguration.MethodRule {
  fileprivate var json: String {
    var members = [#""name":[\#(subject.json)]"#]
    if let timeout { members.append(#""timeout":"\#(timeout.jsonSeconds)""#) }
    if let retry { members.append(#""retryPolicy":\#(retry.json)"#) }
    return "{\(members.joined(separator: ","))}"
  }
}

extension ServiceConfiguration.Subject {
  fileprivate var json: String {
    var members: [String] = []
    if !service.isEmpty { members.append(#""service":\#(service.jsonLiteral)"#) }
    if !method.isEmpty { members.append(#""method":\#(method.jsonLiteral)"#) }
    return "{\(members.joined(separator: ","))}"
  }
}

extension ServiceConfiguration.RetryPolicy {
  fileprivate var json: String {
    let names = codes.map(\.name).sorted().map(\.jsonLiteral).joined(separator: ",")
    return """
      {"maxAttempts":\(maxAttempts),"initialBackoff":"\(initialBackoff.jsonSeconds)",\
      "maxBackoff":"\(maxBackoff.jsonSeconds)","backoffMultiplier":\(backoffMultiplier),\
      "retryableStatusCodes":[\(names)]}
      """
  }
}

extension Duration {
  /// The duration as proto3 JSON writes it.
  fileprivate var jsonSeconds: String {
    let (seconds, attoseconds) = components
    let nanoseconds = String(attoseconds / 1_000_000_000)
    return "\(seconds).\(String(repeating: "0", count: 9 - nanoseconds.count))\(nanoseconds)s"
  }
}

extension String {
  /// The string as JSON writes it.
  fileprivate var jsonLiteral: String {
    var literal = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        literal += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
