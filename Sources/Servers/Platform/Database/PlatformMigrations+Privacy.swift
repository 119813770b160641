extension PlatformMigrations {
  /// Who was erased, without saying whom, and what is held of somebody.
  static let privacy = """
    CREATE TABLE artel.erasure (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      erasure_id uuid NOT NULL,
      -- A keyed hash of the subject, so that it is erased once.
      subject_index bytea NOT NULL CHECK (octet_length(subject_index) = 16),
      reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
      create_time timestamptz NOT NULL DEFAULT now(),
      erase_time timestamptz,
      PRIMARY KEY (tenant_id, erasure_id),
      UNIQUE (tenant_id, subject_index)
    );
    ALTER TABLE artel.erasure ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.erasure FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.erasure TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    GRANT SELECT, INSERT (tenant_id, erasure_id, subject_index, reason), UPDATE (erase_time)
      ON artel.erasure TO artel_app;

    -- The rows of the tenant in whose scope it runs that tell of somebody, found in the catalog by the
    -- names of their columns: a new table is exported without anybody remembering to say so. Keys,
    -- secrets and hashes are not among the columns.
    CREATE FUNCTION artel.subject_rows(subject_name text, person uuid)
    RETURNS TABLE (table_name text, fields jsonb)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
    DECLARE
      held record;
      condition text;
    BEGIN
      FOR held IN SELECT t.table_name AS name, t.columns FROM artel.exported_tables() AS t
      LOOP
        SELECT string_agg(
          CASE WHEN column_name = 'person_id' THEN format('%I = $2', column_name)
            ELSE format('%I = $1', column_name) END, ' OR ')
        INTO condition FROM unnest(held.columns) AS column_name
        WHERE column_name IN ('person_id', 'subject', 'requested_by', 'actor');
        CONTINUE WHEN condition IS NULL;
        RETURN QUERY EXECUTE format(
          'SELECT %L::text, to_jsonb(r) FROM (SELECT %s FROM artel.%I WHERE %s) AS r', held.name,
          (SELECT string_agg(format('%I', c), ', ') FROM unnest(held.columns) AS c
            WHERE c <> 'tenant_id'), held.name, condition)
        USING subject_name, person;
      END LOOP;
    END
    $$;
    GRANT EXECUTE ON FUNCTION artel.subject_rows(text, uuid) TO artel_app;
    SELECT artel.close_rows();
    """
}
