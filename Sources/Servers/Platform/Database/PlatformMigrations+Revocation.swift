extension PlatformMigrations {
  /// What was revoked. Rows are added and never changed: who can write here can revoke, and nobody
  /// can take a revocation back. Each stays until what it is about has ended by itself.
  static let revocationTables = """
    CREATE TABLE artel.revocation (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      revocation_id uuid NOT NULL,
      -- TOKEN: a jti; FAMILY: a sid; CERTIFICATE: an x5t#S256; KEY: a kid; TENANT: all of the
      -- tenant's, with an empty id. Of these, CLIENT, SUBJECT and TENANT spare what was issued later.
      kind text NOT NULL CHECK (
        kind IN ('TOKEN', 'FAMILY', 'CLIENT', 'SUBJECT', 'CERTIFICATE', 'KEY', 'TENANT')),
      id text NOT NULL CHECK (char_length(id) BETWEEN 0 AND 400),
      not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
      expire_time timestamptz NOT NULL,
      xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
      PRIMARY KEY (tenant_id, revocation_id),
      CHECK ((kind = 'TENANT') = (id = ''))
    );
    -- The order in which processes read: see RevocationReader.
    CREATE INDEX revocation_transaction ON artel.revocation (xid);
    CREATE INDEX revocation_expiry ON artel.revocation (expire_time);
    ALTER TABLE artel.revocation ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.revocation FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.revocation TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY directory_all_tenants ON artel.revocation FOR SELECT TO artel_directory
      USING (true);
    -- Not before its time, whoever asks.
    CREATE POLICY dispatcher_sees_ended ON artel.revocation FOR SELECT TO artel_dispatcher
      USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.revocation FOR DELETE TO artel_dispatcher
      USING (expire_time < now());
    GRANT SELECT, INSERT (tenant_id, revocation_id, kind, id, expire_time)
      ON artel.revocation TO artel_app;
    GRANT SELECT (tenant_id, kind, id, not_before, expire_time, xid)
      ON artel.revocation TO artel_directory;
    GRANT SELECT (tenant_id, revocation_id, expire_time), DELETE
      ON artel.revocation TO artel_dispatcher;
    """
}
