/// How many messages a method takes and gives.
public enum MethodKind: Sendable {
  /// One request, one response.
  case unary
  /// Many requests, one response.
  case clientStreaming
  /// One request, many responses.
  case serverStreaming
  /// Many requests, many responses.
  case bidirectionalStreaming
}

/// Names a service.
public struct ServiceDescriptor: Hashable, Sendable {
  /// The name with its package, such as `grpc.health.v1.Health`.
  public let fullyQualifiedService: String

  /// Creates a descriptor from the name with its package.
  public init(fullyQualifiedService: String) {
    self.fullyQualifiedService = fullyQualifiedService
  }
}

/// Names a method of a service.
public struct MethodDescriptor: Hashable, Sendable {
  /// The service.
  public let service: ServiceDescriptor

  /// The method's name, such as `Check`.
  public let method: String

  /// How many messages it takes and gives.
  public let kind: MethodKind

  /// What a call names on the wire: `/package.Service/Method`.
  public let path: String

  /// Creates a descriptor.
  public init(service: ServiceDescriptor, method: String, kind: MethodKind) {
    self.service = service
    self.method = method
    self.kind = kind
    self.path = "/\(service.fullyQualifiedService)/\(method)"
  }
}
