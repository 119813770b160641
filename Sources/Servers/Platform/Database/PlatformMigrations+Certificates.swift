extension PlatformMigrations {
  /// Certificates that were issued and revoked, and authorities that tenants bring.
  static let certificateTables = """
    -- An authority that the tenant brings has no key here.
    ALTER TABLE artel.tenant_authority
      ALTER COLUMN sealed_key DROP NOT NULL,
      -- Authorities below it.
      ADD COLUMN intermediates_pem text NOT NULL DEFAULT '',
      -- The lists of an authority that was brought; they count from the first one on.
      ADD COLUMN revocation_lists_pem text NOT NULL DEFAULT '',
      -- From when nothing that it signed counts any more.
      ADD COLUMN remove_time timestamptz,
      -- The list of an authority whose key is here, in DER, with its number and the time at which a
      -- newer one is due; null where none was made since the last revocation.
      ADD COLUMN published_list bytea,
      ADD COLUMN published_list_number bigint NOT NULL DEFAULT 0,
      ADD COLUMN published_list_time timestamptz;
    GRANT INSERT (intermediates_pem, revocation_lists_pem),
      UPDATE (revocation_lists_pem, remove_time, published_list, published_list_number,
        published_list_time)
      ON artel.tenant_authority TO artel_app;
    GRANT SELECT (intermediates_pem, revocation_lists_pem, remove_time, published_list,
        published_list_time)
      ON artel.tenant_authority TO artel_directory;

    CREATE TABLE artel.tenant_certificate (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      -- x5t#S256 of RFC 8705 section 3.1.
      thumbprint text NOT NULL CHECK (thumbprint ~ '^[A-Za-z0-9_-]{43}$'),
      authority_id uuid NOT NULL,
      client_id text NOT NULL,
      serial_number bytea NOT NULL CHECK (octet_length(serial_number) BETWEEN 1 AND 20),
      certificate_pem text NOT NULL,
      not_before timestamptz NOT NULL,
      not_after timestamptz NOT NULL,
      revoke_time timestamptz,
      revoke_reason text CHECK (revoke_reason IN ('UNSPECIFIED', 'KEY_COMPROMISE',
        'AFFILIATION_CHANGED', 'SUPERSEDED', 'CESSATION_OF_OPERATION', 'PRIVILEGE_WITHDRAWN')),
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, thumbprint),
      UNIQUE (tenant_id, authority_id, serial_number),
      FOREIGN KEY (tenant_id, authority_id) REFERENCES artel.tenant_authority,
      FOREIGN KEY (tenant_id, client_id) REFERENCES artel.tenant_client,
      CHECK ((revoke_time IS NULL) = (revoke_reason IS NULL))
    );
    CREATE INDEX tenant_certificate_newest
      ON artel.tenant_certificate (tenant_id, create_time, thumbprint);
    CREATE INDEX tenant_certificate_client
      ON artel.tenant_certificate (tenant_id, client_id, create_time, thumbprint);
    CREATE INDEX tenant_certificate_revoked ON artel.tenant_certificate (tenant_id, not_after)
      WHERE revoke_time IS NOT NULL;
    ALTER TABLE artel.tenant_certificate ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.tenant_certificate FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.tenant_certificate TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY directory_all_tenants ON artel.tenant_certificate FOR SELECT TO artel_directory
      USING (true);
    GRANT SELECT,
      INSERT (tenant_id, thumbprint, authority_id, client_id, serial_number, certificate_pem,
        not_before, not_after),
      UPDATE (revoke_time, revoke_reason)
      ON artel.tenant_certificate TO artel_app;
    GRANT SELECT (tenant_id, thumbprint, client_id, not_after, revoke_time)
      ON artel.tenant_certificate TO artel_directory;

    CREATE TABLE artel.tenant_enrollment_code (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      -- SHA-256: the code has 256 random bits.
      code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
      client_id text NOT NULL,
      expire_time timestamptz NOT NULL,
      -- A code counts once.
      use_time timestamptz,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, code_hash),
      FOREIGN KEY (tenant_id, client_id) REFERENCES artel.tenant_client
    );
    ALTER TABLE artel.tenant_enrollment_code ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.tenant_enrollment_code FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.tenant_enrollment_code TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    GRANT SELECT, INSERT (tenant_id, code_hash, client_id, expire_time), UPDATE (use_time)
      ON artel.tenant_enrollment_code TO artel_app;

    """
}
