import GeneratedOptions
import RPC

/// The way of one method's calls.
struct Stage: Sendable {
  let path: String
  let policy: Artel_Options_V1_MethodPolicy
  let authorization: Authorization?
  let validator: MessageValidator?
  let masking: Masking?
  let pipeline: Pipeline

  /// Whether calls need nothing of it.
  var isEmpty: Bool {
    authorization == nil && validator == nil && !isJournaled
  }

  var isJournaled: Bool { pipeline.keepsJournal && policy.audit != .none }

  func wrap(_ method: RegisteredMethod) -> RegisteredMethod {
    switch method.handler {
    case .unary(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .unary { message, context in
          try await guarded(context) {
            try await journaled(context, request: message, reply: { $0.message }) {
              context, record in
              try validate(message)
              return try await limited(message, context) {
                record.isRefused = false
                return try await handler(message, context)
              }
            }
          }
        })
    case .clientStreaming(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .clientStreaming { source, context in
          try guardBeginning(context)
          let tally = tally()
          let source = TalliedSource.of(source, tally)
          return try await journaled(context, tally: tally, reply: { $0.message }) {
            context, record in
            try await limitedStream(context) {
              begin(&record, context)
              return try await untilExpiry(context) {
                try await handler(ValidatedSource(source, stage: self), context)
              }
            }
          }
        })
    case .bidirectionalStreaming(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .bidirectionalStreaming { source, sink, context in
          try guardBeginning(context)
          let tally = tally()
          let source = TalliedSource.of(source, tally)
          let sink = TalliedSink.of(sink, tally)
          return try await journaled(context, tally: tally) { context, record in
            try await limitedStream(context) {
              begin(&record, context)
              return try await untilExpiry(context) {
                try await handler(ValidatedSource(source, stage: self), sink, context)
              }
            }
          }
        })
    case .serverStreaming(let handler):
      return RegisteredMethod(
        descriptor: method.descriptor,
        handler: .serverStreaming { message, sink, context in
          try guardBeginning(context)
          let tally = tally()
          let sink = TalliedSink.of(sink, tally)
          return try await journaled(context, request: message, tally: tally) {
            context, record in
            try validate(message)
            return try await limitedStream(context) {
              begin(&record, context)
              return try await untilExpiry(context) {
                try await handler(message, sink, context)
              }
            }
          }
        })
    }
  }

  func validate(_ message: MessageBytes) throws(RPCError) {
    guard let validator else { return }
    switch message.withUnsafeBytes({ validator.validate($0) }) {
    case .valid: return
    case .violations(let violations):
      throw RPCError(
        code: .invalidArgument, reason: "FIELD_INVALID",
        message: violations.map { "\($0.field) \($0.description)" }.joined(separator: "; "),
        violations: violations)
    case .malformed:
      throw RPCError(
        code: .invalidArgument, reason: "MESSAGE_MALFORMED", message: "the message is malformed")
    }
  }
}
