public import Postgres

/// The tables of the key store, in a database of its own: `tools/postgres/keys.sql` makes its role.
public enum KeyStoreMigrations {
  /// Their numbers are this database's own.
  public static let all: [Migration] = [
    Migration(version: 1, name: "keys", sql: keys),
    Migration(version: 2, name: "quiet erasures", sql: quietErasures),
    Migration(version: 3, name: "homes", sql: homes),
    Migration(version: 4, name: "moves", sql: moves),
    Migration(version: 5, name: "retired keys", sql: retiredKeys),
    Migration(version: 6, name: "retirement by age", sql: retirementByAge),
  ]

  /// Who is erased and had no key, takes nobody's keys out of memory: otherwise one tenant's made-up
  /// subjects would cost all tenants theirs, as often as it liked.
  private static let quietErasures = """
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
        UPDATE artel_keys.epoch SET epoch = epoch + 1;
      END IF;
      INSERT INTO artel_keys.data_key
        (tenant_id, key_id, purpose, subject_hash, generation, destroy_time)
      VALUES (owner, tombstone, 'DATA', subject, 2147483647, now())
      ON CONFLICT DO NOTHING;
      RETURN destroyed;
    END
    $$;
    """

  private static let keys = """
    CREATE TABLE artel_keys.data_key (
      tenant_id uuid NOT NULL,
      key_id uuid NOT NULL,
      purpose text NOT NULL CHECK (purpose IN ('DATA', 'INDEX')),
      -- A keyed hash of the subject's name; empty for a tenant's own key.
      subject_hash bytea NOT NULL CHECK (octet_length(subject_hash) IN (0, 32)),
      generation integer NOT NULL CHECK (generation > 0),
      -- The tenant's key that wraps a subject's; null where the key of keys does.
      wrapping_key_id uuid,
      -- Null once it is destroyed, and from then on for ever.
      wrapped bytea CHECK (octet_length(wrapped) BETWEEN 48 AND 512),
      -- How many seals processes have set aside: a key makes 2^32 at most.
      seals_reserved bigint NOT NULL DEFAULT 0 CHECK (seals_reserved BETWEEN 0 AND 4294967296),
      create_time timestamptz NOT NULL DEFAULT now(),
      destroy_time timestamptz,
      PRIMARY KEY (tenant_id, key_id),
      UNIQUE (tenant_id, purpose, subject_hash, generation),
      CHECK ((wrapped IS NULL) = (destroy_time IS NOT NULL))
    );
    CREATE INDEX data_key_roots ON artel_keys.data_key (key_id) WHERE wrapping_key_id IS NULL;
    GRANT SELECT, UPDATE (seals_reserved, wrapped) ON artel_keys.data_key TO artel_keys;

    -- Changes whenever a key is destroyed: what processes look at.
    CREATE TABLE artel_keys.epoch (
      single boolean PRIMARY KEY DEFAULT true CHECK (single),
      epoch bigint NOT NULL
    );
    INSERT INTO artel_keys.epoch (epoch) VALUES (1);
    GRANT SELECT ON artel_keys.epoch TO artel_keys;

    -- A destroyed key never comes back.
    CREATE FUNCTION artel_keys.keep_destroyed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
      IF OLD.wrapped IS NULL AND NEW.wrapped IS NOT NULL THEN
        RAISE EXCEPTION 'the key is destroyed';
      END IF;
      RETURN NEW;
    END
    $$;
    CREATE TRIGGER keep_destroyed BEFORE UPDATE ON artel_keys.data_key
      FOR EACH ROW EXECUTE FUNCTION artel_keys.keep_destroyed();

    CREATE FUNCTION artel_keys.add_key(owner uuid, added uuid, used_for text, subject bytea,
      number integer, wrapping uuid, wrapped_key bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    BEGIN
      -- Behind whoever destroys, and before whoever will: who was erased gets no key any more.
      IF number > 1 AND octet_length(subject) = 0 THEN
        UPDATE artel_keys.epoch SET epoch = epoch + 1;
      ELSE
        PERFORM 1 FROM artel_keys.epoch FOR SHARE;
      END IF;
      INSERT INTO artel_keys.data_key
        (tenant_id, key_id, purpose, subject_hash, generation, wrapping_key_id, wrapped)
      SELECT owner, added, used_for, subject, number, wrapping, wrapped_key
      WHERE NOT EXISTS (SELECT FROM artel_keys.data_key AS k WHERE k.tenant_id = owner
        AND k.purpose = used_for AND k.subject_hash = subject AND k.wrapped IS NULL)
      ON CONFLICT DO NOTHING;
    END
    $$;

    CREATE FUNCTION artel_keys.destroy_subject(owner uuid, subject bytea, tombstone uuid)
    RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    DECLARE
      destroyed bigint;
    BEGIN
      IF octet_length(subject) <> 32 THEN
        RAISE EXCEPTION 'no subject';
      END IF;
      -- One after the other, and what is added meanwhile is seen or sees this.
      UPDATE artel_keys.epoch SET epoch = epoch + 1;
      UPDATE artel_keys.data_key SET wrapped = NULL, destroy_time = now()
      WHERE tenant_id = owner AND subject_hash = subject AND wrapped IS NOT NULL;
      GET DIAGNOSTICS destroyed = ROW_COUNT;
      INSERT INTO artel_keys.data_key
        (tenant_id, key_id, purpose, subject_hash, generation, destroy_time)
      VALUES (owner, tombstone, 'DATA', subject, 2147483647, now())
      ON CONFLICT DO NOTHING;
      RETURN destroyed;
    END
    $$;

    -- Those of subjects that were erased stay, so that no archive brings them back.
    CREATE FUNCTION artel_keys.destroy_tenant(owner uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    DECLARE
      destroyed bigint;
    BEGIN
      UPDATE artel_keys.epoch SET epoch = epoch + 1;
      DELETE FROM artel_keys.data_key WHERE tenant_id = owner AND wrapped IS NOT NULL;
      GET DIAGNOSTICS destroyed = ROW_COUNT;
      RETURN destroyed;
    END
    $$;
    REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA artel_keys FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION artel_keys.add_key(uuid, uuid, text, bytea, integer, uuid, bytea),
      artel_keys.destroy_subject(uuid, bytea, uuid), artel_keys.destroy_tenant(uuid) TO artel_keys;
    """
}
