import GeneratedOptions
import Pipeline
public import Transcoding

/// What the contracts say of what is kept of calls.
public struct AuditContracts: Sendable {
  struct Method: Sendable {
    let request: RedactionPlan
    let response: RedactionPlan
    let keepsRequest: Bool
    let keepsResponse: Bool
  }

  private let methods: [String: Method]

  /// Reads the contracts once.
  public init(_ schema: Schema) {
    var plans: [String: RedactionPlan] = [:]
    func plan(_ message: MessageSchema) -> RedactionPlan {
      if let plan = plans[message.fullName] { return plan }
      let plan = RedactionPlan(message)
      plans[message.fullName] = plan
      return plan
    }
    var methods: [String: Method] = [:]
    for method in schema.methods {
      let bodies = method.policy?.auditBodies ?? .unspecified
      let changes = method.policy?.idempotency != .readOnly
      methods[method.path] = Method(
        request: plan(method.input), response: plan(method.output),
        keepsRequest: bodies != .none,
        keepsResponse: bodies == .all || bodies == .unspecified && changes)
    }
    self.methods = methods
  }

  subscript(path: String) -> Method? { methods[path] }
}
