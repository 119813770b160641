extension PlatformMigrations {
  /// What people allow apps that are not the tenant's own.
  static let consentTables = """
    ALTER TABLE artel.tenant_client ADD COLUMN requires_consent boolean NOT NULL DEFAULT false;
    GRANT INSERT (requires_consent) ON artel.tenant_client TO artel_app;

    -- Who has signed in for a request that waits for consent, as JSON: see SignedInPerson.
    ALTER TABLE artel.authorization_request ADD COLUMN person jsonb;
    GRANT INSERT (person) ON artel.authorization_request TO artel_app;

    CREATE TABLE artel.consent (
      tenant_id uuid NOT NULL,
      person_id uuid NOT NULL,
      client_id text NOT NULL,
      scopes text[] NOT NULL CHECK (cardinality(scopes) <= 100),
      grant_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, person_id, client_id),
      FOREIGN KEY (tenant_id, person_id) REFERENCES artel.person (tenant_id, person_id),
      FOREIGN KEY (tenant_id, client_id) REFERENCES artel.tenant_client (tenant_id, client_id)
    );
    ALTER TABLE artel.consent ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.consent FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.consent TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    GRANT SELECT, INSERT (tenant_id, person_id, client_id, scopes), UPDATE (scopes, grant_time),
      DELETE ON artel.consent TO artel_app;
    """
}
