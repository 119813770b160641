extension KeyStoreMigrations {
  /// Keys go by how long ago they were replaced: whoever restores the rows from a backup needs those that
  /// it names, and knows how old it may be. A key was replaced when any later one was made, whose own
  /// successor may be all that is left.
  static let retirementByAge = """
    DROP FUNCTION artel_keys.retire_keys(uuid, uuid[]);
    CREATE FUNCTION artel_keys.retire_keys(owner uuid, retired uuid[], age interval)
    RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    DECLARE
      deleted bigint;
    BEGIN
      PERFORM 1 FROM artel_keys.epoch FOR UPDATE;
      DELETE FROM artel_keys.data_key AS k
      WHERE k.tenant_id = owner AND k.key_id = ANY (retired) AND k.purpose = 'DATA'
        AND octet_length(k.subject_hash) = 0
        AND EXISTS (SELECT FROM artel_keys.data_key AS n
          WHERE n.tenant_id = owner AND n.purpose = 'DATA' AND n.subject_hash = k.subject_hash
            AND n.generation > k.generation
            -- Who began before a key was replaced, seals by it until its transaction ends.
            AND n.create_time < now() - greatest(age, interval '15 minutes'))
        AND NOT EXISTS (SELECT FROM artel_keys.data_key AS w
          WHERE w.tenant_id = owner AND w.wrapping_key_id = k.key_id AND w.wrapped IS NOT NULL);
      GET DIAGNOSTICS deleted = ROW_COUNT;
      IF deleted > 0 THEN
        PERFORM artel_keys.change_tenant(owner);
      END IF;
      RETURN deleted;
    END
    $$;
    REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA artel_keys FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION artel_keys.retire_keys(uuid, uuid[], interval) TO artel_keys;
    """
}
