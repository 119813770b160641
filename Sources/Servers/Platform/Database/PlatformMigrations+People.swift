extension PlatformMigrations {
  /// The people of a tenant, what they may do, and how they sign in.
  static let peopleTables =
    """
    CREATE TABLE artel.role (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      role_id text COLLATE "C" NOT NULL CHECK (role_id ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
      display_name text NOT NULL CHECK (char_length(display_name) <= 200),
      scopes text[] NOT NULL CHECK (cardinality(scopes) <= 100),
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, role_id)
    );
    GRANT SELECT, INSERT (tenant_id, role_id, display_name, scopes),
      UPDATE (display_name, scopes), DELETE ON artel.role TO artel_app;

    CREATE TABLE artel.person (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      person_id uuid NOT NULL,
      -- In lower case.
      login text COLLATE "C" NOT NULL CHECK (char_length(login) BETWEEN 3 AND 254),
      display_name text NOT NULL CHECK (char_length(display_name) <= 200),
      administrator boolean NOT NULL,
      disabled boolean NOT NULL DEFAULT false,
      password_hash text CHECK (char_length(password_hash) <= 500),
      -- The key of the authenticator, and the step of the last code that counted.
      sealed_authenticator bytea,
      authenticator_step bigint NOT NULL DEFAULT 0,
      sign_in_time timestamptz,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, person_id),
      UNIQUE (tenant_id, login)
    );
    GRANT SELECT, INSERT (tenant_id, person_id, login, display_name, administrator),
      UPDATE (login, display_name, administrator, disabled, password_hash, sealed_authenticator,
        authenticator_step, sign_in_time)
      ON artel.person TO artel_app;

    CREATE TABLE artel.person_role (
      tenant_id uuid NOT NULL,
      person_id uuid NOT NULL,
      role_id text COLLATE "C" NOT NULL,
      PRIMARY KEY (tenant_id, person_id, role_id),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id),
      FOREIGN KEY (tenant_id, role_id) REFERENCES artel.role (tenant_id, role_id)
    );
    CREATE INDEX person_role_role ON artel.person_role (tenant_id, role_id);
    GRANT SELECT, INSERT, DELETE ON artel.person_role TO artel_app;

    CREATE TABLE artel.invitation (
      tenant_id uuid NOT NULL,
      invitation_hash bytea NOT NULL CHECK (octet_length(invitation_hash) = 32),
      person_id uuid NOT NULL,
      expire_time timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, invitation_hash),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id)
    );
    CREATE INDEX invitation_person ON artel.invitation (tenant_id, person_id);
    GRANT SELECT, INSERT, DELETE ON artel.invitation TO artel_app;

    CREATE TABLE artel.recovery_code (
      tenant_id uuid NOT NULL,
      person_id uuid NOT NULL,
      code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
      PRIMARY KEY (tenant_id, person_id, code_hash),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id)
    );
    GRANT SELECT, INSERT, DELETE ON artel.recovery_code TO artel_app;

    -- Where a person has signed in from: strangers' failures do not keep it out from there.
    CREATE TABLE artel.person_address (
      tenant_id uuid NOT NULL,
      person_id uuid NOT NULL,
      address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 100),
      sign_in_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, person_id, address),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id)
    );
    GRANT SELECT, INSERT, UPDATE (sign_in_time), DELETE ON artel.person_address TO artel_app;

    CREATE TABLE artel.sign_in (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      sign_in_hash bytea NOT NULL CHECK (octet_length(sign_in_hash) = 32),
      -- Null for a login that nobody has.
      person_id uuid,
      -- Of the login that was given, so that failures count for it whether it is somebody's or not.
      login_hash bytea NOT NULL CHECK (octet_length(login_hash) = 32),
      authorization_request text NOT NULL CHECK (char_length(authorization_request) <= 200),
      state text NOT NULL CHECK (state IN ('NEEDS_PASSWORD', 'NEEDS_SECOND_FACTOR',
        'NEEDS_AUTHENTICATOR', 'COMPLETE')),
      -- The key of an authenticator that is about to be enrolled.
      sealed_authenticator bytea,
      attempts integer NOT NULL DEFAULT 0,
      expire_time timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, sign_in_hash),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id),
      CHECK (person_id IS NOT NULL OR state = 'NEEDS_PASSWORD')
    );
    CREATE INDEX sign_in_expiry ON artel.sign_in (tenant_id, expire_time);
    GRANT SELECT, INSERT (tenant_id, sign_in_hash, person_id, login_hash, authorization_request,
        state, expire_time),
      UPDATE (state, sealed_authenticator, attempts), DELETE ON artel.sign_in TO artel_app;

    DO $$
    DECLARE
      name text;
    BEGIN
      FOREACH name IN ARRAY ARRAY['role', 'person', 'person_role', 'invitation', 'recovery_code',
        'person_address', 'sign_in']
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
