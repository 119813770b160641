import Mutation
import RPC

extension Stage {
  /// Runs a call once for each key of its caller: a repeated one gets the first one's answer.
  ///
  /// Nothing is kept of a call that fails: it may be repeated with the same key.
  func once(
    _ message: MessageBytes, _ context: ServerContext, _ body: () async throws -> UnaryReply
  ) async throws -> UnaryReply {
    guard let answers = pipeline.answers, policy.idempotencyKey != .unspecified,
      let caller = context.attachment as? Caller
    else { return try await body() }
    guard let key = try IdempotencyKey.of(context.metadata) else {
      guard policy.idempotencyKey != .required || Mutation.isOn(.needsNoKey) else {
        throw IdempotencyKey.missing
      }
      return try await body()
    }
    let call = KeyedCall(key, message, path: path, of: caller)
    guard pipeline.runningCalls.begin(call) || Mutation.isOn(.runsKeysTwice) else {
      pipeline.limitCounters.add(\.keyRefused)
      throw IdempotencyKey.running
    }
    defer { pipeline.runningCalls.end(call) }
    if let reply = try await replay(call, caller, context, answers) { return reply }
    try pipeline.counted(\.quotaExceeded) { () throws(RPCError) in
      try pipeline.quotas?.keep(caller)
    }
    do {
      return try await answers.keeping(call, body)
    } catch {
      // Another process may have been first, or the answer to our own commit was lost.
      if let reply = try? await replay(call, caller, context, answers) { return reply }
      throw error
    }
  }

  private func replay(
    _ call: KeyedCall, _ caller: Caller, _ context: ServerContext, _ answers: any AnswerStore
  ) async throws -> UnaryReply? {
    guard let kept = try await answers.answer(to: call, of: caller, deadline: context.deadline),
      !Mutation.isOn(.forgetsAnswers)
    else { return nil }
    guard kept.fingerprint == call.fingerprint || Mutation.isOn(.takesReusedKeys) else {
      pipeline.limitCounters.add(\.keyRefused)
      throw IdempotencyKey.reused
    }
    // What was kept is what the handler answered. Who repeats the call may see less of it than who made
    // it: with another credential, or since its scopes are others.
    let message = MessageBytes(kept.message)
    let shown = try masking?.shown(message, to: context) ?? message
    pipeline.limitCounters.add(\.replayed)
    return UnaryReply(
      message: shown, initialMetadata: ["idempotent-replayed": "true"])
  }
}
