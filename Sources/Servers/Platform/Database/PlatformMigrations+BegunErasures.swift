extension PlatformMigrations {
  /// An erasure that was begun is ended by whichever process finds it.
  static let begunErasures = """
    ALTER TABLE artel.erasure
      -- What the key store calls the subject, which says nobody's name: by it the keys are destroyed.
      -- Null once they are, and of what was begun before this: that has to be asked for again.
      ADD COLUMN key_name bytea CHECK (octet_length(key_name) = 32),
      -- Until then somebody is at it.
      ADD COLUMN next_time timestamptz NOT NULL DEFAULT now();
    ALTER TABLE artel.erasure ALTER COLUMN next_time SET DEFAULT now() + interval '15 seconds';
    CREATE INDEX erasure_begun ON artel.erasure (next_time) WHERE erase_time IS NULL;
    GRANT INSERT (key_name), UPDATE (key_name) ON artel.erasure TO artel_app;

    CREATE POLICY dispatcher_sees_begun ON artel.erasure FOR SELECT TO artel_dispatcher
      USING (erase_time IS NULL);
    CREATE POLICY dispatcher_takes_begun ON artel.erasure FOR UPDATE TO artel_dispatcher
      USING (erase_time IS NULL) WITH CHECK (erase_time IS NULL);
    GRANT SELECT (tenant_id, erasure_id, key_name, next_time, erase_time), UPDATE (next_time)
      ON artel.erasure TO artel_dispatcher;
    """
}
