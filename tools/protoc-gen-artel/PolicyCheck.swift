import GeneratedOptions
import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Looks for what is missing in a method's policy, and for what contradicts itself or the method.
struct PolicyCheck {
  let method: MethodDescriptor
  let policy: Artel_Options_V1_MethodPolicy

  /// What is wrong, one sentence for each.
  var problems: [String] { access + treatment + rest + deprecation }

  private var access: [String] {
    let access = policy.access
    guard access != Artel_Options_V1_Access() else {
      return ["the policy does not say who may call: set access"]
    }
    var problems: [String] = []
    if access.public {
      var alone = Artel_Options_V1_Access()
      alone.public = true
      if access != alone {
        problems.append("a public method takes no credential: nothing else of access can hold")
      }
    }
    if access.principals.contains(where: { !$0.isNamed }) {
      problems.append("access.principals names an unspecified or unknown kind")
    }
    if access.tenantKinds.contains(where: { !$0.isNamed }) {
      problems.append("access.tenant_kinds names an unspecified or unknown kind")
    }
    if (access.scopes + access.roles).contains("") {
      problems.append("access has an empty scope or role")
    }
    if access.stepUpSeconds < 0 {
      problems.append("access.step_up_seconds is negative")
    }
    let people: [Artel_Options_V1_PrincipalKind] = [.user, .administrator]
    if access.stepUpSeconds > 0, !access.principals.isEmpty,
      !access.principals.contains(where: people.contains)
    {
      problems.append("access.step_up_seconds asks a second factor, but no person may call")
    }
    return problems + rows
  }

  /// Nobody may forget to say how much of the tenant people reach.
  private var rows: [String] {
    let access = policy.access
    guard !access.public else { return [] }
    if access.rows != .unspecified, !access.rows.isNamed {
      return ["access.rows is unknown"]
    }
    // Without kinds, everybody may call.
    let admitsPeople = access.principals.isEmpty || access.principals.contains(.user)
    if admitsPeople, access.rows == .unspecified {
      return ["access.rows does not say which rows a person reaches"]
    }
    if !admitsPeople, access.rows != .unspecified {
      return ["access.rows says which rows a person reaches, but no person may call"]
    }
    return []
  }

  private var treatment: [String] {
    var problems: [String] = []
    if !policy.idempotency.isNamed { problems.append("the policy's idempotency is unspecified") }
    if !policy.audit.isNamed { problems.append("the policy's audit is unspecified") }
    if !policy.cost.isNamed { problems.append("the policy's cost is unspecified") }
    if policy.idempotency == .keyed, !method.hasRequestID {
      problems.append(
        "IDEMPOTENCY_KEYED needs a string field request_id in \(method.inputType.fullName)")
    }
    if policy.idempotencyKey != .unspecified {
      if !policy.idempotencyKey.isNamed { problems.append("idempotency_key is unknown") }
      if policy.idempotency != .none {
        problems.append("idempotency_key is for IDEMPOTENCY_NONE: other calls need none")
      }
      if policy.access.public {
        problems.append("idempotency_key contradicts access.public: nobody knows whose key it is")
      }
      if method.clientStreaming || method.serverStreaming {
        problems.append("idempotency_key is for unary methods")
      }
    }
    if policy.idempotency == .readOnly {
      if policy.audit == .change {
        problems.append("AUDIT_LEVEL_CHANGE contradicts IDEMPOTENCY_READ_ONLY: nothing changes")
      }
      if !policy.emits.isEmpty {
        problems.append("emits contradicts IDEMPOTENCY_READ_ONLY: nothing changes")
      }
    } else if policy.audit != .change, policy.auditExemption.isEmpty {
      problems.append("only IDEMPOTENCY_READ_ONLY may have less than AUDIT_LEVEL_CHANGE")
    }
    return problems + exemption
  }

  /// An exemption is for what needs one, and says why.
  private var exemption: [String] {
    guard !policy.auditExemption.isEmpty else { return [] }
    var problems: [String] = []
    if policy.idempotency == .readOnly || policy.audit == .change {
      problems.append("audit_exemption exempts from nothing: the audit keeps what it has to")
    }
    if !policy.emits.isEmpty {
      problems.append("audit_exemption contradicts emits: an event is a change")
    }
    if policy.auditExemption.count < 20 {
      problems.append("audit_exemption does not say why, in a sentence")
    }
    return problems
  }

  private var deprecation: [String] {
    DeprecationCheck(isDeprecated: method.options.deprecated, policy: policy).problems
  }

  private var rest: [String] { RestCheck(method: method, policy: policy).problems }
}

extension MethodDescriptor {
  /// Whether the input has the field that keys repeated calls.
  fileprivate var hasRequestID: Bool {
    inputType.fields.contains { $0.name == "request_id" && $0.type == .string && !$0.isRepeated }
  }
}

extension SwiftProtobuf.Enum where Self: CaseIterable {
  /// Whether the value is one that the contract names, other than its zero.
  fileprivate var isNamed: Bool { rawValue != 0 && Self.allCases.contains(self) }
}
