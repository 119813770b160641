extension PlatformMigrations {
  /// How much of a tenant people see. `artel.rows` says it for a transaction: `tenant` for all of it,
  /// anything else, and nothing at all, for what is the person's own.
  ///
  /// Every table has a restrictive policy `own_rows`, which stands in front of whatever else lets
  /// rows through. Where nobody wrote one, it shows a person nothing.
  static let rows = """
    -- Gives every table that has none the policy that shows a person nothing, and the one by which the
    -- owner erases a tenant. A migration that makes tables ends with it.
    CREATE FUNCTION artel.close_rows() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    DECLARE
      relation regclass;
    BEGIN
      FOR relation IN
        SELECT c.oid FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attname = 'tenant_id' AND NOT a.attisdropped
          -- Who and what its tenant is, a person may know.
          AND c.oid <> 'artel.tenant'::regclass
          AND NOT EXISTS (SELECT FROM pg_policy AS p
            WHERE p.polrelid = c.oid AND p.polname = 'own_rows')
        ORDER BY c.relname
      LOOP
        EXECUTE format(
          'CREATE POLICY own_rows ON %1$s AS RESTRICTIVE TO artel_app '
          'USING ((SELECT current_setting(%2$L, true)) = %3$L) '
          'WITH CHECK ((SELECT current_setting(%2$L, true)) = %3$L)',
          relation, 'artel.rows', 'tenant');
      END LOOP;
      -- So that an erasure finds every policy there: to make them, it would lock all tables.
      PERFORM artel.prepare_erasure();
    END
    $$;

    -- What everybody's changes leave behind is written by everybody, and read by nobody of them.
    CREATE POLICY own_rows ON artel.audit_entry AS RESTRICTIVE FOR SELECT TO artel_app
      USING ((SELECT current_setting('artel.rows', true)) = 'tenant');
    CREATE POLICY own_rows ON artel.outbox_event AS RESTRICTIVE FOR SELECT TO artel_app
      USING ((SELECT current_setting('artel.rows', true)) = 'tenant');

    SELECT artel.close_rows();
    """
}
