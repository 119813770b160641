extension PlatformMigrations {
  /// What exports one tenant's rows, and what deletes them.
  ///
  /// Tables are found in the catalog, so that a domain's new table is exported and erased without
  /// anybody remembering to say so.
  static let erasure = """
    -- Tables of tenants' rows, with the columns that the role may read and that hold no key, secret
    -- or hash: bytea is sealed or hashed in this schema.
    CREATE FUNCTION artel.exported_tables() RETURNS TABLE (table_name text, columns text[])
    LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
      SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind = 'r'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid <> 'bytea'::regtype
        AND a.attname !~ '(secret|hash|password)'
        AND has_column_privilege(c.oid, a.attnum, 'SELECT')
      GROUP BY c.oid, c.relname
      HAVING bool_or(a.attname = 'tenant_id')
      ORDER BY c.relname
    $$;

    -- The rows of one of them that the role may see now, which row-level security decides.
    CREATE FUNCTION artel.exported_rows(wanted text) RETURNS SETOF jsonb
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
    DECLARE
      list text;
    BEGIN
      SELECT string_agg(format('%I', name), ', ') INTO STRICT list
      FROM artel.exported_tables() AS t, unnest(t.columns) AS name WHERE t.table_name = wanted;
      RETURN QUERY EXECUTE
        format('SELECT to_jsonb(exported) FROM (SELECT %s FROM artel.%I) AS exported', list, wanted);
    END
    $$;
    GRANT EXECUTE ON FUNCTION artel.exported_tables(), artel.exported_rows(text) TO artel_app;

    -- Lets the owner see the rows of the tenant whose scope it is in, and no others.
    CREATE FUNCTION artel.prepare_erasure() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    DECLARE
      relation regclass;
    BEGIN
      FOR relation IN
        SELECT c.oid FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind = 'r'
          AND a.attname = 'tenant_id' AND NOT a.attisdropped
          AND NOT EXISTS (SELECT FROM pg_policy AS p
            WHERE p.polrelid = c.oid AND p.polname = 'owner_erases')
        ORDER BY c.relname
      LOOP
        EXECUTE format(
          'CREATE POLICY owner_erases ON %s TO artel_owner USING (tenant_id = '
          '(SELECT nullif(current_setting(%L, true), %L)::uuid))',
          relation, 'artel.tenant_id', '');
      END LOOP;
    END
    $$;

    -- Deletes every row of the tenant in whose scope it runs, but for the tenant's own, which keeps
    -- the name. Returns how many.
    CREATE FUNCTION artel.erase_rows(erased uuid) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    DECLARE
      remaining oid[];
      relation oid;
      deleted bigint;
      total bigint := 0;
    BEGIN
      IF erased IS DISTINCT FROM nullif(current_setting('artel.tenant_id', true), '')::uuid THEN
        RAISE EXCEPTION 'the scope is of another tenant';
      END IF;
      SELECT array_agg(c.oid) INTO remaining
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind = 'r'
        AND a.attname = 'tenant_id' AND NOT a.attisdropped AND c.oid <> 'artel.tenant'::regclass;
      WHILE cardinality(remaining) > 0 LOOP
        -- One to which none of the others refers any more.
        SELECT candidate INTO relation FROM unnest(remaining) AS candidate
        WHERE NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.contype = 'f'
          AND k.confrelid = candidate AND k.conrelid <> candidate AND k.conrelid = ANY (remaining))
        LIMIT 1;
        IF relation IS NULL THEN
          RAISE EXCEPTION 'the tables refer to each other in a circle';
        END IF;
        EXECUTE format('DELETE FROM %s WHERE tenant_id = $1', relation::regclass) USING erased;
        GET DIAGNOSTICS deleted = ROW_COUNT;
        total := total + deleted;
        remaining := array_remove(remaining, relation);
      END LOOP;
      UPDATE artel.tenant SET state = 'ERASED', display_name = name, revision = revision + 1
      WHERE tenant_id = erased AND state = 'SUSPENDED';
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the tenant is not suspended';
      END IF;
      RETURN total;
    END
    $$;
    """
}
