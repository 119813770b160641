import Mutation
import RPC
import Transcoding

/// Leaves out of a method's answers what the caller's credential does not have the scope for, on both
/// doors and in streams (S-H5). Methods whose answers have no such field are not touched.
struct Masking: Sendable {
  let plan: MaskPlan

  /// Nil for a method that shows all that it answers to whoever may call it.
  init?(_ method: MethodSchema) {
    guard let plan = MaskPlan(method.output) else { return nil }
    self.plan = plan
  }

  func wrap(_ method: RegisteredMethod) -> RegisteredMethod {
    let handler: RegisteredMethod.Handler
    switch method.handler {
    case .unary(let inner):
      handler = .unary { message, context in
        var reply = try await inner(message, context)
        reply.message = try shown(reply.message, to: context)
        return reply
      }
    case .clientStreaming(let inner):
      handler = .clientStreaming { source, context in
        var reply = try await inner(source, context)
        reply.message = try shown(reply.message, to: context)
        return reply
      }
    case .serverStreaming(let inner):
      handler = .serverStreaming { message, sink, context in
        try await inner(message, MaskedSink(sink: sink, masking: self, context: context), context)
      }
    case .bidirectionalStreaming(let inner):
      handler = .bidirectionalStreaming { source, sink, context in
        try await inner(source, MaskedSink(sink: sink, masking: self, context: context), context)
      }
    }
    return RegisteredMethod(descriptor: method.descriptor, handler: handler)
  }

  /// A message as its caller sees it.
  func shown(_ message: MessageBytes, to context: ServerContext) throws(RPCError) -> MessageBytes {
    let held = (context.attachment as? Caller)?.principal.scopes ?? []
    let missing = plan.scopes.filter { !held.contains($0) }
    guard !missing.isEmpty, !Mutation.isOn(.masksNothing) else { return message }
    let walk = MaskWalk(plan: plan, missing: missing)
    do {
      return MessageBytes(try message.withUnsafeBytes { try walk.masked($0) })
    } catch {
      throw RPCError(code: .internalError, message: "the answer is malformed")
    }
  }
}

/// Where a stream's messages go, each as its caller sees it.
private struct MaskedSink: MessageSink {
  let sink: any MessageSink
  let masking: Masking
  let context: ServerContext

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    try await sink.sendInitialMetadata(metadata)
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await sink.write(try masking.shown(message, to: context), compressed: compressed)
  }
}
