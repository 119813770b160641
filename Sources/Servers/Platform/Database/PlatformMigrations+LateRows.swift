extension PlatformMigrations {
  /// What was begun before a tenant was suspended may still write: an erasure waits for it, and can be
  /// run again.
  static let lateRows = """
    -- When the tenant was suspended last; null for one that was suspended before this was kept.
    ALTER TABLE artel.tenant ADD COLUMN suspend_time timestamptz;
    GRANT UPDATE (suspend_time) ON artel.tenant TO artel_app;

    CREATE OR REPLACE FUNCTION artel.erase_rows(erased uuid) RETURNS bigint
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
      -- Whoever has written a row that is not committed holds the tenant's own, and is waited for.
      PERFORM 1 FROM artel.tenant
      WHERE tenant_id = erased AND state IN ('SUSPENDED', 'ERASED') FOR UPDATE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the tenant is not suspended';
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
      RETURN total;
    END
    $$;
    """
}
