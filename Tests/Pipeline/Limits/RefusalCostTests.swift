import GeneratedOptions
import RPC
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// Under a millisecond, counted and not timed: what may take longer is a signature, a key set, and what
/// is asked of somebody else. Limits themselves are memory: Redis is told of them behind the calls.
@Suite("A refused call")
struct RefusalCostTests {
  /// Counts who asks for kept answers.
  private final class Answers: AnswerStore {
    let asked = Atomic<Int>(0)

    func answer(
      to call: KeyedCall, of caller: Caller, deadline: ContinuousClock.Instant?
    ) async throws -> KeptAnswer? {
      asked.add(1, ordering: .relaxed)
      return nil
    }

    func keeping(
      _ call: KeyedCall, _ body: () async throws -> UnaryReply
    ) async throws -> UnaryReply { try await body() }
  }

  /// What took time.
  private struct Work: Equatable {
    var questions = 0
    var keySets = 0
    var answers = 0
    var handled = 0
  }

  /// One call costs its burst, and no more comes while a test runs.
  private static let once = RateLimits.Rate(perSecond: 0.001, burst: 1)
  private static let calls = 200

  private let lab: IdentityLab
  private let answers = Answers()
  private let harness: PipelineHarness

  init() throws {
    lab = try IdentityLab()
    let networks = NetworkRules()
    try networks.replace(by: "deny 203.0.113.0/24")
    harness = try PipelineHarness(
      lab, access: .signedIn,
      limits: RateLimits(low: Self.once, medium: Self.once, high: Self.once, refused: Self.once),
      answers: answers, networks: networks, policy: { $0.idempotencyKey = .optional },
      handler: { _ in "done" })
  }

  private var work: Work {
    Work(
      questions: lab.questions.load(ordering: .relaxed),
      keySets: lab.alphaKeys.reads.load(ordering: .relaxed),
      answers: answers.asked.load(ordering: .relaxed), handled: harness.handled)
  }

  /// Calls again and again with a body that is no message, and expects one refusal of each call;
  /// returns what all of them took.
  private func refused(
    _ reason: String, token: String? = nil, from address: String = "198.51.100.1",
    by other: PipelineHarness? = nil
  ) async -> Work {
    let before = work
    for _ in 0..<Self.calls {
      do {
        // A field without its value.
        _ = try await (other ?? harness).reply(
          token: token, metadata: ["idempotency-key": "k"], address: address,
          message: MessageBytes([0x0a]))
        Issue.record("a call came in")
      } catch {
        #expect(RPCError(hiding: error).says(reason))
      }
    }
    let after = work
    return Work(
      questions: after.questions - before.questions, keySets: after.keySets - before.keySets,
      answers: after.answers - before.answers, handled: after.handled - before.handled)
  }

  @Test("asks nobody anything where its network is denied", .covers("S-F4"))
  func network() async throws {
    let token = try await lab.token()
    #expect(
      await refused("ADDRESS_NOT_ALLOWED", token: token, from: "203.0.113.9") == Work())
  }

  @Test("asks nobody anything where its network's credentials were worth nothing", .covers("S-F4"))
  func forged() async throws {
    // Its keys are looked for, and the signature is looked at.
    let forged = try await lab.token(foreign: true)
    let before = work
    #expect(
      await harness.refusal(token: forged, address: "198.51.100.1")?.says("TOKEN_INVALID") == true)
    #expect(work != before)
    #expect(await refused("RATE_LIMITED", token: forged) == Work())
  }

  @Test("asks nobody anything where it has no credential, or needs none", .covers("S-F4"))
  func strangers() async throws {
    _ = await harness.refusal(address: "198.51.100.1")
    #expect(await refused("RATE_LIMITED") == Work())
    let open = try PipelineHarness(
      lab, access: .with { $0.public = true }, limits: RateLimits(low: Self.once),
      handler: { _ in "done" })
    _ = try await open.call(address: "198.51.100.1")
    #expect(await refused("RATE_LIMITED", by: open) == Work())
    #expect(open.handled == 1)
  }

  @Test("asks nobody anything where the process has too much to do", .covers("S-F4"))
  func overload() async throws {
    let shedder = harness.pipeline.shedder
    for _ in 0..<200 { try shedder.enter(.low) }
    for _ in 0..<50 { shedder.observe(delay: .seconds(1)) }
    #expect(await refused("OVERLOADED", token: try await lab.token()) == Work())
  }

  @Test(
    "asks only what is remembered of a caller who has called too often, reads no body, looks for no answer",
    .covers("S-F4"))
  func caller() async throws {
    let token = try await lab.token()
    // The first call is let in, and has its signature checked and its body read.
    let first = await #expect(throws: (any Error).self) {
      try await harness.reply(token: token, message: MessageBytes([0x0a]))
    }
    #expect(first.map { RPCError(hiding: $0).code } == .invalidArgument)
    let seen = await refused("RATE_LIMITED", token: token)
    // Its issuer and its app, of which the process knows for a second what they are.
    #expect(seen.questions <= 2 * Self.calls)
    // The key set's name alone: that it is the one by which the token was found good.
    #expect(seen.keySets <= Self.calls)
    #expect((seen.answers, seen.handled) == (0, 0))
  }
}
