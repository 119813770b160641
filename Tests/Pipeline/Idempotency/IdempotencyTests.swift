import GeneratedOptions
import GeneratedPeer
import RPC
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite("A call with a key")
struct IdempotencyTests {
  private func harness(
    _ answers: MemoryAnswers = MemoryAnswers(), _ use: Artel_Options_V1_KeyUse = .optional,
    handler: @escaping @Sendable (ServerContext) async throws -> String = { _ in "once" }
  ) throws -> PipelineHarness {
    try PipelineHarness(
      IdentityLab(), access: .signedIn, answers: answers, policy: { $0.idempotencyKey = use },
      handler: handler)
  }

  private func key(_ text: String) -> Metadata { ["idempotency-key": .string(text)] }

  private func request(_ name: String) -> MessageBytes {
    MessageBytes([0x0a, UInt8(name.utf8.count)] + Array(name.utf8))
  }

  @Test("is answered as the first one was, and says so", .covers("S-G2", "S-G7"))
  func replay() async throws {
    let number = Atomic<Int>(0)
    let harness = try harness { _ in "\(number.add(1, ordering: .relaxed).newValue)" }
    let token = try await harness.lab.token()
    for (index, text) in ["key", "key", "\"key\""].enumerated() {
      let reply = try await harness.reply(token: token, metadata: key(text))
      #expect(try reply.message.decode(Peer_V1_Resident.self).name == "1")
      #expect(reply.initialMetadata.first("idempotent-replayed") == (index == 0 ? nil : "true"))
    }
    #expect(harness.handled == 1)
    _ = try await harness.call(token: token, metadata: key("other"))
    _ = try await harness.call(token: token)
    #expect(harness.handled == 3)
  }

  @Test("is refused where another request had the key", .covers("S-G3"))
  func reused() async throws {
    let harness = try harness()
    let token = try await harness.lab.token()
    _ = try await harness.reply(token: token, metadata: key("k"), message: request("a"))
    let error = await #expect(throws: RPCError.self) {
      try await harness.reply(token: token, metadata: key("k"), message: request("b"))
    }
    #expect(error?.code == .failedPrecondition)
    #expect(error?.says("IDEMPOTENCY_KEY_REUSED") == true)
    #expect(harness.handled == 1)
  }

  @Test("is refused while the first one runs, of twenty all but one", .covers("S-G4", "S-G5"))
  func running() async throws {
    let gate = AsyncStream<Void>.makeStream()
    let begun = AsyncStream<Void>.makeStream()
    let harness = try harness { _ in
      begun.continuation.yield()
      for await _ in gate.stream { break }
      return "once"
    }
    let token = try await harness.lab.token()
    async let first = harness.call(token: token, metadata: key("k"))
    for await _ in begun.stream { break }
    for _ in 0..<19 {
      let error = await harness.refusal(token: token, metadata: key("k"))
      #expect(error?.code == .aborted)
      #expect(error?.says("IDEMPOTENCY_KEY_RUNNING") == true)
      #expect(error?.says("google.rpc.RetryInfo") == true)
    }
    gate.continuation.yield()
    let name = try await first
    #expect(name == "once")
    let again = try await harness.call(token: token, metadata: key("k"))
    #expect(again == "once")
    #expect(harness.handled == 1)
  }

  @Test("is its caller's own", .covers("S-G6", "S-D16"))
  func scoped() async throws {
    let harness = try harness()
    _ = try await harness.call(token: try await harness.lab.token(), metadata: key("k"))
    var other = IdentityLab.claims
    other["sub"] = "boris"
    _ = try await harness.call(token: try await harness.lab.token(other), metadata: key("k"))
    #expect(harness.handled == 2)
  }

  @Test("may be repeated after a failure, of which nothing is kept", .covers("S-G7"))
  func failure() async throws {
    let answers = MemoryAnswers()
    let number = Atomic<Int>(0)
    let harness = try harness(answers) { _ in
      guard number.add(1, ordering: .relaxed).newValue > 2 else {
        throw RPCError(code: .invalidArgument, message: "not yet")
      }
      return "done"
    }
    let token = try await harness.lab.token()
    for _ in 0..<2 {
      #expect(await harness.refusal(token: token, metadata: key("k"))?.code == .invalidArgument)
      #expect(answers.count == 0)
    }
    let name = try await harness.call(token: token, metadata: key("k"))
    #expect(name == "done")
    #expect(answers.count == 1)
  }

  @Test("gets the answer of another process that was first", .covers("S-G5", "S-G7"))
  func otherProcess() async throws {
    let answers = MemoryAnswers()
    let lab = try IdentityLab()
    let token = try await lab.token()
    let message = try Peer_V1_Resident.with { $0.name = "theirs" }.serializedBytes() as [UInt8]
    let harness = try PipelineHarness(
      lab, access: .signedIn, answers: answers, policy: { $0.idempotencyKey = .optional },
      handler: { context in
        // What it commits meanwhile, and what keeps ours from committing.
        let call = KeyedCall(
          "k", MessageBytes([]), path: "/peer.v1.Directory/GetResident",
          of: try context.caller)
        answers.keep(call, message)
        throw RPCError(code: .alreadyExists, message: "it exists")
      })
    let name = try await harness.call(token: token, metadata: key("k"))
    #expect(name == "theirs")
  }

  @Test("has to have one where the contract says so", .covers("S-G1"))
  func required() async throws {
    let harness = try harness(MemoryAnswers(), .required)
    let token = try await harness.lab.token()
    let error = await harness.refusal(token: token)
    #expect(error?.code == .invalidArgument)
    #expect(error?.says("IDEMPOTENCY_KEY_REQUIRED") == true)
    _ = try await harness.call(token: token, metadata: key("k"))
    #expect(harness.handled == 1)
  }

  @Test(
    "is refused with a key that is none, or with two",
    arguments: [
      "", "\"", "\"a", "a b", "\"a\"b", "\"\\a\"", "ключ", String(repeating: "k", count: 256),
    ])
  func malformed(text: String) async throws {
    let harness = try harness()
    let token = try await harness.lab.token()
    let error = await harness.refusal(token: token, metadata: key(text))
    #expect(error?.says("IDEMPOTENCY_KEY_INVALID") == true)
    var two = key("a")
    two.add("a", for: "idempotency-key")
    #expect(
      await harness.refusal(token: token, metadata: two)?.says("IDEMPOTENCY_KEY_INVALID") == true)
    #expect(harness.handled == 0)
  }

  @Test("says nothing where the contract takes no keys")
  func unspecified() async throws {
    let harness = try harness(MemoryAnswers(), .unspecified)
    let token = try await harness.lab.token()
    for _ in 0..<2 { _ = try await harness.call(token: token, metadata: key("k")) }
    #expect(harness.handled == 2)
  }
}
