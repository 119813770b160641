extension KeyStoreMigrations {
  /// How a tenant comes from another database, or from another key store.
  static let moves = """
    -- Takes keys that are given as JSON, or those that are here already; all of it or nothing.
    CREATE FUNCTION artel_keys.restore_tenant(owner uuid, claimant uuid, given jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    DECLARE
      lives boolean;
    BEGIN
      PERFORM 1 FROM artel_keys.epoch FOR UPDATE;
      lives := EXISTS (SELECT FROM artel_keys.data_key AS k
        WHERE k.tenant_id = owner AND k.purpose = 'INDEX' AND k.wrapped IS NOT NULL);
      IF NOT lives AND jsonb_array_length(given) = 0 THEN
        RAISE EXCEPTION 'the key store has no keys of this tenant, and none are given'
          USING ERRCODE = 'no_data_found';
      END IF;
      IF NOT lives THEN
        -- Used up: nobody knows what they have sealed since. Only what indexes goes on as it is.
        INSERT INTO artel_keys.data_key (tenant_id, key_id, purpose, subject_hash, generation,
          wrapping_key_id, wrapped, seals_reserved, destroy_time)
        SELECT owner, g.id, g.purpose, decode(g.subject, 'hex'), g.generation, g."wrappingID",
          decode(g.wrapped, 'hex'), CASE g.purpose WHEN 'DATA' THEN 4294967296 ELSE 0 END,
          CASE WHEN g.wrapped IS NULL THEN now() END
        FROM jsonb_to_recordset(given) AS g (id uuid, purpose text, subject text,
          generation integer, "wrappingID" uuid, wrapped text)
        WHERE g.wrapped IS NULL OR NOT EXISTS (SELECT FROM artel_keys.data_key AS k
          WHERE k.tenant_id = owner AND k.subject_hash = decode(g.subject, 'hex')
            AND k.wrapped IS NULL)
        ON CONFLICT DO NOTHING;
      END IF;
      IF EXISTS (
        SELECT FROM jsonb_to_recordset(given) AS g (id uuid, subject text, wrapped text)
        WHERE g.wrapped IS NOT NULL AND NOT EXISTS (SELECT FROM artel_keys.data_key AS k
          WHERE k.tenant_id = owner
            AND (k.key_id = g.id
              OR k.subject_hash = decode(g.subject, 'hex') AND k.wrapped IS NULL)))
      THEN
        RAISE EXCEPTION 'the key store has other keys of this tenant than those that are given'
          USING ERRCODE = 'unique_violation';
      END IF;
      PERFORM artel_keys.change_tenant(owner);
      UPDATE artel_keys.tenant SET home = claimant, destroy_time = NULL WHERE tenant_id = owner;
    END
    $$;

    -- A count that went back would let a key make more seals than it may.
    CREATE OR REPLACE FUNCTION artel_keys.keep_destroyed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
      IF OLD.wrapped IS NULL AND NEW.wrapped IS NOT NULL THEN
        RAISE EXCEPTION 'the key is destroyed';
      END IF;
      IF NEW.seals_reserved < OLD.seals_reserved THEN
        RAISE EXCEPTION 'the count of seals goes on';
      END IF;
      RETURN NEW;
    END
    $$;

    -- For a store that came from a backup: its counts are of before.
    CREATE FUNCTION artel_keys.use_up() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    BEGIN
      UPDATE artel_keys.epoch SET epoch = epoch + 1;
      UPDATE artel_keys.tenant AS t SET epoch = e.epoch FROM artel_keys.epoch AS e;
      UPDATE artel_keys.data_key SET seals_reserved = 4294967296
      WHERE purpose = 'DATA' AND wrapped IS NOT NULL;
    END
    $$;
    REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA artel_keys FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION artel_keys.restore_tenant(uuid, uuid, jsonb), artel_keys.use_up()
      TO artel_keys;
    """

  /// How keys of a tenant's own go that were replaced.
  static let retiredKeys = """
    -- A subject's key goes on under the tenant's newer one.
    GRANT UPDATE (wrapping_key_id) ON artel_keys.data_key TO artel_keys;

    -- Who began before a key was replaced, seals by it until its transaction ends: that is over after
    -- a quarter of an hour.
    CREATE FUNCTION artel_keys.retire_keys(owner uuid, retired uuid[]) RETURNS bigint
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
            AND n.generation = k.generation + 1
            AND n.create_time < now() - interval '15 minutes')
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
    GRANT EXECUTE ON FUNCTION artel_keys.retire_keys(uuid, uuid[]) TO artel_keys;
    """
}
