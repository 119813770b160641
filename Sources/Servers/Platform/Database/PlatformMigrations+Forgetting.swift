extension PlatformMigrations {
  /// What was kept of a person by the tenant's key, or by a hash that needs none.
  static let forgetting = """
    -- Whom a message goes to: it has a copy of that person's sealed login, which opens as long as the
    -- person's key is there. Null where it goes to nobody.
    ALTER TABLE artel.message ADD COLUMN person_id uuid;
    CREATE INDEX message_person ON artel.message (tenant_id, person_id);
    GRANT INSERT (person_id), SELECT (tenant_id, person_id), DELETE ON artel.message TO artel_app;

    -- A hash of the request is in front of the sealed answer: in clear, whoever knows most of a request
    -- could try the rest. Answers of before have it here.
    ALTER TABLE artel.idempotency_key ALTER COLUMN fingerprint DROP NOT NULL;

    -- What logins are counted by is person.login_index, which takes a key. Sign-ins that are under way
    -- begin anew, and what was kept without a key is gone from the files as well.
    TRUNCATE artel.sign_in, artel.code_send;
    ALTER TABLE artel.sign_in DROP COLUMN login_hash,
      ADD COLUMN login_index bytea NOT NULL CHECK (octet_length(login_index) = 16);
    GRANT INSERT (login_index) ON artel.sign_in TO artel_app;
    ALTER TABLE artel.code_send DROP CONSTRAINT code_send_pkey, DROP COLUMN login_hash,
      ADD COLUMN login_index bytea NOT NULL CHECK (octet_length(login_index) = 16),
      ADD PRIMARY KEY (tenant_id, login_index);
    GRANT INSERT (login_index), DELETE ON artel.code_send TO artel_app;
    GRANT SELECT (login_index) ON artel.code_send TO artel_app, artel_dispatcher;
    """
}
