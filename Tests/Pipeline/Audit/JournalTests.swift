import GeneratedOptions
import LibCrypto
import Pipeline
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("The journal of calls")
struct JournalTests {
  private let lab: IdentityLab

  init() throws { lab = try IdentityLab() }

  @Test("has who called, from where, what came and what went", .covers("S-H6"))
  func calls() async throws {
    let harness = try PipelineHarness(lab, access: .signedIn)
    _ = try await harness.call(
      token: try await lab.token(), metadata: ["traceparent": "00-abc", "x-request-id": "mine"],
      address: "ipv4:192.0.2.1:5")
    let record = try #require(harness.records.first)
    #expect(record.code == .ok && record.error == nil)
    #expect(record.caller?.tenant.name == "alpha")
    #expect(record.address == "ipv4:192.0.2.1:5" && record.callersTrace == "00-abc")
    #expect(record.startTime > 1_600_000_000_000_000)
    #expect(record.request?.count == 0 && (record.response?.count ?? 0) > 0)
    #expect(record.facts == nil && record.id == nil, "a read has no identifier")
    #expect(!record.isRefused && !record.isBeginning && record.tenantID == record.caller?.tenant.id)
  }

  @Test("has refused calls, with whose they are where it is known", .covers("S-H6", "S-A20"))
  func refusals() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user]
      $0.scopes = ["more"]
    }
    let harness = try PipelineHarness(lab, access: access)
    _ = await harness.refusal(token: try await lab.token())
    _ = await harness.refusal(token: "garbage")
    _ = await harness.refusal(token: try await lab.token(), metadata: ["x-tenant-id": "other"])
    #expect(harness.records.map(\.reason) == ["SCOPE_MISSING", "TOKEN_INVALID", "TENANT_MISMATCH"])
    #expect(harness.records.map { $0.caller?.tenant.name } == ["alpha", nil, "alpha"])
    #expect(harness.records.allSatisfy { $0.response == nil && $0.request == nil && $0.isRefused })
    #expect(harness.handled == 0)
  }

  @Test("gives a call that may change something an identifier, which its changes see")
  func facts() async throws {
    let seen = Mutex<CallFacts?>(nil)
    let harness = try PipelineHarness(
      lab, access: .signedIn, audit: .change,
      handler: { _ in
        seen.withLock { $0 = CallFacts.current }
        CallFacts.current?.change(of: "tenant")
        return ""
      })
    _ = try await harness.call(token: try await lab.token())
    let record = try #require(harness.records.first)
    let facts = try #require(seen.withLock { $0 })
    #expect(record.facts?.id == facts.id && record.id == facts.id && facts.id.utf8.count == 36)
    #expect(facts.caller?.tenant.name == "alpha")
    #expect(record.facts?.tenantID == "tenant")
    #expect(CallFacts.current == nil)
  }

  @Test("has a call that failed in its handler with what came", .covers("S-H6", "A09"))
  func failures() async throws {
    let harness = try PipelineHarness(
      lab, access: .signedIn, audit: .change,
      handler: { _ in throw RPCError(code: .notFound, reason: "NONE", message: "no") })
    _ = await harness.refusal(token: try await lab.token())
    let record = try #require(harness.records.first)
    #expect(record.reason == "NONE" && !record.isRefused && record.request != nil)
  }

  @Test("has no messages of calls that their caller's rate refused", .covers("S-F4", "S-D21"))
  func limited() async throws {
    let slow = RateLimits.Rate(perSecond: 0.001, burst: 1)
    let limits = RateLimits(low: slow, medium: slow, high: slow)
    let harness = try PipelineHarness(lab, access: .signedIn, limits: limits)
    let token = try await lab.token()
    for _ in 0..<5 { _ = await harness.refusal(token: token) }
    let refused = harness.records.filter { $0.reason == "RATE_LIMITED" }
    #expect(!refused.isEmpty && refused.allSatisfy { $0.isRefused && $0.request == nil })
    #expect(refused.allSatisfy { $0.caller?.tenant.name == "alpha" })
  }

  @Test("belongs to the tenant that a call without a credential names", .covers("S-H6", "S-C2"))
  func strangers() async throws {
    let access = Artel_Options_V1_Access.with { $0.public = true }
    let harness = try PipelineHarness(
      lab, access: access, audit: .change,
      handler: { _ in
        CallFacts.current?.concern("named")
        CallFacts.current?.concern("other")
        throw RPCError(code: .unauthenticated, reason: "WRONG", message: "no")
      })
    _ = await harness.refusal()
    let record = try #require(harness.records.first)
    #expect(record.caller == nil && record.tenantID == "named" && record.request != nil)
  }

  @Test("is of every call that may change something, or the pipeline is not laid", .covers("S-H8"))
  func levels() throws {
    for level in [Artel_Options_V1_AuditLevel.metadata, .none, .unspecified] {
      #expect(throws: PipelineError.self) {
        try PipelineHarness(
          lab, access: .signedIn, audit: level, policy: { $0.idempotency = .idempotent })
      }
      _ = try PipelineHarness(lab, access: .signedIn, audit: level)
    }
  }

  @Test("refuses changes while it cannot keep them, and nothing else", .covers("S-H8"))
  func full() async throws {
    let reads = try PipelineHarness(lab, access: .signedIn)
    let changes = try PipelineHarness(lab, access: .signedIn, audit: .change)
    reads.fillJournal(true)
    changes.fillJournal(true)
    #expect(await reads.refusal(token: try await lab.token()) == nil)
    let error = await changes.refusal(token: try await lab.token())
    #expect(error?.code == .unavailable && error?.says("AUDIT_UNAVAILABLE") == true)
    #expect(changes.handled == 0)
    // Who may not come in learns nothing of it.
    #expect(await changes.refusal(token: "garbage")?.code == .unauthenticated)
    changes.fillJournal(false)
    #expect(await changes.refusal(token: try await lab.token()) == nil)
  }

  @Test("counts the messages of streams, and has a hash of them", .covers("S-H6"))
  func streams() async throws {
    let harness = try PipelineHarness(lab, access: .signedIn)
    let task = Task { [token = try await lab.token()] in
      await harness.watch(token: token) { withUnsafeCurrentTask { $0?.cancel() } }
    }
    _ = await task.value
    let beginning = try #require(harness.records.first)
    #expect(beginning.isBeginning && beginning.passed == nil && beginning.code == .ok)
    #expect(beginning.caller?.tenant.name == "alpha" && beginning.request?.count == 0)
    #expect(harness.records.count == 2)
    let record = try #require(harness.records.last)
    #expect(!record.isBeginning && record.id == beginning.id && record.id?.utf8.count == 36)
    #expect(record.passed?.responses.count == 1 && record.request?.count == 0)
    #expect(record.passed?.requests.count == 0)
    let zero = [UInt8](repeating: 0, count: 32)
    #expect(record.passed?.responses.digest == SHA256.hash(zero + SHA256.hash([])))
  }

  @Test("says of a stream why it ended, where its door knows, and cancels it", .covers("S-H6"))
  func reasons() async throws {
    /// The call, for its handler to cancel.
    final class Call: Sendable {
      let task = Mutex<Task<RPCError?, Never>?>(nil)
    }
    let token = try await lab.token()
    for _ in 0..<50 {
      let harness = try PipelineHarness(lab, access: .signedIn)
      let call = Call()
      let task = Task {
        while call.task.withLock({ $0 == nil }) { await Task.yield() }
        return await harness.watch(token: token) {
          call.task.withLock { $0?.cancel() }
          throw RPCError(code: .invalidArgument, reason: "FRAME_BROKEN", message: "no frame")
        }
      }
      call.task.withLock { $0 = task }
      let error = await task.value
      #expect(error?.code == .invalidArgument)
      #expect(harness.records.last?.reason == "FRAME_BROKEN")
    }
  }
}
