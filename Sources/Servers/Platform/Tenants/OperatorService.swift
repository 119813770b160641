import GeneratedOptions
import GeneratedTenancy
import Mutation
import Pipeline
import RPC
import Storage

/// What the platform's operator does with tenants. Each change runs in the scope of the tenant that
/// it is about, in the operator's name, so that the tenant's own audit has it.
struct OperatorService: Artel_Tenancy_V1_OperatorService.SimpleServiceProtocol {
  let directory: PlatformDirectory
  let database: TenantDatabase
  let baseDomain: BaseDomain
  /// Where new tenants' rows go.
  let cell: String
  /// What creates tenants in the name of an operator.
  let administration: @Sendable (_ operatorName: String) -> TenantAdministration

  func createTenant(
    request: Artel_Tenancy_V1_CreateTenantRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    let wanted = request.tenant
    guard wanted.name.isEmpty || wanted.name == "tenants/\(request.tenantID)" else {
      throw Refusal.invalid("tenant.name", "is not the name that tenant_id makes")
    }
    let displayName = try DisplayName.checked(wanted.displayName, "tenant.display_name")
    // The name is said above; what is left is the policy, and nothing of it needs to be there.
    let policy = try TenantUpdate(wanted, mask: wanted.hasPolicy ? ["policy"] : [])
    let login = wanted.firstAdministrator.login
    if wanted.hasFirstAdministrator, Login.normalized(login) == nil {
      throw Refusal.invalid(
        "tenant.first_administrator.login",
        "must be an e-mail address or a telephone number such as +79161234567")
    }
    let name = try context.caller.principal.subject
    do {
      return try await administration(name).answerTenant(
        TenantDraft(
          name: request.tenantID, displayName: displayName, kind: request.kind, cell: cell,
          policy: policy, administrator: wanted.hasFirstAdministrator ? login : nil,
          reason: request.reason, event: "tenancy.tenant.created"))
    } catch let error as AdministrationError {
      throw error.refusal(naming: "tenants/\(request.tenantID)")
    }
  }

  func lookUpTenant(
    request: Artel_Tenancy_V1_LookUpTenantRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    // Whose rows are looked at learns of it, and why (security.md D15).
    try await change(try await tenant(request.name), context) { change in
      let row = try await TenantChanges.row(change, baseDomain)
      if !Mutation.isOn(.readsTenantsUnseen) {
        try await change.record(
          resource: "tenants/\(row.tenant.name)",
          change: "looked up by the operator: \(request.reason)")
      }
      return row
    }
  }

  func listTenants(
    request: Artel_Tenancy_V1_ListTenantsRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_ListTenantsResponse {
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: try context.caller,
      method: "ListTenants")
    let rows = try await directory.tenants(after: page.after.first, limit: page.limit + 1)
    return .with {
      $0.tenants = rows.prefix(page.limit).map(\.listing)
      if rows.count > page.limit, let last = $0.tenants.last {
        $0.nextPageToken = page.nextToken([String(last.name.dropFirst("tenants/".count))])
      }
    }
  }

  func suspendTenant(
    request: Artel_Tenancy_V1_SuspendTenantRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    let tenant = try await tenant(request.name)
    // Who suspends its own tenant could not undo it.
    guard tenant.id != (try context.caller.tenant.id) else {
      throw RPCError(
        code: .failedPrecondition, reason: "OPERATOR_TENANT",
        message: "the operating tenant cannot suspend itself")
    }
    return try await change(tenant, context) { change in
      try await TenantChanges.setState(
        "SUSPENDED", reason: request.reason, event: "tenancy.tenant.suspended", change, baseDomain)
    }
  }

  func resumeTenant(
    request: Artel_Tenancy_V1_ResumeTenantRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    try await change(try await tenant(request.name), context) { change in
      try await TenantChanges.setState(
        "ACTIVE", reason: request.reason, event: "tenancy.tenant.resumed", change, baseDomain)
    }
  }

  func setTenantLimits(
    request: Artel_Tenancy_V1_SetTenantLimitsRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    try TenantLimitsCheck.check(request.limits)
    return try await change(try await tenant(request.name), context) { change in
      try await TenantChanges.setLimits(
        request.limits, reason: request.reason, change, baseDomain)
    }
  }

  private func tenant(_ name: String) async throws -> Tenant {
    guard let tenant = try await directory.tenant(named: String(name.dropFirst("tenants/".count)))
    else { throw Refusal.notFound }
    return tenant
  }

  private func actor(_ tenant: Tenant, _ context: ServerContext) throws -> Storage.Actor {
    Storage.Actor(tenantID: tenant.id, operator: try context.caller.principal.subject)
  }

  private func change(
    _ tenant: Tenant, _ context: ServerContext,
    _ body: (TenantChange) async throws -> TenantRow
  ) async throws -> Artel_Tenancy_V1_Tenant {
    try await database.change(
      as: try actor(tenant, context), action: context.action, deadline: context.deadline, body
    ).message
  }
}

extension AdministrationError {
  /// The refusal of a call.
  func refusal(naming name: String) -> RPCError {
    switch code {
    case .exists: Refusal.exists(name)
    case .notFound: Refusal.notFound
    case .invalid:
      RPCError(code: .invalidArgument, reason: "FIELD_INVALID", message: description)
    case .refused:
      RPCError(code: .failedPrecondition, reason: "STATE_REFUSED", message: description)
    }
  }
}
