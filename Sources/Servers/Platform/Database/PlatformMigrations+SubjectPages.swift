extension PlatformMigrations {
  /// What is held of somebody, page by page. It takes the place of `subject_rows`, which processes of
  /// before still call.
  static let subjectPages = """
    -- The next rows that tell of somebody, of the tenant in whose scope it runs: table by table, and
    -- within one in the order of a hash of the row's key, so that a page begins where the one before
    -- ended whatever was written since. Tables are found in the catalog by the names of their columns:
    -- a new one is exported without anybody remembering to say so. Keys, secrets and hashes are not
    -- among the fields; what is sealed is apart, as hexadecimal digits, for who can open it.
    CREATE FUNCTION artel.subject_page(
      subject_name text, person uuid, behind_table text, behind_row text, most bigint)
    RETURNS TABLE (table_name text, row_name text, fields jsonb, seals jsonb)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
    #variable_conflict use_column
    DECLARE
      held record;
      condition text;
      given bigint;
      missing bigint := most;
    BEGIN
      FOR held IN
        SELECT t.table_name AS name, t.columns,
          (SELECT string_agg(format('t.%I', field), ', ') FROM unnest(t.columns) AS field
            WHERE field <> 'tenant_id') AS list,
          -- Where the role may not read the key, equal rows are one.
          (SELECT CASE WHEN bool_and(has_column_privilege(a.attrelid, a.attnum, 'SELECT'))
              THEN 'ROW(' || string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attnum) || ')' END
            FROM pg_constraint AS k JOIN pg_attribute AS a
              ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
            WHERE k.conrelid = c.oid AND k.contype = 'p') AS key,
          (SELECT string_agg(
              format('%1$L, encode(t.%1$I, ''hex'')', a.attname), ', ' ORDER BY a.attnum)
            FROM pg_attribute AS a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attname LIKE 'sealed\\_%' AND a.atttypid = 'bytea'::regtype
              AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')) AS seals
        FROM artel.exported_tables() AS t
        JOIN pg_class AS c ON c.relname = t.table_name AND c.relnamespace = 'artel'::regnamespace
        -- Entries of the audit are found by other means.
        WHERE t.table_name <> 'audit_entry' AND t.table_name COLLATE "C" >= behind_table
        ORDER BY t.table_name COLLATE "C"
      LOOP
        EXIT WHEN missing <= 0;
        SELECT string_agg(
          CASE field
            WHEN 'person_id' THEN 't.person_id = $2'
            -- Of a member, the last part of its name alone.
            WHEN 'subject' THEN 't.subject IN ($1, $2::text)'
            WHEN 'person' THEN 't.person ->> ''id'' = $2::text'
            WHEN 'person_grant' THEN 't.person_grant ->> ''subject'' = $2::text'
            ELSE format('t.%I = $1', field) END, ' OR ')
        INTO condition FROM unnest(held.columns) AS field
        WHERE field IN
          ('person_id', 'subject', 'person', 'person_grant', 'requested_by', 'actor');
        IF held.name = 'revocation' THEN
          condition := 't.kind = ''SUBJECT'' AND t.id = $1';
        END IF;
        CONTINUE WHEN condition IS NULL;
        RETURN QUERY EXECUTE format(
          'SELECT %1$L::text, r.row_name, r.fields, r.seals FROM (SELECT '
          'encode(sha256(convert_to((%2$s)::text, ''UTF8'')), ''hex'') AS row_name, '
          '(SELECT to_jsonb(f) FROM (SELECT %3$s) AS f) AS fields, '
          'jsonb_build_object(%4$s) AS seals FROM artel.%1$I AS t WHERE %5$s) AS r '
          'WHERE r.row_name COLLATE "C" > $3 ORDER BY r.row_name COLLATE "C" LIMIT $4',
          held.name,
          coalesce(held.key, format('SELECT to_jsonb(f) FROM (SELECT %s) AS f', held.list)),
          held.list, coalesce(held.seals, ''), condition)
        USING subject_name, person,
          CASE WHEN held.name = behind_table THEN behind_row ELSE '' END, missing;
        GET DIAGNOSTICS given = ROW_COUNT;
        missing := missing - given;
      END LOOP;
    END
    $$;
    GRANT EXECUTE ON FUNCTION artel.subject_page(text, uuid, text, text, bigint) TO artel_app;

    -- Entries whose address alone is a person's, as of a sign-in: found by the key that sealed it.
    CREATE INDEX audit_entry_by_origin_key
      ON artel.audit_entry
        (tenant_id, encode(substring(sealed_origin FROM 2 FOR 16), 'hex'), audit_entry_id)
      WHERE octet_length(actor_index) = 0 AND octet_length(sealed_origin) > 17;
    """
}
