extension PlatformMigrations {
  /// When a signing key signs, and until when it is published.
  static let keyRotation = """
    ALTER TABLE artel.tenant_signing_key DROP CONSTRAINT tenant_signing_key_state_check;
    ALTER TABLE artel.tenant_signing_key
      -- DROPPED verifies nothing any more.
      ADD CONSTRAINT tenant_signing_key_state_check
        CHECK (state IN ('ACTIVE', 'RETIRED', 'DROPPED')),
      -- The newest whose time has come signs; before it, the key is only published.
      ADD COLUMN activate_time timestamptz NOT NULL DEFAULT now(),
      -- When the last token that it signed has ended; null for the newest.
      ADD COLUMN expire_time timestamptz;
    GRANT INSERT (activate_time), UPDATE (state, activate_time, expire_time)
      ON artel.tenant_signing_key TO artel_app;
    GRANT SELECT (activate_time, expire_time) ON artel.tenant_signing_key TO artel_directory;
    """
}
