extension PlatformMigrations {
  /// What tenants may use, what they have used, and where their callers call from.
  static let quotas = """
    ALTER TABLE artel.tenant
      ADD COLUMN address_ranges text[] NOT NULL DEFAULT '{}'
        CHECK (cardinality(address_ranges) <= 100),
      ADD COLUMN max_daily_calls bigint NOT NULL DEFAULT 100000000
        CHECK (max_daily_calls BETWEEN 1 AND 1000000000000),
      ADD COLUMN max_daily_expensive_calls bigint NOT NULL DEFAULT 1000000
        CHECK (max_daily_expensive_calls BETWEEN 1 AND 1000000000000);
    GRANT UPDATE (address_ranges, max_daily_calls, max_daily_expensive_calls)
      ON artel.tenant TO artel_app;

    CREATE TABLE artel.quota_usage (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      day date NOT NULL,
      calls bigint NOT NULL CHECK (calls >= 0),
      expensive_calls bigint NOT NULL CHECK (expensive_calls >= 0),
      PRIMARY KEY (tenant_id, day)
    );
    CREATE INDEX quota_usage_day ON artel.quota_usage (day);
    GRANT SELECT, INSERT, UPDATE (calls, expensive_calls) ON artel.quota_usage TO artel_app;

    ALTER TABLE artel.quota_usage ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.quota_usage FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.quota_usage TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_sees_old ON artel.quota_usage FOR SELECT TO artel_dispatcher
      USING (day < current_date - 400);
    CREATE POLICY dispatcher_deletes_old ON artel.quota_usage FOR DELETE TO artel_dispatcher
      USING (day < current_date - 400);
    GRANT SELECT (tenant_id, day), DELETE ON artel.quota_usage TO artel_dispatcher;
    SELECT artel.close_rows();
    """
}
