extension PlatformMigrations {
  /// The tenants' own keys. Private halves are sealed, and only the tenant's scope reads them; the
  /// directory reads what verifies.
  static let keyTables = """
    CREATE TABLE artel.tenant_authority (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      authority_id uuid NOT NULL,
      certificate_pem text NOT NULL,
      sealed_key bytea NOT NULL,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, authority_id)
    );
    ALTER TABLE artel.tenant_authority ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.tenant_authority FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.tenant_authority TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY directory_all_tenants ON artel.tenant_authority FOR SELECT TO artel_directory
      USING (true);
    GRANT SELECT, INSERT (tenant_id, authority_id, certificate_pem, sealed_key)
      ON artel.tenant_authority TO artel_app;
    GRANT SELECT (tenant_id, authority_id, certificate_pem, create_time)
      ON artel.tenant_authority TO artel_directory;

    CREATE TABLE artel.tenant_signing_key (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      kid text NOT NULL CHECK (char_length(kid) BETWEEN 1 AND 100),
      sealed_private_key bytea NOT NULL,
      -- The public point: base64url of 32 bytes each.
      x text NOT NULL CHECK (char_length(x) = 43),
      y text NOT NULL CHECK (char_length(y) = 43),
      -- ACTIVE signs; RETIRED still verifies.
      state text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'RETIRED')),
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, kid)
    );
    ALTER TABLE artel.tenant_signing_key ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.tenant_signing_key FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.tenant_signing_key TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY directory_all_tenants ON artel.tenant_signing_key FOR SELECT TO artel_directory
      USING (true);
    GRANT SELECT, INSERT (tenant_id, kid, sealed_private_key, x, y)
      ON artel.tenant_signing_key TO artel_app;
    GRANT SELECT (tenant_id, kid, x, y, state, create_time)
      ON artel.tenant_signing_key TO artel_directory;

    """
}
