extension PlatformMigrations {
  /// What is left of signing in is deleted by the dispatcher's role once it has ended: sign-ins and
  /// invitations that nobody went on with, challenges that nobody answered, and addresses from which a
  /// person has not signed in for 90 days, which are no reason any more to trust them.
  static let endedSignIns = """
    CREATE INDEX sign_in_ended ON artel.sign_in (expire_time);
    CREATE POLICY dispatcher_sees_ended ON artel.sign_in FOR SELECT
      TO artel_dispatcher USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.sign_in FOR DELETE
      TO artel_dispatcher USING (expire_time < now());
    GRANT SELECT (tenant_id, sign_in_hash, expire_time), DELETE
      ON artel.sign_in TO artel_dispatcher;

    CREATE INDEX invitation_ended ON artel.invitation (expire_time);
    CREATE POLICY dispatcher_sees_ended ON artel.invitation FOR SELECT
      TO artel_dispatcher USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.invitation FOR DELETE
      TO artel_dispatcher USING (expire_time < now());
    GRANT SELECT (tenant_id, invitation_hash, expire_time), DELETE
      ON artel.invitation TO artel_dispatcher;

    CREATE INDEX passkey_challenge_ended ON artel.passkey_challenge (expire_time);
    CREATE POLICY dispatcher_sees_ended ON artel.passkey_challenge FOR SELECT
      TO artel_dispatcher USING (expire_time < now());
    CREATE POLICY dispatcher_deletes_ended ON artel.passkey_challenge FOR DELETE
      TO artel_dispatcher USING (expire_time < now());
    GRANT SELECT (tenant_id, challenge_hash, expire_time), DELETE
      ON artel.passkey_challenge TO artel_dispatcher;

    CREATE INDEX person_address_ended ON artel.person_address (sign_in_time);
    CREATE POLICY dispatcher_sees_ended ON artel.person_address FOR SELECT
      TO artel_dispatcher USING (sign_in_time < now() - interval '90 days');
    CREATE POLICY dispatcher_deletes_ended ON artel.person_address FOR DELETE
      TO artel_dispatcher USING (sign_in_time < now() - interval '90 days');
    GRANT SELECT (tenant_id, person_id, address, sign_in_time), DELETE
      ON artel.person_address TO artel_dispatcher;
    """
}
