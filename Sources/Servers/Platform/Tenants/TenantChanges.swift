import GeneratedTenancy
import Postgres
import Storage

/// Changes of a tenant's own row.
enum TenantChanges {
  /// The row, which nobody else changes until the transaction ends.
  static func locked(_ change: TenantChange, _ baseDomain: BaseDomain) async throws -> TenantRow {
    _ = try await change.query(TenantStatements.lock(id: change.tenantID))
    return try await row(change, baseDomain)
  }

  /// The row as it is now.
  static func row(
    _ change: TenantChange, _ baseDomain: BaseDomain
  ) async throws -> TenantRow {
    let rows = try await change.query(TenantStatements.tenant(id: change.tenantID))
    guard let row = rows.first else { throw Refusal.notFound }
    return try TenantRow(row, baseDomain)
  }

  /// Changes what the update names; nothing where it names nothing new.
  static func apply(
    _ update: TenantUpdate, to row: TenantRow, _ change: TenantChange, _ baseDomain: BaseDomain
  ) async throws -> TenantRow {
    try update.check(row.limits)
    guard !update.summary.isEmpty else { return row }
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant SET revision = revision + 1,
          display_name = coalesce($2, display_name),
          access_token_seconds = coalesce($3, access_token_seconds),
          refresh_idle_seconds = coalesce($4, refresh_idle_seconds),
          refresh_absolute_seconds = coalesce($5, refresh_absolute_seconds),
          certificate_seconds = coalesce($6, certificate_seconds),
          requires_bound_tokens = coalesce($7, requires_bound_tokens),
          allows_codes = coalesce($8, allows_codes),
          address_ranges = coalesce($9, address_ranges)
        WHERE tenant_id = $1
        """,
        .uuid(change.tenantID), .text(update.displayName), .int4(update.accessTokenSeconds),
        .int4(update.refreshIdleSeconds), .int4(update.refreshAbsoluteSeconds),
        .int4(update.certificateSeconds), .bool(update.requiresBoundTokens),
        .bool(update.allowsCodes), .textArray(update.addressRanges)))
    try await change.record(
      resource: "tenants/\(row.tenant.name)", change: "updated \(update.summary)",
      event: "tenancy.tenant.updated")
    return try await self.row(change, baseDomain)
  }

  /// Sets the state; nothing where it is that already.
  static func setState(
    _ state: String, reason: String, event: String, _ change: TenantChange,
    _ baseDomain: BaseDomain
  ) async throws -> TenantRow {
    let row = try await locked(change, baseDomain)
    guard row.state != "ERASED" else { throw Refusal.erased }
    guard row.state != state else { return row }
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant SET state = $2, revision = revision + 1,
          suspend_time = CASE WHEN $2 = 'SUSPENDED' THEN now() END
        WHERE tenant_id = $1
        """, .uuid(change.tenantID), .text(state)))
    try await change.record(
      resource: "tenants/\(row.tenant.name)", change: "\(row.state) -> \(state): \(reason)",
      event: event)
    return try await self.row(change, baseDomain)
  }

  /// The limits that are set, as the audit has them.
  private static func summary(of limits: Artel_Tenancy_V1_TenantLimits) -> String {
    [
      ("clients", Int64(limits.clients)), ("members", Int64(limits.members)),
      ("access_token_seconds", Int64(limits.accessTokenSeconds)),
      ("refresh_idle_seconds", Int64(limits.refreshIdleSeconds)),
      ("refresh_absolute_seconds", Int64(limits.refreshAbsoluteSeconds)),
      ("certificate_seconds", Int64(limits.certificateSeconds)),
      ("daily_calls", limits.dailyCalls),
      ("daily_expensive_calls", limits.dailyExpensiveCalls),
    ].filter { $0.1 != 0 }.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
  }

  /// Sets what the tenant may have; a policy beyond it is cut down to it.
  static func setLimits(
    _ limits: Artel_Tenancy_V1_TenantLimits, reason: String, _ change: TenantChange,
    _ baseDomain: BaseDomain
  ) async throws -> TenantRow {
    let row = try await locked(change, baseDomain)
    guard row.state != "ERASED" else { throw Refusal.erased }
    func set(_ value: Int32) -> Parameter { .int4(value == 0 ? nil : value) }
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant SET revision = revision + 1,
          max_clients = coalesce($2, max_clients), max_members = coalesce($3, max_members),
          max_access_token_seconds = coalesce($4, max_access_token_seconds),
          max_refresh_idle_seconds = coalesce($5, max_refresh_idle_seconds),
          max_refresh_absolute_seconds = coalesce($6, max_refresh_absolute_seconds),
          max_certificate_seconds = coalesce($7, max_certificate_seconds),
          access_token_seconds = least(access_token_seconds, $4),
          refresh_idle_seconds = least(refresh_idle_seconds, $5),
          refresh_absolute_seconds = least(refresh_absolute_seconds, $6),
          certificate_seconds = least(certificate_seconds, $7),
          max_daily_calls = coalesce($8, max_daily_calls),
          max_daily_expensive_calls = coalesce($9, max_daily_expensive_calls)
        WHERE tenant_id = $1
        """,
        .uuid(change.tenantID), set(limits.clients), set(limits.members),
        set(limits.accessTokenSeconds), set(limits.refreshIdleSeconds),
        set(limits.refreshAbsoluteSeconds), set(limits.certificateSeconds),
        .int8(limits.dailyCalls == 0 ? nil : limits.dailyCalls),
        .int8(limits.dailyExpensiveCalls == 0 ? nil : limits.dailyExpensiveCalls)))
    try await change.record(
      resource: "tenants/\(row.tenant.name)",
      change: "limits set: \(summary(of: limits)): \(reason)", event: "tenancy.tenant.updated")
    return try await self.row(change, baseDomain)
  }
}
