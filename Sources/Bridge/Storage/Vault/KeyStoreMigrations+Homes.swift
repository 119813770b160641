extension KeyStoreMigrations {
  /// Which database a tenant's rows are in, and whose keys have changed: one tenant's changes are
  /// forgotten by that tenant's callers alone.
  static let homes = """
    CREATE TABLE artel_keys.tenant (
      tenant_id uuid PRIMARY KEY,
      -- The database of its rows, as that calls itself: no other one destroys its keys. Null where
      -- nobody has said so yet.
      home uuid,
      -- The last change of its keys that processes have to know of.
      epoch bigint NOT NULL DEFAULT 0,
      -- From then on it gets no key any more.
      destroy_time timestamptz
    );
    CREATE INDEX tenant_epoch ON artel_keys.tenant (epoch);
    INSERT INTO artel_keys.tenant (tenant_id) SELECT DISTINCT tenant_id FROM artel_keys.data_key;
    GRANT SELECT ON artel_keys.tenant TO artel_keys;

    -- Whoever changes has the lock of the one row until the commit: epochs are seen in their order.
    CREATE FUNCTION artel_keys.change_tenant(owner uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
      UPDATE artel_keys.epoch SET epoch = epoch + 1;
      INSERT INTO artel_keys.tenant AS t (tenant_id, epoch)
      SELECT owner, e.epoch FROM artel_keys.epoch AS e
      ON CONFLICT (tenant_id) DO UPDATE SET epoch = EXCLUDED.epoch;
    END
    $$;

    CREATE FUNCTION artel_keys.claim_tenants(owners uuid[], claimant uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
      INSERT INTO artel_keys.tenant AS t (tenant_id, home)
      SELECT owner, claimant FROM unnest(owners) AS owner ORDER BY owner
      ON CONFLICT (tenant_id) DO UPDATE SET home = EXCLUDED.home WHERE t.home IS NULL
    $$;

    CREATE FUNCTION artel_keys.add_key(owner uuid, added uuid, used_for text, subject bytea,
      number integer, wrapping uuid, wrapped_key bytea, claimant uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    BEGIN
      -- Behind whoever destroys, and before whoever will: who was erased gets no key any more.
      IF number > 1 AND octet_length(subject) = 0 THEN
        PERFORM 1 FROM artel_keys.epoch FOR UPDATE;
      ELSE
        PERFORM 1 FROM artel_keys.epoch FOR SHARE;
      END IF;
      IF EXISTS (SELECT FROM artel_keys.tenant AS t
        WHERE t.tenant_id = owner AND t.destroy_time IS NOT NULL)
      THEN
        RETURN false;
      END IF;
      IF wrapping IS NOT NULL AND NOT EXISTS (SELECT FROM artel_keys.data_key AS k
        WHERE k.tenant_id = owner AND k.key_id = wrapping AND k.wrapped IS NOT NULL)
      THEN
        RETURN true;
      END IF;
      IF number > 1 AND octet_length(subject) = 0 THEN
        PERFORM artel_keys.change_tenant(owner);
      END IF;
      IF octet_length(subject) = 0 THEN
        PERFORM artel_keys.claim_tenants(ARRAY[owner], claimant);
      END IF;
      INSERT INTO artel_keys.data_key
        (tenant_id, key_id, purpose, subject_hash, generation, wrapping_key_id, wrapped)
      SELECT owner, added, used_for, subject, number, wrapping, wrapped_key
      WHERE NOT EXISTS (SELECT FROM artel_keys.data_key AS k WHERE k.tenant_id = owner
        AND k.purpose = used_for AND k.subject_hash = subject AND k.wrapped IS NULL)
      ON CONFLICT DO NOTHING;
      RETURN true;
    END
    $$;

    CREATE OR REPLACE FUNCTION artel_keys.destroy_subject(owner uuid, subject bytea, tombstone uuid)
    RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    DECLARE
      destroyed bigint;
    BEGIN
      IF octet_length(subject) <> 32 THEN
        RAISE EXCEPTION 'no subject';
      END IF;
      -- One after the other, and what is added meanwhile is seen or sees this.
      PERFORM 1 FROM artel_keys.epoch FOR UPDATE;
      UPDATE artel_keys.data_key SET wrapped = NULL, destroy_time = now()
      WHERE tenant_id = owner AND subject_hash = subject AND wrapped IS NOT NULL;
      GET DIAGNOSTICS destroyed = ROW_COUNT;
      IF destroyed > 0 THEN
        PERFORM artel_keys.change_tenant(owner);
      END IF;
      INSERT INTO artel_keys.data_key
        (tenant_id, key_id, purpose, subject_hash, generation, destroy_time)
      VALUES (owner, tombstone, 'DATA', subject, 2147483647, now())
      ON CONFLICT DO NOTHING;
      RETURN destroyed;
    END
    $$;

    -- Those of subjects that were erased stay, so that no archive brings them back. Null where the
    -- tenant has moved: its keys seal another database's rows.
    CREATE FUNCTION artel_keys.destroy_tenant(owner uuid, claimant uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    DECLARE
      destroyed bigint;
    BEGIN
      PERFORM 1 FROM artel_keys.epoch FOR UPDATE;
      IF EXISTS (SELECT FROM artel_keys.tenant AS t
        WHERE t.tenant_id = owner AND t.home <> claimant)
      THEN
        RETURN NULL;
      END IF;
      PERFORM artel_keys.change_tenant(owner);
      UPDATE artel_keys.tenant SET home = claimant, destroy_time = now() WHERE tenant_id = owner;
      DELETE FROM artel_keys.data_key WHERE tenant_id = owner AND wrapped IS NOT NULL;
      GET DIAGNOSTICS destroyed = ROW_COUNT;
      RETURN destroyed;
    END
    $$;

    -- The program of before does not say which database it has.
    CREATE OR REPLACE FUNCTION artel_keys.destroy_tenant(owner uuid) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
      RAISE EXCEPTION 'a newer program has to erase this tenant';
    END
    $$;
    REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA artel_keys FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION artel_keys.claim_tenants(uuid[], uuid),
      artel_keys.add_key(uuid, uuid, text, bytea, integer, uuid, bytea, uuid),
      artel_keys.destroy_tenant(uuid, uuid) TO artel_keys;
    """
}
