extension PlatformMigrations {
  /// The passkeys of people, what they are asked with, and how somebody has signed in, for what may
  /// still come of it.
  static let passkeyTables =
    """
    CREATE TABLE artel.passkey (
      tenant_id uuid NOT NULL,
      passkey_id uuid NOT NULL,
      person_id uuid NOT NULL,
      credential_id bytea NOT NULL CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
      -- Of COSE.
      algorithm integer NOT NULL,
      public_key bytea NOT NULL CHECK (octet_length(public_key) BETWEEN 1 AND 600),
      sign_count bigint NOT NULL CHECK (sign_count BETWEEN 0 AND 4294967295),
      backup_eligible boolean NOT NULL,
      backed_up boolean NOT NULL,
      display_name text NOT NULL CHECK (char_length(display_name) <= 100),
      create_time timestamptz NOT NULL DEFAULT now(),
      use_time timestamptz,
      PRIMARY KEY (tenant_id, passkey_id),
      UNIQUE (tenant_id, credential_id),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id)
    );
    CREATE INDEX passkey_person ON artel.passkey (tenant_id, person_id, passkey_id);
    GRANT SELECT, INSERT (tenant_id, passkey_id, person_id, credential_id, algorithm, public_key,
        sign_count, backup_eligible, backed_up, display_name),
      UPDATE (sign_count, backed_up, display_name, use_time), DELETE ON artel.passkey TO artel_app;

    CREATE TABLE artel.passkey_challenge (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      challenge_hash bytea NOT NULL CHECK (octet_length(challenge_hash) = 32),
      purpose text NOT NULL CHECK (purpose IN ('CREATION', 'PROOF')),
      -- Whose passkey it is for. Null where no login was given, or one that nobody has.
      person_id uuid,
      authorization_request text NOT NULL CHECK (char_length(authorization_request) <= 200),
      expire_time timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, challenge_hash),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id),
      CHECK (person_id IS NOT NULL OR purpose = 'PROOF')
    );
    CREATE INDEX passkey_challenge_expiry ON artel.passkey_challenge (tenant_id, expire_time);
    CREATE INDEX passkey_challenge_person ON artel.passkey_challenge (tenant_id, person_id);
    -- Nothing is updated: rows are locked while they are swept.
    GRANT SELECT, INSERT, UPDATE (expire_time), DELETE ON artel.passkey_challenge TO artel_app;

    ALTER TABLE artel.sign_in ADD COLUMN methods text[] CHECK (cardinality(methods) <= 10),
      ADD COLUMN complete_time timestamptz;
    GRANT UPDATE (methods, complete_time, expire_time) ON artel.sign_in TO artel_app;

    DO $$
    DECLARE
      name text;
    BEGIN
      FOREACH name IN ARRAY ARRAY['passkey', 'passkey_challenge']
      LOOP
        EXECUTE format('ALTER TABLE artel.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE artel.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
          'CREATE POLICY app_own_tenant ON artel.%I TO artel_app '
          'USING (tenant_id = (SELECT nullif(current_setting(%2$L, true), %3$L)::uuid)) '
          'WITH CHECK (tenant_id = (SELECT nullif(current_setting(%2$L, true), %3$L)::uuid))',
          name, 'artel.tenant_id', '');
      END LOOP;
    END
    $$;
    """
}
