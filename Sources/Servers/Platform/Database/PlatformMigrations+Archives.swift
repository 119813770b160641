extension PlatformMigrations {
  /// What reads all that one tenant has, sealed keys among it, and what puts it back.
  ///
  /// Tables are found in the catalog, as for an export and an erasure.
  static let archives = """
    -- The tables of tenants' rows, each behind those that it refers to. Events that wait to be handed
    -- out belong to the moment, and to this database.
    CREATE FUNCTION artel.archived_tables() RETURNS SETOF text
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
    DECLARE
      remaining oid[];
      relation oid;
    BEGIN
      SELECT array_agg(c.oid) INTO remaining
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind = 'r'
        AND a.attname = 'tenant_id' AND NOT a.attisdropped
        AND c.oid <> 'artel.outbox_event'::regclass;
      WHILE cardinality(remaining) > 0 LOOP
        SELECT candidate INTO relation FROM unnest(remaining) AS candidate
        WHERE NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.contype = 'f'
          AND k.conrelid = candidate AND k.confrelid <> candidate
          AND k.confrelid = ANY (remaining))
        ORDER BY candidate::regclass::text LIMIT 1;
        IF relation IS NULL THEN
          RAISE EXCEPTION 'the tables refer to each other in a circle';
        END IF;
        RETURN NEXT (SELECT c.relname::text FROM pg_class AS c WHERE c.oid = relation);
        remaining := array_remove(remaining, relation);
      END LOOP;
    END
    $$;

    -- A tenant's rows of one of them, as far as the role sees them: all of them for a backup.
    CREATE FUNCTION artel.archived_rows(wanted text, archived uuid) RETURNS SETOF jsonb
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM artel.archived_tables() AS name WHERE name = wanted) THEN
        RAISE EXCEPTION 'no table of tenants'' rows';
      END IF;
      RETURN QUERY EXECUTE
        format('SELECT to_jsonb(t) FROM artel.%I AS t WHERE t.tenant_id = $1', wanted)
        USING archived;
    END
    $$;
    GRANT EXECUTE ON FUNCTION artel.archived_tables(), artel.archived_rows(text, uuid)
      TO artel_backup;

    -- Puts one row back, in the scope of its tenant. Where it lies in the order of commits is said
    -- anew: numbers of transactions are a database's own.
    CREATE FUNCTION artel.restore_row(wanted text, archived jsonb) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    DECLARE
      list text;
    BEGIN
      IF NOT EXISTS (SELECT FROM artel.archived_tables() AS name WHERE name = wanted) THEN
        RAISE EXCEPTION 'no table of tenants'' rows';
      END IF;
      IF archived ? 'xid' THEN
        archived := archived || jsonb_build_object('xid', pg_current_xact_id()::text);
      END IF;
      -- A column that is newer than the archive has its default.
      SELECT string_agg(format('%I', key), ', ') INTO STRICT list
      FROM jsonb_object_keys(archived) AS key;
      EXECUTE format(
        'INSERT INTO artel.%1$I (%2$s) OVERRIDING SYSTEM VALUE '
        'SELECT %2$s FROM jsonb_populate_record(NULL::artel.%1$I, $1)', wanted, list)
        USING archived;
    END
    $$;
    """
}
