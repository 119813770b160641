/// Sees each call as it begins: its method, its metadata, its peer. It may refuse the call, and give
/// the handler a changed context. It costs one function call per call of a method, and nothing per
/// message.
public protocol ServerStartInterceptor: Sendable {
  /// A call begins.
  ///
  /// - Parameter context: What the handler will get.
  /// - Throws: Why the call is refused; the handler is not run then.
  func start(_ context: inout ServerContext) throws
}

/// Stands around a whole call: sees and may change what is received and what is sent.
///
/// ```swift
/// struct Timing: ServerInterceptor {
///   func intercept(
///     _ call: ServerInterception, next: (ServerInterception) async throws -> Metadata
///   ) async throws -> Metadata {
///     let begin = ContinuousClock.now
///     defer { record(call.context.method, ContinuousClock.now - begin) }
///     return try await next(call)
///   }
/// }
/// ```
public protocol ServerInterceptor: Sendable {
  /// A call runs.
  ///
  /// - Parameters:
  ///   - call: The call; a unary one too has streams here, of one message each.
  ///   - next: Runs what is behind this interceptor, the handler at last. Called once, or not at
  ///     all by an interceptor that answers itself.
  /// - Returns: The trailing metadata.
  /// - Throws: How the call fails.
  func intercept(
    _ call: ServerInterception, next: (ServerInterception) async throws -> Metadata
  ) async throws -> Metadata
}

/// A call as an interceptor sees it.
public struct ServerInterception: Sendable {
  /// What the handler will get.
  public var context: ServerContext

  /// What the caller sends.
  public var requests: any MessageSource

  /// What is sent to the caller.
  public var responses: any MessageSink

  /// Creates a call.
  public init(
    context: ServerContext, requests: any MessageSource, responses: any MessageSink
  ) {
    self.context = context
    self.requests = requests
    self.responses = responses
  }
}

/// An interceptor with the methods that it stands before.
public struct ServerInterceptorRule: Sendable {
  /// Which methods.
  public enum Subject: Sendable {
    /// Every method.
    case all
    /// Those of services, by names such as `grpc.health.v1.Health`.
    case services(Set<String>)
    /// Those with paths such as `/grpc.health.v1.Health/Check`.
    case methods(Set<String>)

    func contains(_ method: MethodDescriptor) -> Bool {
      switch self {
      case .all: true
      case .services(let names): names.contains(method.service.fullyQualifiedService)
      case .methods(let paths): paths.contains(method.path)
      }
    }
  }

  private enum Kind: Sendable {
    case start(any ServerStartInterceptor)
    case whole(any ServerInterceptor)
  }

  private let kind: Kind
  private let subject: Subject

  /// Puts an interceptor before the beginning of calls.
  public static func apply(
    _ interceptor: some ServerStartInterceptor, to subject: Subject = .all
  ) -> ServerInterceptorRule {
    ServerInterceptorRule(kind: .start(interceptor), subject: subject)
  }

  /// Puts an interceptor around calls.
  public static func apply(
    _ interceptor: some ServerInterceptor, to subject: Subject = .all
  ) -> ServerInterceptorRule {
    ServerInterceptorRule(kind: .whole(interceptor), subject: subject)
  }

  fileprivate func wrap(_ method: RegisteredMethod) -> RegisteredMethod {
    guard subject.contains(method.descriptor) else { return method }
    let handler =
      switch kind {
      case .start(let interceptor): method.handler.started(by: interceptor)
      case .whole(let interceptor): method.handler.surrounded(by: interceptor)
      }
    return RegisteredMethod(descriptor: method.descriptor, handler: handler)
  }
}

extension [RegisteredMethod] {
  /// The methods with interceptors before their handlers, the first rule outermost. Which stand
  /// before a method is found out here, once, and not at each call.
  public func intercepted(by rules: [ServerInterceptorRule]) -> [RegisteredMethod] {
    map { method in rules.reversed().reduce(method) { $1.wrap($0) } }
  }
}
