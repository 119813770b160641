extension PlatformMigrations {
  /// What a tenant may have, how its credentials live and where its rows are; what people call its
  /// clients and where they may call from.
  static let tenancy = """
    ALTER TABLE artel.tenant
      ADD COLUMN cell text NOT NULL DEFAULT 'main' CHECK (cell ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
      ADD COLUMN revision bigint NOT NULL DEFAULT 1,
      ADD COLUMN access_token_seconds integer NOT NULL DEFAULT 600
        CHECK (access_token_seconds BETWEEN 60 AND 3600),
      ADD COLUMN refresh_idle_seconds integer NOT NULL DEFAULT 3600
        CHECK (refresh_idle_seconds BETWEEN 60 AND 86400),
      ADD COLUMN refresh_absolute_seconds integer NOT NULL DEFAULT 2592000
        CHECK (refresh_absolute_seconds BETWEEN 60 AND 7776000),
      ADD COLUMN certificate_seconds integer NOT NULL DEFAULT 86400
        CHECK (certificate_seconds BETWEEN 60 AND 7776000),
      ADD COLUMN requires_bound_tokens boolean NOT NULL DEFAULT false,
      ADD COLUMN max_clients integer NOT NULL DEFAULT 1000 CHECK (max_clients BETWEEN 1 AND 100000),
      ADD COLUMN max_members integer NOT NULL DEFAULT 100000
        CHECK (max_members BETWEEN 1 AND 10000000),
      ADD COLUMN max_access_token_seconds integer NOT NULL DEFAULT 3600
        CHECK (max_access_token_seconds BETWEEN 60 AND 3600),
      ADD COLUMN max_refresh_idle_seconds integer NOT NULL DEFAULT 86400
        CHECK (max_refresh_idle_seconds BETWEEN 60 AND 86400),
      ADD COLUMN max_refresh_absolute_seconds integer NOT NULL DEFAULT 7776000
        CHECK (max_refresh_absolute_seconds BETWEEN 60 AND 7776000),
      ADD COLUMN max_certificate_seconds integer NOT NULL DEFAULT 7776000
        CHECK (max_certificate_seconds BETWEEN 60 AND 7776000),
      ADD CONSTRAINT tenant_policy_within_limits CHECK (
        access_token_seconds <= max_access_token_seconds
        AND refresh_idle_seconds <= max_refresh_idle_seconds
        AND refresh_absolute_seconds <= max_refresh_absolute_seconds
        AND certificate_seconds <= max_certificate_seconds),
      DROP CONSTRAINT tenant_state_check,
      -- ERASED keeps the name from ever being given again: old tokens and certificates carry it.
      ADD CONSTRAINT tenant_state_check CHECK (state IN ('ACTIVE', 'SUSPENDED', 'ERASED'));
    -- The owner sees no tenant's rows but in this statement.
    ALTER TABLE artel.tenant NO FORCE ROW LEVEL SECURITY;
    UPDATE artel.tenant SET refresh_absolute_seconds = 3600 WHERE kind = 'BANK';
    ALTER TABLE artel.tenant FORCE ROW LEVEL SECURITY;
    GRANT INSERT (cell, access_token_seconds, refresh_idle_seconds, refresh_absolute_seconds,
        certificate_seconds, requires_bound_tokens),
      UPDATE (revision, access_token_seconds, refresh_idle_seconds, refresh_absolute_seconds,
        certificate_seconds, requires_bound_tokens, max_clients, max_members,
        max_access_token_seconds, max_refresh_idle_seconds, max_refresh_absolute_seconds,
        max_certificate_seconds)
      ON artel.tenant TO artel_app;

    ALTER TABLE artel.tenant_client
      ADD COLUMN display_name text NOT NULL DEFAULT '' CHECK (char_length(display_name) <= 200),
      ADD COLUMN address_ranges text[] NOT NULL DEFAULT '{}'
        CHECK (cardinality(address_ranges) <= 100);
    GRANT INSERT (display_name, address_ranges), UPDATE (display_name, address_ranges)
      ON artel.tenant_client TO artel_app;
    GRANT SELECT (address_ranges) ON artel.tenant_client TO artel_directory;
    """
}
