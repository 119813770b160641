extension PlatformMigrations {
  /// Errors of apps in groups: what is the same of them, and never a report as it came. Processes add
  /// what they have counted by the dispatcher's role; a tenant reads it, and says where a group stands.
  static let clientErrors = """
    CREATE TABLE artel.client_error_group (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      fingerprint text COLLATE "C" NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{32}$'),
      app text NOT NULL CHECK (octet_length(app) <= 100),
      -- No signed-in app has reported it.
      anonymous boolean NOT NULL,
      kind integer NOT NULL,
      severity integer NOT NULL,
      title text NOT NULL CHECK (octet_length(title) <= 200),
      culprit text NOT NULL CHECK (octet_length(culprit) <= 200),
      screen text NOT NULL CHECK (octet_length(screen) <= 200),
      count bigint NOT NULL CHECK (count > 0),
      -- Of each its place in the order of versions, a tab, and how it is written; the latest first.
      versions text[] COLLATE "C" NOT NULL CHECK (cardinality(versions) <= 20),
      platforms text[] COLLATE "C" NOT NULL CHECK (cardinality(platforms) <= 10),
      trace_id text NOT NULL CHECK (octet_length(trace_id) <= 32),
      state text NOT NULL DEFAULT 'UNRESOLVED'
        CHECK (state IN ('UNRESOLVED', 'RESOLVED', 'MUTED', 'REGRESSED')),
      -- As in versions; nothing where it is not resolved.
      resolved_version text COLLATE "C" NOT NULL DEFAULT ''
        CHECK (octet_length(resolved_version) <= 300),
      first_seen_time timestamptz NOT NULL DEFAULT now(),
      last_seen_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, fingerprint)
    );
    CREATE INDEX client_error_group_by_time
      ON artel.client_error_group (tenant_id, last_seen_time DESC, fingerprint DESC);
    CREATE INDEX client_error_group_old ON artel.client_error_group (last_seen_time);
    GRANT SELECT, UPDATE (state, resolved_version) ON artel.client_error_group TO artel_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON artel.client_error_group TO artel_dispatcher;

    ALTER TABLE artel.client_error_group ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.client_error_group FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.client_error_group TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_keeps ON artel.client_error_group TO artel_dispatcher
      USING (true) WITH CHECK (true);
    SELECT artel.close_rows();
    """
}
