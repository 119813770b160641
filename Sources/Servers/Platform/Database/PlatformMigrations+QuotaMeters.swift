extension PlatformMigrations {
  /// Quotas are counted for all tenants at once, each batch once; and so are calls with a key.
  static let quotaMeters = """
    CREATE TABLE artel.quota_meter (
      -- A process.
      meter_id uuid PRIMARY KEY,
      -- The last of its batches that is counted.
      sequence bigint NOT NULL,
      update_time timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX quota_meter_time ON artel.quota_meter (update_time);
    ALTER TABLE artel.quota_meter ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.quota_meter FORCE ROW LEVEL SECURITY;
    CREATE POLICY dispatcher_counts ON artel.quota_meter TO artel_dispatcher
      USING (true) WITH CHECK (true);
    GRANT SELECT, INSERT, UPDATE, DELETE ON artel.quota_meter TO artel_dispatcher;

    ALTER TABLE artel.quota_usage
      ADD COLUMN keyed_calls bigint NOT NULL DEFAULT 0 CHECK (keyed_calls >= 0);
    CREATE POLICY dispatcher_sees ON artel.quota_usage FOR SELECT TO artel_dispatcher
      USING (true);
    CREATE POLICY dispatcher_begins ON artel.quota_usage FOR INSERT TO artel_dispatcher
      WITH CHECK (true);
    CREATE POLICY dispatcher_adds ON artel.quota_usage FOR UPDATE TO artel_dispatcher
      USING (true) WITH CHECK (true);
    GRANT SELECT, INSERT, UPDATE (calls, expensive_calls, keyed_calls) ON artel.quota_usage
      TO artel_dispatcher;
    -- Of a tenant that it is there.
    CREATE POLICY dispatcher_sees ON artel.tenant FOR SELECT TO artel_dispatcher USING (true);
    GRANT SELECT (tenant_id) ON artel.tenant TO artel_dispatcher;
    -- A tenant reads what it has used, and changes nothing of it.
    REVOKE INSERT, UPDATE ON artel.quota_usage FROM artel_app;
    SELECT artel.close_rows();
    """
}
