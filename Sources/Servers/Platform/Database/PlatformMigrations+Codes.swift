extension PlatformMigrations {
  /// Codes that people sign in with, and the messages that bring them.
  static let codes = """
    ALTER TABLE artel.tenant ADD COLUMN allows_codes boolean NOT NULL DEFAULT false;
    GRANT INSERT (allows_codes), UPDATE (allows_codes) ON artel.tenant TO artel_app;

    ALTER TABLE artel.sign_in
      -- What a code can be sent by.
      ADD COLUMN login_kind text NOT NULL DEFAULT 'EMAIL' CHECK (login_kind IN ('EMAIL', 'SMS')),
      -- HMAC of the code that was sent last.
      ADD COLUMN code_hash bytea CHECK (octet_length(code_hash) = 32),
      ADD COLUMN code_expire_time timestamptz,
      ADD COLUMN code_sends integer NOT NULL DEFAULT 0,
      -- What was proved before the second factor (RFC 8176).
      ADD COLUMN first_factor text NOT NULL DEFAULT 'pwd' CHECK (first_factor IN ('pwd', 'otp'));
    GRANT INSERT (login_kind), UPDATE (code_hash, code_expire_time, code_sends, first_factor)
      ON artel.sign_in TO artel_app;

    -- When codes went to a login, whether it is somebody's or not.
    CREATE TABLE artel.code_send (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      login_hash bytea NOT NULL CHECK (octet_length(login_hash) = 32),
      send_times timestamptz[] NOT NULL CHECK (cardinality(send_times) <= 10),
      expire_time timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, login_hash)
    );
    CREATE INDEX code_send_expiry ON artel.code_send (expire_time);
    GRANT SELECT, INSERT, UPDATE (send_times, expire_time) ON artel.code_send TO artel_app;
    CREATE POLICY dispatcher_sees_ended ON artel.code_send FOR SELECT TO artel_dispatcher
      USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.code_send FOR DELETE TO artel_dispatcher
      USING (expire_time < now());
    GRANT SELECT (tenant_id, login_hash, expire_time), DELETE ON artel.code_send
      TO artel_dispatcher;

    CREATE TABLE artel.message (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      message_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('EMAIL', 'SMS')),
      sealed_recipient bytea NOT NULL CHECK (octet_length(sealed_recipient) <= 1000),
      sealed_text bytea NOT NULL CHECK (octet_length(sealed_text) <= 5000),
      attempts integer NOT NULL DEFAULT 0,
      -- Not sent before: whoever is sending it has put this off.
      next_time timestamptz NOT NULL DEFAULT now(),
      -- Not sent from then on.
      expire_time timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, message_id)
    );
    CREATE INDEX message_next ON artel.message (next_time);
    CREATE INDEX message_expiry ON artel.message (expire_time);
    GRANT INSERT (tenant_id, message_id, kind, sealed_recipient, sealed_text, expire_time)
      ON artel.message TO artel_app;
    CREATE POLICY dispatcher_sends ON artel.message TO artel_dispatcher USING (true);
    GRANT SELECT, UPDATE (attempts, next_time), DELETE ON artel.message TO artel_dispatcher;

    DO $$
    DECLARE
      name text;
    BEGIN
      FOREACH name IN ARRAY ARRAY['code_send', 'message']
      LOOP
        EXECUTE format('ALTER TABLE artel.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE artel.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
          'CREATE POLICY app_own_tenant ON artel.%I TO artel_app '
          'USING (tenant_id = (SELECT nullif(current_setting(%2$L, true), %3$L)::uuid)) '
          'WITH CHECK (tenant_id = (SELECT nullif(current_setting(%2$L, true), %3$L)::uuid))',
          name, 'artel.tenant_id', '');
      END LOOP;
    END
    $$;
    SELECT artel.close_rows();
    """
}
