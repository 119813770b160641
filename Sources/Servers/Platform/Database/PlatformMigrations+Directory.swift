extension PlatformMigrations {
  /// What must be known before a tenant is known: names of tenants, issuers and clients. These, and
  /// only these, are unique across tenants.
  ///
  /// The application sees its tenant's rows; the directory sees every tenant's, but not secrets.
  static let directoryTables = """
    CREATE TABLE artel.tenant (
      tenant_id uuid PRIMARY KEY,
      name text NOT NULL UNIQUE CHECK (name ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
      display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 200),
      kind text NOT NULL CHECK (kind IN ('RESIDENTIAL', 'BANK', 'COOPERATIVE', 'STORE')),
      state text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'SUSPENDED')),
      create_time timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE artel.tenant ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.tenant FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.tenant TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY directory_all_tenants ON artel.tenant FOR SELECT TO artel_directory USING (true);
    GRANT SELECT, INSERT (tenant_id, name, display_name, kind), UPDATE (display_name, state)
      ON artel.tenant TO artel_app;
    GRANT SELECT ON artel.tenant TO artel_directory;

    CREATE TABLE artel.tenant_issuer (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      alias text NOT NULL
        CHECK (alias ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$' AND alias <> 'artel'),
      issuer text NOT NULL UNIQUE CHECK (char_length(issuer) BETWEEN 1 AND 2000),
      -- Where the keys are; null asks the issuer's discovery document.
      jwks_uri text CHECK (char_length(jwks_uri) BETWEEN 1 AND 2000),
      audiences text[] NOT NULL CHECK (cardinality(audiences) > 0),
      profile text NOT NULL CHECK (profile = 'KEYCLOAK'),
      -- Nothing symmetric, and never none.
      algorithms text[] NOT NULL CHECK (
        cardinality(algorithms) > 0
        AND algorithms <@ ARRAY['ES256', 'RS256', 'PS256', 'EdDSA']),
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, alias)
    );
    ALTER TABLE artel.tenant_issuer ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.tenant_issuer FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.tenant_issuer TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY directory_all_tenants ON artel.tenant_issuer FOR SELECT TO artel_directory
      USING (true);
    GRANT SELECT,
      INSERT (tenant_id, alias, issuer, jwks_uri, audiences, profile, algorithms)
      ON artel.tenant_issuer TO artel_app;
    GRANT SELECT ON artel.tenant_issuer TO artel_directory;

    CREATE TABLE artel.tenant_client (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      -- Also the last segment of its certificates' SPIFFE ID.
      client_id text NOT NULL UNIQUE CHECK (client_id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
      kind text NOT NULL CHECK (kind IN ('PARTNER', 'SERVICE')),
      scopes text[] NOT NULL,
      -- The newest first; the second lives until older_secret_expire_time.
      secret_hashes text[] NOT NULL CHECK (cardinality(secret_hashes) BETWEEN 0 AND 2),
      older_secret_expire_time timestamptz,
      disabled boolean NOT NULL DEFAULT false,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, client_id)
    );
    ALTER TABLE artel.tenant_client ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.tenant_client FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.tenant_client TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY directory_all_tenants ON artel.tenant_client FOR SELECT TO artel_directory
      USING (true);
    GRANT SELECT,
      INSERT (tenant_id, client_id, kind, scopes, secret_hashes),
      UPDATE (scopes, secret_hashes, older_secret_expire_time, disabled)
      ON artel.tenant_client TO artel_app;
    GRANT SELECT (tenant_id, client_id, kind, scopes, disabled)
      ON artel.tenant_client TO artel_directory;

    """
}
