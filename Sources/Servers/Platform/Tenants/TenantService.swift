import GeneratedTenancy
import Pipeline
import RPC
import Storage

/// Tells callers about their own tenant, and lets its administrators change it.
struct TenantService: Artel_Tenancy_V1_TenantService.SimpleServiceProtocol {
  let database: TenantDatabase
  let baseDomain: BaseDomain

  func getTenant(
    request: Artel_Tenancy_V1_GetTenantRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    let caller = try context.caller
    let rows = try await database.query(
      TenantStatements.tenant(id: caller.tenant.id), as: caller, deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    return try TenantRow(row, baseDomain).message
  }

  func updateTenant(
    request: Artel_Tenancy_V1_UpdateTenantRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    let caller = try context.caller
    let wanted = request.tenant
    guard wanted.name.isEmpty || wanted.name == "tenants/\(caller.tenant.name)" else {
      throw Refusal.invalid("tenant.name", "is not the caller's tenant")
    }
    let update = try TenantUpdate(
      wanted, mask: request.hasUpdateMask ? request.updateMask.paths : nil)
    // Who shuts itself out could not take it back.
    if let ranges = update.addressRanges.flatMap({ AddressRanges($0) }),
      !ranges.contains(context.peer.address)
    {
      throw Refusal.invalid("tenant.policy.address_ranges", "leave out the caller's own address")
    }
    return try await database.change(
      as: .init(caller), action: context.action, deadline: context.deadline
    ) { change in
      let row = try await TenantChanges.locked(change, baseDomain)
      if !wanted.etag.isEmpty && wanted.etag != row.etag { throw Refusal.changed }
      return try await TenantChanges.apply(update, to: row, change, baseDomain).message
    }
  }
}
