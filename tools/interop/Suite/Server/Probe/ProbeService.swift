import Glibc
import RPC

/// What gRPC's own test service cannot say: a method of each kind, over bytes, that fails, waits and
/// answers as a call's metadata asks (``ProbeWish``), and one that tells when another call learned
/// of its end.
///
/// ```
/// /artel.interop.Probe/Unary          one request → the same bytes
/// /artel.interop.Probe/ClientStream   requests → how many there were, as decimal text
/// /artel.interop.Probe/ServerStream   one request → the same bytes, `probe-count` times
/// /artel.interop.Probe/Bidirectional  requests → each of them
/// /artel.interop.Probe/When           `began ID` or `ended ID` → nanoseconds, as decimal text
/// ```
struct ProbeService: RegistrableRPCService {
  private static let service = ServiceDescriptor(fullyQualifiedService: "artel.interop.Probe")

  private let journal = ProbeJournal()

  func registerMethods(with router: inout RPCRouter) {
    func register(_ name: String, _ kind: MethodKind, _ handler: RegisteredMethod.Handler) {
      let descriptor = MethodDescriptor(service: Self.service, method: name, kind: kind)
      router.register(RegisteredMethod(descriptor: descriptor, handler: handler))
    }
    register("Unary", .unary, .unary(unary))
    register("ClientStream", .clientStreaming, .clientStreaming(clientStream))
    register("ServerStream", .serverStreaming, .serverStreaming(serverStream))
    register("Bidirectional", .bidirectionalStreaming, .bidirectionalStreaming(bidirectional))
    register("When", .unary, .unary(when))
  }

  // MARK: The methods

  @Sendable private func unary(_ request: MessageBytes, _ context: ServerContext) async throws
    -> UnaryReply
  {
    let wish = try begin(context)
    try await hold(wish, at: .begin)
    return try reply(wish, request)
  }

  @Sendable private func clientStream(_ requests: any MessageSource, _ context: ServerContext)
    async throws -> UnaryReply
  {
    let wish = try begin(context)
    try await hold(wish, at: .begin)
    try await hold(wish, at: .reading) { try await read(requests) }
    var count = 0
    while try await requests.next() != nil {
      count += 1
      try await hold(wish, at: .message)
    }
    return try reply(wish, MessageBytes(Array("\(count)".utf8)))
  }

  @Sendable private func serverStream(
    _ request: MessageBytes, _ responses: any MessageSink, _ context: ServerContext
  ) async throws -> Metadata {
    let wish = try begin(context)
    try await open(responses, wish)
    for _ in 0..<wish.count {
      try await responses.write(wish.size.map { MessageBytes(repeating: 0, count: $0) } ?? request)
      try await hold(wish, at: .message)
    }
    return try close(wish)
  }

  @Sendable private func bidirectional(
    _ requests: any MessageSource, _ responses: any MessageSink, _ context: ServerContext
  ) async throws -> Metadata {
    let wish = try begin(context)
    try await open(responses, wish)
    try await hold(wish, at: .reading) { try await read(requests) }
    while let request = try await requests.next() {
      try await responses.write(request)
      try await hold(wish, at: .message)
    }
    return try close(wish)
  }

  @Sendable private func when(_ request: MessageBytes, _ context: ServerContext) async throws
    -> UnaryReply
  {
    let event = request.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    let time = try await journal.time(of: event)
    return UnaryReply(message: MessageBytes(Array("\(time)".utf8)))
  }

  // MARK: What they share

  private func begin(_ context: ServerContext) throws -> ProbeWish {
    var wish = try ProbeWish(context.metadata)
    wish.initial.add("\(getpid())", for: "probe-pid")
    if let (key, times) = wish.unavailable, journal.attempt(key) <= times {
      throw RPCError(code: .unavailable, message: "not yet")
    }
    return wish
  }

  private func reply(_ wish: ProbeWish, _ message: MessageBytes) throws -> UnaryReply {
    if let failure = wish.failure { throw failure }
    return UnaryReply(
      message: wish.size.map { MessageBytes(repeating: 0, count: $0) } ?? message,
      initialMetadata: wish.initial, trailingMetadata: wish.trailing)
  }

  private func open(_ responses: any MessageSink, _ wish: ProbeWish) async throws {
    try await hold(wish, at: .begin)
    try await responses.sendInitialMetadata(wish.initial)
    try await hold(wish, at: .initial)
    try await hold(wish, at: .writing) {
      try await responses.write(MessageBytes(repeating: 0, count: 1 << 20))
    }
  }

  private func close(_ wish: ProbeWish) throws -> Metadata {
    if let failure = wish.failure { throw failure }
    return wish.trailing
  }

  /// Reads a request; after the last, waits like a call that has something else to do.
  private func read(_ requests: any MessageSource) async throws {
    if try await requests.next() == nil { try await Task.sleep(for: .seconds(3600)) }
  }

  /// Waits, where the call asks for it at this stage, until the call is over, and notes when it
  /// learned of that.
  ///
  /// - Throws: What ended the wait.
  private func hold(
    _ wish: ProbeWish, at stage: ProbeWish.Stage,
    in body: () async throws -> Void = { try await Task.sleep(for: .seconds(3600)) }
  ) async throws {
    guard let (id, wanted) = wish.hold, wanted == stage else { return }
    journal.note("began \(id)")
    defer { journal.note("ended \(id)") }
    while true { try await body() }
  }
}
