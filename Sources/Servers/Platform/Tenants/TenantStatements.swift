import Postgres

/// What selects a `TenantRow`. SQL is written out whole, so that nothing can be put into it.
enum TenantStatements {
  static func tenant(id: String) -> Statement {
    Statement(
      """
      SELECT tenant_id, name, display_name, kind, state, create_time, cell, access_token_seconds,
        refresh_idle_seconds, refresh_absolute_seconds, certificate_seconds, requires_bound_tokens,
        revision, max_clients, max_members, max_access_token_seconds, max_refresh_idle_seconds,
        max_refresh_absolute_seconds, max_certificate_seconds, allows_codes,
        address_ranges, max_daily_calls, max_daily_expensive_calls
      FROM artel.tenant WHERE tenant_id = $1
      """, .uuid(id))
  }

  static func tenant(named name: String) -> Statement {
    Statement(
      """
      SELECT tenant_id, name, display_name, kind, state, create_time, cell, access_token_seconds,
        refresh_idle_seconds, refresh_absolute_seconds, certificate_seconds, requires_bound_tokens,
        revision, max_clients, max_members, max_access_token_seconds, max_refresh_idle_seconds,
        max_refresh_absolute_seconds, max_certificate_seconds, allows_codes,
        address_ranges, max_daily_calls, max_daily_expensive_calls
      FROM artel.tenant WHERE name = $1
      """, .text(name))
  }

  /// A page in the order of names, which no collation changes.
  static func tenants(after name: String?, limit: Int) -> Statement {
    Statement(
      """
      SELECT tenant_id, name, display_name, kind, state, create_time, cell, access_token_seconds,
        refresh_idle_seconds, refresh_absolute_seconds, certificate_seconds, requires_bound_tokens,
        revision, max_clients, max_members, max_access_token_seconds, max_refresh_idle_seconds,
        max_refresh_absolute_seconds, max_certificate_seconds, allows_codes,
        address_ranges, max_daily_calls, max_daily_expensive_calls
      FROM artel.tenant WHERE $1::text IS NULL OR name > $1
      ORDER BY name LIMIT $2
      """, .text(name), .int(limit))
  }

  /// Keeps others from changing the row until the transaction ends.
  static func lock(id: String) -> Statement {
    Statement(
      "SELECT 1 FROM artel.tenant WHERE tenant_id = $1 FOR NO KEY UPDATE", .uuid(id))
  }
}
