extension PlatformMigrations {
  /// How clients authenticate, and how long their tokens live. An `APP` is what people use: it gets
  /// tokens of theirs, and none of its own.
  static let clientAuthenticationTables = """
    ALTER TABLE artel.tenant_client DROP CONSTRAINT tenant_client_kind_check;
    ALTER TABLE artel.tenant_client
      ADD CONSTRAINT tenant_client_kind_check CHECK (kind IN ('PARTNER', 'SERVICE', 'APP')),
      ADD COLUMN auth_method text NOT NULL DEFAULT 'CLIENT_SECRET' CHECK (
        auth_method IN ('CLIENT_SECRET', 'CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST',
          'PRIVATE_KEY_JWT', 'TLS_CLIENT_AUTH', 'SELF_SIGNED_TLS_CLIENT_AUTH', 'NONE')),
      -- A JSON Web Key Set of public keys.
      ADD COLUMN key_set text CHECK (octet_length(key_set) <= 65536),
      ADD COLUMN certificate_thumbprints text[] NOT NULL DEFAULT '{}'
        CHECK (cardinality(certificate_thumbprints) <= 10),
      ADD COLUMN certificate_bound boolean NOT NULL DEFAULT false,
      ADD COLUMN redirect_uris text[] NOT NULL DEFAULT '{}'
        CHECK (cardinality(redirect_uris) <= 20),
      -- Who proves nothing stands for nothing by itself.
      ADD CONSTRAINT tenant_client_public CHECK (auth_method <> 'NONE' OR kind = 'APP');
    GRANT INSERT (auth_method, key_set, certificate_thumbprints, certificate_bound, redirect_uris),
      UPDATE (auth_method, key_set, certificate_thumbprints, certificate_bound, redirect_uris)
      ON artel.tenant_client TO artel_app;
    GRANT SELECT (certificate_bound) ON artel.tenant_client TO artel_directory;

    CREATE TABLE artel.client_assertion (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      client_id text NOT NULL,
      -- SHA-256 of the jti.
      identifier_hash bytea NOT NULL CHECK (octet_length(identifier_hash) = 32),
      expire_time timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, client_id, identifier_hash),
      FOREIGN KEY (tenant_id, client_id) REFERENCES artel.tenant_client (tenant_id, client_id)
    );
    CREATE INDEX client_assertion_expiry ON artel.client_assertion (expire_time);
    ALTER TABLE artel.client_assertion ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.client_assertion FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.client_assertion TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_sees_ended ON artel.client_assertion FOR SELECT TO artel_dispatcher
      USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.client_assertion FOR DELETE
      TO artel_dispatcher USING (expire_time < now());
    GRANT SELECT, INSERT ON artel.client_assertion TO artel_app;
    GRANT SELECT (tenant_id, client_id, identifier_hash, expire_time), DELETE
      ON artel.client_assertion TO artel_dispatcher;
    """
}
