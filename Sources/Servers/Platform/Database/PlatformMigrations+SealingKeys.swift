extension PlatformMigrations {
  /// What the key store has to know of these rows: which database they are in, and which keys seal
  /// them.
  static let sealingKeys = """
    -- How this database calls itself, wherever it is restored: the key store tells by it whose keys a
    -- tenant's are.
    DO $do$
    BEGIN
      EXECUTE format(
        'CREATE FUNCTION artel.rows_database() RETURNS uuid LANGUAGE sql IMMUTABLE '
        'SET search_path = pg_catalog AS $f$ SELECT %L::uuid $f$', gen_random_uuid());
    END
    $do$;
    GRANT EXECUTE ON FUNCTION artel.rows_database() TO artel_app;

    -- How many values of a tenant each key has sealed, by column; of what the key encryption key
    -- itself has sealed, before there were others, the key is null. Columns are found in the catalog:
    -- what is sealed is called so.
    CREATE FUNCTION artel.sealed_values(owner uuid)
    RETURNS TABLE (place text, key_id uuid, uses bigint)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
    DECLARE
      part record;
    BEGIN
      FOR part IN
        SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'bytea'::regtype
          AND (a.attname LIKE 'sealed\\_%' OR (c.relname, a.attname) = ('partner', 'client_secret'))
        ORDER BY c.relname, a.attname
      LOOP
        RETURN QUERY EXECUTE format(
          'SELECT %1$L, CASE get_byte(v, 0) WHEN 2 THEN encode(substring(v FROM 2 FOR 16), ''hex'')'
          '::uuid END AS k, count(*) FROM (SELECT %3$I AS v FROM artel.%2$I WHERE tenant_id = $1'
          ' AND octet_length(%3$I) > 17) AS t GROUP BY k',
          part.relname || '.' || part.attname, part.relname, part.attname) USING owner;
      END LOOP;
    END
    $$;
    GRANT EXECUTE ON FUNCTION artel.sealed_values(uuid) TO artel_backup;

    -- What a rotation seals anew.
    GRANT UPDATE (sealed_private_key) ON artel.tenant_signing_key TO artel_app;
    GRANT UPDATE (sealed_key) ON artel.tenant_authority TO artel_app;
    GRANT UPDATE (sealed_secret) ON artel.refresh_family TO artel_app;
    """
}
