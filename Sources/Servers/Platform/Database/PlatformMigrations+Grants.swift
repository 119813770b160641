extension PlatformMigrations {
  /// What people granted to apps: codes that wait to be redeemed, and families of refresh tokens.
  /// Neither a code nor a refresh token is here: codes as their SHA-256, refresh tokens as the sealed
  /// secret that they are made with.
  static let grantTables = """
    CREATE TABLE artel.authorization_request (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      -- SHA-256 of the name that the page of the sign-in has.
      request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
      -- The app's request, as the contract's message.
      request bytea NOT NULL CHECK (octet_length(request) <= 16384),
      expire_time timestamptz NOT NULL,
      use_time timestamptz,
      PRIMARY KEY (tenant_id, request_hash)
    );
    CREATE INDEX authorization_request_expiry ON artel.authorization_request (expire_time);
    ALTER TABLE artel.authorization_request ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.authorization_request FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.authorization_request TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_sees_ended ON artel.authorization_request FOR SELECT
      TO artel_dispatcher USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.authorization_request FOR DELETE
      TO artel_dispatcher USING (expire_time < now());
    GRANT SELECT, INSERT (tenant_id, request_hash, request, expire_time), UPDATE (use_time)
      ON artel.authorization_request TO artel_app;
    GRANT SELECT (tenant_id, request_hash, expire_time), DELETE
      ON artel.authorization_request TO artel_dispatcher;

    CREATE TABLE artel.authorization_code (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
      client_id text NOT NULL,
      redirect_uri text NOT NULL,
      code_challenge text NOT NULL CHECK (char_length(code_challenge) = 43),
      -- What the person granted, as JSON: see PersonalGrant.
      person_grant jsonb NOT NULL,
      expire_time timestamptz NOT NULL,
      -- The family that came of it; with one, the code has been used.
      family_id uuid,
      PRIMARY KEY (tenant_id, code_hash),
      FOREIGN KEY (tenant_id, client_id) REFERENCES artel.tenant_client (tenant_id, client_id)
    );
    CREATE INDEX authorization_code_expiry ON artel.authorization_code (expire_time);
    ALTER TABLE artel.authorization_code ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.authorization_code FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.authorization_code TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_sees_ended ON artel.authorization_code FOR SELECT
      TO artel_dispatcher USING (expire_time < now() - interval '1 day');
    CREATE POLICY dispatcher_deletes_ended ON artel.authorization_code FOR DELETE
      TO artel_dispatcher USING (expire_time < now() - interval '1 day');
    GRANT SELECT,
      INSERT (tenant_id, code_hash, client_id, redirect_uri, code_challenge, person_grant,
        expire_time),
      UPDATE (family_id) ON artel.authorization_code TO artel_app;
    GRANT SELECT (tenant_id, code_hash, expire_time), DELETE
      ON artel.authorization_code TO artel_dispatcher;

    CREATE TABLE artel.refresh_family (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      family_id uuid NOT NULL,
      client_id text NOT NULL,
      subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
      -- The sign-in that it came of; its end is the family's.
      session_id text CHECK (char_length(session_id) BETWEEN 1 AND 200),
      person_grant jsonb NOT NULL,
      -- The certificate that its tokens are bound to.
      certificate_thumbprint text,
      sealed_secret bytea NOT NULL,
      -- The one refresh token that is good has this number.
      generation bigint NOT NULL DEFAULT 1,
      -- When the one before it was replaced.
      rotate_time timestamptz,
      use_time timestamptz NOT NULL,
      expire_time timestamptz NOT NULL,
      revoke_time timestamptz,
      PRIMARY KEY (tenant_id, family_id),
      FOREIGN KEY (tenant_id, client_id) REFERENCES artel.tenant_client (tenant_id, client_id)
    );
    CREATE INDEX refresh_family_subject ON artel.refresh_family (tenant_id, subject)
      WHERE revoke_time IS NULL;
    CREATE INDEX refresh_family_session ON artel.refresh_family (tenant_id, session_id)
      WHERE revoke_time IS NULL;
    CREATE INDEX refresh_family_client ON artel.refresh_family (tenant_id, client_id)
      WHERE revoke_time IS NULL;
    CREATE INDEX refresh_family_expiry ON artel.refresh_family (expire_time);
    ALTER TABLE artel.refresh_family ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.refresh_family FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.refresh_family TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_sees_ended ON artel.refresh_family FOR SELECT TO artel_dispatcher
      USING (expire_time < now() - interval '1 day');
    CREATE POLICY dispatcher_deletes_ended ON artel.refresh_family FOR DELETE TO artel_dispatcher
      USING (expire_time < now() - interval '1 day');
    GRANT SELECT,
      INSERT (tenant_id, family_id, client_id, subject, session_id, person_grant,
        certificate_thumbprint, sealed_secret, use_time, expire_time),
      UPDATE (generation, rotate_time, use_time, revoke_time)
      ON artel.refresh_family TO artel_app;
    GRANT SELECT (tenant_id, family_id, expire_time), DELETE
      ON artel.refresh_family TO artel_dispatcher;
    """
}
