extension PlatformMigrations {
  /// Which of a person's grants hold: those that carry the person's epoch. And which clients have ended
  /// for good.
  static let grantEpochs = """
    ALTER TABLE artel.person ADD COLUMN grant_epoch bigint NOT NULL DEFAULT 0;
    GRANT UPDATE (grant_epoch) ON artel.person TO artel_app;
    -- The person's when the sign-in began: whatever ended since, ends the sign-in too.
    ALTER TABLE artel.sign_in ADD COLUMN grant_epoch bigint NOT NULL DEFAULT 0;
    GRANT INSERT (grant_epoch) ON artel.sign_in TO artel_app;
    CREATE INDEX sign_in_person ON artel.sign_in (tenant_id, person_id);

    ALTER TABLE artel.tenant_client ADD COLUMN revoke_time timestamptz;
    GRANT UPDATE (revoke_time) ON artel.tenant_client TO artel_app;
    """
}
