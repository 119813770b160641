import GeneratedAccess
import Pipeline
import RPC
import Storage

/// Tells administrators, and the platform's operator, why somebody may call a method or may not.
struct AccessService: Artel_Access_V1_AccessService.SimpleServiceProtocol {
  let directory: PlatformDirectory
  let database: TenantDatabase
  let explainer: AccessExplainer
  let subjects: AccessSubjects
  /// Where the resources of the domains are asked for.
  let resources: [any ResourceRows]

  func explainAccess(
    request: Artel_Access_V1_ExplainAccessRequest, context: ServerContext
  ) async throws -> Artel_Access_V1_Explanation {
    let caller = try context.caller
    return try await explain(request, of: caller.tenant, as: .init(caller), context)
  }

  func explainTenantAccess(
    request: Artel_Access_V1_ExplainTenantAccessRequest, context: ServerContext
  ) async throws -> Artel_Access_V1_Explanation {
    guard
      let tenant = try await directory.tenant(
        named: String(request.name.dropFirst("tenants/".count)))
    else { throw Refusal.notFound }
    let actor = Storage.Actor(
      tenantID: tenant.id, operator: try context.caller.principal.subject)
    try await database.change(as: actor, action: context.action, deadline: context.deadline) {
      try await $0.record(
        resource: "tenants/\(tenant.name)", change: "access explained: \(request.reason)")
    }
    return try await explain(request.question, of: tenant, as: actor, context)
  }

  private func explain(
    _ request: Artel_Access_V1_ExplainAccessRequest, of tenant: Tenant, as actor: Storage.Actor,
    _ context: ServerContext
  ) async throws -> Artel_Access_V1_Explanation {
    guard request.principal.isEmpty != request.token.isEmpty else {
      throw Refusal.invalid("principal", "is needed, or a token, and not both")
    }
    let subject: AccessExplainer.Subject
    if !request.token.isEmpty {
      subject = .token(request.token)
    } else if let found = try await subjects.subject(
      request.principal, of: tenant, as: actor, context.deadline)
    {
      subject = found
    } else {
      return Self.disabled
    }
    guard
      let explanation = try await explainer.explain(
        "/\(request.method)", by: subject,
        from: request.address.isEmpty ? nil : request.address)
    else { throw Refusal.invalid("method", "is not a method of this platform") }
    // A token of another tenant is as unknown as another tenant's client.
    if let caller = explanation.caller, caller.tenant.id != tenant.id { throw Refusal.notFound }
    var findings = explanation.findings
    if let caller = explanation.caller {
      findings.append(
        try await rows(
          of: caller, explanation.rows, request.resource, as: actor, context.deadline))
    }
    return Self.answer(findings, explanation.caller)
  }

  private static func answer(
    _ findings: [AccessFinding], _ caller: Caller?
  ) -> Artel_Access_V1_Explanation {
    let reason = findings.first { $0.verdict == .refused }?.reason ?? ""
    return .with {
      $0.allowed = reason.isEmpty
      $0.reason = reason
      $0.subject = caller?.principal.subject ?? ""
      $0.checks = findings.map(\.message)
    }
  }

  /// Who is disabled gets no credential to call with.
  private static var disabled: Artel_Access_V1_Explanation {
    answer(
      [
        AccessFinding(
          "IDENTITY", demanded: ["a live credential"], held: [], reason: "MEMBER_DISABLED",
          remedy: "enable the member, and let it sign in")
      ], nil)
  }
}

extension AccessFinding {
  fileprivate var message: Artel_Access_V1_AccessCheck {
    .with {
      $0.name = name
      $0.verdict =
        switch verdict {
        case .passed: .passed
        case .refused: .refused
        case .notAsked: .notAsked
        }
      $0.demanded = demanded
      $0.held = held
      $0.reason = reason
      $0.remedy = remedy
    }
  }
}
