extension PlatformMigrations {
  /// The answers of calls that their callers may repeat.
  static let idempotency = """
    CREATE TABLE artel.idempotency_key (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      -- SHA-256 of the caller and its key.
      key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
      -- Whose call it was.
      subject text NOT NULL CHECK (char_length(subject) <= 1000),
      -- SHA-256 of the method and the request.
      fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
      sealed_answer bytea NOT NULL CHECK (octet_length(sealed_answer) <= 1048576),
      create_time timestamptz NOT NULL DEFAULT now(),
      expire_time timestamptz NOT NULL DEFAULT now() + interval '24 hours',
      PRIMARY KEY (tenant_id, key_hash)
    );
    CREATE INDEX idempotency_key_expiry ON artel.idempotency_key (expire_time);
    GRANT SELECT, INSERT (tenant_id, key_hash, subject, fingerprint, sealed_answer)
      ON artel.idempotency_key TO artel_app;

    ALTER TABLE artel.idempotency_key ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.idempotency_key FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.idempotency_key TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    -- An answer is the caller's own, of whoever reaches all of the tenant too.
    CREATE POLICY own_rows ON artel.idempotency_key AS RESTRICTIVE TO artel_app
      USING (subject = (SELECT current_setting('artel.actor', true)))
      WITH CHECK (subject = (SELECT current_setting('artel.actor', true)));
    CREATE POLICY dispatcher_sees_ended ON artel.idempotency_key FOR SELECT TO artel_dispatcher
      USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.idempotency_key FOR DELETE TO artel_dispatcher
      USING (expire_time < now());
    GRANT SELECT (tenant_id, key_hash, expire_time), DELETE ON artel.idempotency_key
      TO artel_dispatcher;
    SELECT artel.close_rows();
    """
}
