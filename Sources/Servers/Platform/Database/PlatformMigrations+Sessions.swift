extension PlatformMigrations {
  /// Sign-ins, what remembers them, and what ends with them.
  static let sessionTables = """
    CREATE TABLE artel.session (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      session_id uuid NOT NULL,
      person_id uuid NOT NULL,
      -- SHA-256 of the cookie of the browser that remembers it.
      token_hash bytea CHECK (octet_length(token_hash) = 32),
      -- What the browser says of itself, in a few words.
      device text NOT NULL CHECK (char_length(device) <= 100),
      address text NOT NULL CHECK (char_length(address) <= 100),
      -- How the person signed in (RFC 8176).
      methods text[] NOT NULL CHECK (cardinality(methods) <= 10),
      -- The person's at the sign-in: see the migration of grant epochs.
      epoch bigint NOT NULL,
      sign_in_time timestamptz NOT NULL,
      use_time timestamptz NOT NULL,
      expire_time timestamptz NOT NULL,
      end_time timestamptz,
      PRIMARY KEY (tenant_id, session_id),
      UNIQUE (tenant_id, token_hash),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id),
      CHECK (end_time IS NULL OR token_hash IS NULL)
    );
    CREATE INDEX session_person ON artel.session (tenant_id, person_id, session_id)
      WHERE end_time IS NULL;
    CREATE INDEX session_expiry ON artel.session (expire_time);
    ALTER TABLE artel.session ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.session FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.session TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_sees_ended ON artel.session FOR SELECT TO artel_dispatcher
      USING (expire_time < now() - interval '1 day');
    CREATE POLICY dispatcher_deletes_ended ON artel.session FOR DELETE TO artel_dispatcher
      USING (expire_time < now() - interval '1 day');
    GRANT SELECT,
      INSERT (tenant_id, session_id, person_id, device, address, methods, epoch, sign_in_time, use_time,
        expire_time),
      UPDATE (token_hash, use_time, end_time) ON artel.session TO artel_app;
    GRANT SELECT (tenant_id, session_id, expire_time), DELETE ON artel.session
      TO artel_dispatcher;

    -- What a complete sign-in came to: a browser may remember it once.
    ALTER TABLE artel.sign_in ADD COLUMN session_id uuid;
    GRANT UPDATE (session_id) ON artel.sign_in TO artel_app;
    """
}
