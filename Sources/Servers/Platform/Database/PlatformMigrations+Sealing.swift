extension PlatformMigrations {
  /// From here on, what people are called and where they were is sealed. Rows that have it in clear are
  /// sealed by `PlainRows`, between this migration and the next.
  static let sealedColumns = """
    ALTER TABLE artel.person
      ADD COLUMN sealed_login bytea,
      -- A keyed hash, by which a login is found.
      ADD COLUMN login_index bytea CHECK (octet_length(login_index) = 16),
      ADD COLUMN sealed_display_name bytea,
      ALTER COLUMN login DROP NOT NULL,
      ALTER COLUMN display_name DROP NOT NULL,
      ADD CONSTRAINT person_login_index UNIQUE (tenant_id, login_index);
    GRANT INSERT (sealed_login, login_index, sealed_display_name),
      UPDATE (sealed_login, login_index, sealed_display_name) ON artel.person TO artel_app;

    ALTER TABLE artel.passkey
      ADD COLUMN sealed_display_name bytea,
      ALTER COLUMN display_name DROP NOT NULL;
    GRANT INSERT (sealed_display_name), UPDATE (sealed_display_name) ON artel.passkey TO artel_app;

    -- What sessions had in clear is forgotten; who is signed in stays so.
    ALTER TABLE artel.session
      ADD COLUMN sealed_device bytea,
      ADD COLUMN sealed_address bytea,
      DROP COLUMN device,
      DROP COLUMN address;
    GRANT INSERT (sealed_device, sealed_address), UPDATE (sealed_device, sealed_address)
      ON artel.session TO artel_app;

    -- Addresses are recognised, and never read: they are learnt anew.
    TRUNCATE artel.person_address;
    ALTER TABLE artel.person_address
      DROP COLUMN address,
      ADD COLUMN address_index bytea NOT NULL CHECK (octet_length(address_index) = 16),
      ADD PRIMARY KEY (tenant_id, person_id, address_index);
    GRANT INSERT (address_index), SELECT (address_index) ON artel.person_address TO artel_app;
    GRANT SELECT (address_index) ON artel.person_address TO artel_dispatcher;
    SELECT artel.close_rows();
    """

  /// Nothing is left in clear, and nothing can be written so again.
  static let plainColumnsGone = """
    ALTER TABLE artel.person
      ALTER COLUMN sealed_login SET NOT NULL,
      ALTER COLUMN login_index SET NOT NULL,
      ALTER COLUMN sealed_display_name SET NOT NULL,
      DROP COLUMN login,
      DROP COLUMN display_name;
    ALTER TABLE artel.passkey
      ALTER COLUMN sealed_display_name SET NOT NULL,
      DROP COLUMN display_name;
    """
}
