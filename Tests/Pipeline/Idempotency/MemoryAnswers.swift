import Pipeline
import RPC
import Synchronization

/// Keeps answers in memory.
final class MemoryAnswers: AnswerStore {
  private let answers = Mutex<[[UInt8]: KeptAnswer]>([:])

  func answer(
    to call: KeyedCall, of caller: Caller, deadline: ContinuousClock.Instant?
  ) async throws -> KeptAnswer? { answers.withLock { $0[call.key] } }

  func keeping(
    _ call: KeyedCall, _ body: () async throws -> UnaryReply
  ) async throws -> UnaryReply {
    let reply = try await body()
    keep(call, reply.message.withUnsafeBytes { Array($0) })
    return reply
  }

  /// Keeps an answer as another process would.
  func keep(_ call: KeyedCall, _ message: [UInt8]) {
    let answer = KeptAnswer(fingerprint: call.fingerprint, message: message)
    answers.withLock { $0[call.key] = answer }
  }

  var count: Int { answers.withLock(\.count) }
}
