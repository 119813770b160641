import RPC
import TestSupport
import Testing

@Suite("A client's service configuration")
struct ServiceConfigurationTests {
  typealias Policy = ServiceConfiguration.RetryPolicy

  /// Answers at once, or never.
  private static let name = Raw.unary("Name") { request, _ in
    if request.text == "never" { await untilCancelled() }
    return UnaryReply(message: MessageBytes(text: "name"))
  }

  @Test("has no policy of repeating that the core would refuse", arguments: [1, 0, -1, 6, .max])
  func attempts(count: Int) {
    #expect(throws: ServiceConfigurationError.self) { try Policy(maxAttempts: count) }
  }

  @Test(
    "has no pause that the core takes for none",
    arguments: [.zero, .seconds(-1), .microseconds(999), .seconds(Int64.min)] as [Duration])
  func pauses(pause: Duration) {
    #expect(throws: ServiceConfigurationError.self) { try Policy(initialBackoff: pause) }
    #expect(throws: ServiceConfigurationError.self) { try Policy(maxBackoff: pause) }
  }

  @Test(
    "has no growth of pauses that is no number",
    arguments: [.nan, .infinity, -.infinity, 0, -1, 1e-60, 1e60] as [Double])
  func growth(multiplier: Double) {
    #expect(throws: ServiceConfigurationError.self) { try Policy(backoffMultiplier: multiplier) }
  }

  @Test("repeats behind named codes only")
  func codes() {
    #expect(throws: ServiceConfigurationError.self) { try Policy(codes: []) }
  }

  @Test(
    "takes any policy that it can make",
    arguments: [
      (2, .milliseconds(1), .milliseconds(1), 1e-30),
      (5, .seconds(Int64.max), .seconds(Int64.max), 1e30),
      (3, .nanoseconds(1_500_000_001), .milliseconds(1), 1),
    ] as [(Int, Duration, Duration, Double)])
  func limits(attempts: Int, first: Duration, longest: Duration, multiplier: Double) async throws {
    let policy = try Policy(
      maxAttempts: attempts, initialBackoff: first, maxBackoff: longest,
      backoffMultiplier: multiplier, codes: [.unavailable, .aborted])
    try await expectCalls([.init(subject: .all, retry: policy)])
  }

  @Test(
    "takes any timeout, and a negative one for a very short one",
    arguments: [
      (.seconds(Int64.max), true), (.nanoseconds(30_000_000_001), true),
      (.milliseconds(-1500), false), (.seconds(Int64.min), false),
    ] as [(Duration, Bool)])
  func timeouts(timeout: Duration, suffices: Bool) async throws {
    try await expectCalls([.init(subject: .all, timeout: timeout)], succeed: suffices)
  }

  @Test("takes the last of several rules for one subject")
  func duplicates() async throws {
    let subject = ServiceConfiguration.Subject.method(Self.name.descriptor)
    try await expectCalls(
      [.init(subject: subject), .init(subject: .all), .init(subject: subject, timeout: .zero)],
      succeed: false)
  }

  @Test("passes over a rule for a method without a service, which no call has")
  func meaningless() async throws {
    let nowhere = MethodDescriptor(
      service: ServiceDescriptor(fullyQualifiedService: ""), method: "Name", kind: .unary)
    try await expectCalls([.init(subject: .method(nowhere))])
  }

  /// Makes a call under rules: the core refuses every call under a configuration that it refuses.
  private func expectCalls(
    _ rules: [ServiceConfiguration.MethodRule], succeed: Bool = true
  ) async throws {
    try await withMethods([Self.name], configureClient: { $0.service.methods = rules }) {
      client, _ in
      func call(_ request: String) async throws -> String {
        try await client.unary(path: Raw.path("Name"), MessageBytes(text: request)).text
      }
      if succeed {
        let answer = try await call("")
        #expect(answer == "name")
      } else {
        let error = await #expect(throws: RPCError.self) { try await call("never") }
        #expect(error?.code == .deadlineExceeded)
      }
    }
  }
}
