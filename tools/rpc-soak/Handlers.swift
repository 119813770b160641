import RPC

/// A method of each kind; what a handler does is left to chance.
struct Handlers: Sendable {
  static let service = ServiceDescriptor(fullyQualifiedService: "soak.Soak")
  static let unary = MethodDescriptor(service: service, method: "Unary", kind: .unary)
  static let clientStream = MethodDescriptor(
    service: service, method: "ClientStream", kind: .clientStreaming)
  static let serverStream = MethodDescriptor(
    service: service, method: "ServerStream", kind: .serverStreaming)
  static let bidirectional = MethodDescriptor(
    service: service, method: "Bidirectional", kind: .bidirectionalStreaming)

  let tally: Tally

  var methods: [RegisteredMethod] {
    [
      RegisteredMethod(
        descriptor: Self.unary,
        handler: .unary { request, _ in
          try await counted {
            try await Self.chance()
            return UnaryReply(message: request, trailingMetadata: ["soak": "behind"])
          }
        }),
      RegisteredMethod(
        descriptor: Self.clientStream,
        handler: .clientStreaming { requests, _ in
          try await counted {
            var last = MessageBytes([])
            // Some leave before the last request.
            while Int.random(in: 0..<50) > 0, let request = try await requests.next() {
              last = request
            }
            try await Self.chance()
            return UnaryReply(message: last, initialMetadata: ["soak": "before"])
          }
        }),
      RegisteredMethod(
        descriptor: Self.serverStream,
        handler: .serverStreaming { request, responses, _ in
          try await counted {
            try await responses.sendInitialMetadata(["soak": "before"])
            for _ in 0..<Int.random(in: 0...20) {
              try await responses.write(request)
              try await Self.chance()
            }
            return [:]
          }
        }),
      RegisteredMethod(
        descriptor: Self.bidirectional,
        handler: .bidirectionalStreaming { requests, responses, _ in
          try await counted {
            while let request = try await requests.next() {
              try await responses.write(request)
              try await Self.chance()
            }
            return [:]
          }
        }),
    ]
  }

  private func counted<Result>(_ body: () async throws -> Result) async throws -> Result {
    tally.handlersBegun.count()
    defer { tally.handlersEnded.count() }
    return try await body()
  }

  /// Nothing mostly; or a pause, a hop to another executor, or a failure.
  private static func chance() async throws {
    switch Int.random(in: 0..<20) {
    case 0: try await Task.sleep(for: .milliseconds(Int.random(in: 0...20)))
    case 1: await Task.yield()
    case 2: await elsewhere()
    case 3:
      throw RPCError(
        code: .aborted, message: "by chance", statusDetails: [1, 2, 3],
        metadata: ["soak": "failed"])
    case 4: throw CancellationError()
    default: break
    }
  }

  @concurrent private static func elsewhere() async { await Task.yield() }
}
