extension ResidentialMigrations {
  /// How the platform proves itself at each partner, and what lets a partner be changed and left
  /// alone. Of a whole that does not hold, such as a key without its certificate, there is no row.
  static let partnerAuthentication = """
    ALTER TABLE artel.partner
      ALTER COLUMN client_secret DROP NOT NULL,
      ADD COLUMN authentication text NOT NULL DEFAULT 'CLIENT_SECRET_BASIC',
      -- Sealed for this tenant, table, column and row.
      ADD COLUMN sealed_assertion_key bytea,
      ADD COLUMN assertion_key_id text CHECK (assertion_key_id <> ''),
      ADD COLUMN tls_certificate text CHECK (tls_certificate <> ''),
      ADD COLUMN sealed_tls_key bytea,
      ADD COLUMN disabled boolean NOT NULL DEFAULT false,
      -- Counts the changes of the row.
      ADD COLUMN revision bigint NOT NULL DEFAULT 1,
      ADD CONSTRAINT partner_authentication CHECK (CASE authentication
        WHEN 'CLIENT_SECRET_BASIC' THEN client_secret IS NOT NULL
        WHEN 'CLIENT_SECRET_POST' THEN client_secret IS NOT NULL
        WHEN 'PRIVATE_KEY_JWT' THEN num_nulls(sealed_assertion_key, assertion_key_id) = 0
        WHEN 'TLS_CLIENT_AUTH' THEN tls_certificate IS NOT NULL
        ELSE false END),
      ADD CONSTRAINT partner_tls CHECK ((tls_certificate IS NULL) = (sealed_tls_key IS NULL));
    GRANT INSERT (authentication, sealed_assertion_key, assertion_key_id, tls_certificate,
        sealed_tls_key),
      UPDATE (display_name, base_uri, token_uri, client_id, client_secret, reporting_client_id,
        format, authentication, sealed_assertion_key, assertion_key_id, tls_certificate,
        sealed_tls_key, disabled, revision),
      DELETE
      ON artel.partner TO artel_app;
    """
}
