extension PlatformMigrations {
  /// What audit entries say of calls. Times and numbers of transactions are the database's own, and
  /// nobody may change a row. `SELECT *` of `audit_entry` is read by the order of its columns: a later
  /// migration may add some behind these, and no more.
  static let auditEntries = """
    ALTER TABLE artel.audit_entry
      ADD COLUMN kind text NOT NULL DEFAULT 'CHANGE' CHECK (kind IN ('CHANGE', 'CALL', 'LOSS')),
      ADD COLUMN call_id uuid,
      ADD COLUMN principal_kind text NOT NULL DEFAULT '',
      ADD COLUMN client text NOT NULL DEFAULT '',
      ADD COLUMN certificate text NOT NULL DEFAULT '',
      ADD COLUMN address text NOT NULL DEFAULT '',
      ADD COLUMN door text NOT NULL DEFAULT '',
      ADD COLUMN code text NOT NULL DEFAULT '',
      ADD COLUMN reason text NOT NULL DEFAULT '',
      ADD COLUMN start_time timestamptz,
      ADD COLUMN latency_microseconds bigint NOT NULL DEFAULT 0,
      ADD COLUMN request_count bigint NOT NULL DEFAULT 0,
      ADD COLUMN response_count bigint NOT NULL DEFAULT 0,
      ADD COLUMN request_digest bytea NOT NULL DEFAULT '',
      ADD COLUMN response_digest bytea NOT NULL DEFAULT '',
      ADD COLUMN request_body text NOT NULL DEFAULT '',
      ADD COLUMN response_body text NOT NULL DEFAULT '',
      ADD COLUMN trace text NOT NULL DEFAULT '',
      ADD COLUMN personal_digest bytea NOT NULL DEFAULT '',
      ADD COLUMN sealed_personal bytea,
      ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
      ADD COLUMN sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY;
    -- The order in which entries are sealed: see AuditReader.
    CREATE UNIQUE INDEX audit_entry_commit_order ON artel.audit_entry (xid, sequence);
    CREATE INDEX audit_entry_by_resource
      ON artel.audit_entry (tenant_id, resource, audit_entry_id) WHERE resource <> '';
    CREATE INDEX audit_entry_by_actor ON artel.audit_entry (tenant_id, actor, audit_entry_id);
    CREATE INDEX audit_entry_by_call ON artel.audit_entry (tenant_id, call_id);
    GRANT INSERT (kind, call_id, principal_kind, client, certificate, address, door, code, reason,
        start_time, latency_microseconds, request_count, response_count, request_digest,
        response_digest, request_body, response_body, trace, personal_digest, sealed_personal)
      ON artel.audit_entry TO artel_app;
    CREATE POLICY sealer_reads ON artel.audit_entry FOR SELECT TO artel_sealer USING (true);
    GRANT SELECT ON artel.audit_entry TO artel_sealer;

    -- As before, but that a restored row has a number of this database.
    CREATE OR REPLACE FUNCTION artel.restore_row(wanted text, archived jsonb) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    DECLARE
      list text;
    BEGIN
      IF NOT EXISTS (SELECT FROM artel.archived_tables() AS name WHERE name = wanted) THEN
        RAISE EXCEPTION 'no table of tenants'' rows';
      END IF;
      IF archived ? 'xid' THEN
        -- Numbers of another database's sequence might be taken.
        archived := (archived || jsonb_build_object('xid', pg_current_xact_id()::text)) - 'sequence';
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

  /// One Merkle log for each tenant: its leaves in their order, the complete subtrees above them, and
  /// what was signed of it. The sealer adds to them; nobody else writes, and nobody changes a row.
  static let auditLogs = """
    CREATE TABLE artel.audit_leaf (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
      audit_entry_id uuid NOT NULL,
      leaf_digest bytea NOT NULL CHECK (length(leaf_digest) = 32),
      PRIMARY KEY (tenant_id, leaf_index),
      -- An entry is sealed once.
      UNIQUE (tenant_id, audit_entry_id)
    );
    CREATE TABLE artel.audit_node (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      level integer NOT NULL CHECK (level BETWEEN 1 AND 62),
      node_index bigint NOT NULL CHECK (node_index >= 0),
      node_digest bytea NOT NULL CHECK (length(node_digest) = 32),
      PRIMARY KEY (tenant_id, level, node_index)
    );
    CREATE TABLE artel.audit_checkpoint (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      tree_size bigint NOT NULL CHECK (tree_size > 0),
      root_digest bytea NOT NULL CHECK (length(root_digest) = 32),
      note text NOT NULL,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, tree_size)
    );
    -- Behind which entry the sealer goes on, of all tenants: the one row that it changes. It belongs
    -- to this database, and is no part of any log.
    CREATE TABLE artel.audit_position (
      singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
      xid xid8 NOT NULL,
      sequence bigint NOT NULL
    );
    ALTER TABLE artel.audit_position ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_position FORCE ROW LEVEL SECURITY;
    CREATE POLICY sealer ON artel.audit_position TO artel_sealer USING (true) WITH CHECK (true);
    GRANT SELECT, INSERT, UPDATE (xid, sequence) ON artel.audit_position TO artel_sealer;

    ALTER TABLE artel.audit_leaf ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_leaf FORCE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_node ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_node FORCE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_checkpoint ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_checkpoint FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.audit_leaf FOR SELECT TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY app_own_tenant ON artel.audit_node FOR SELECT TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY app_own_tenant ON artel.audit_checkpoint FOR SELECT TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    GRANT SELECT ON artel.audit_leaf, artel.audit_node, artel.audit_checkpoint TO artel_app;
    CREATE POLICY sealer_reads ON artel.audit_leaf FOR SELECT TO artel_sealer USING (true);
    CREATE POLICY sealer_reads ON artel.audit_node FOR SELECT TO artel_sealer USING (true);
    CREATE POLICY sealer_reads ON artel.audit_checkpoint FOR SELECT TO artel_sealer USING (true);
    CREATE POLICY sealer_adds ON artel.audit_leaf FOR INSERT TO artel_sealer WITH CHECK (true);
    CREATE POLICY sealer_adds ON artel.audit_node FOR INSERT TO artel_sealer WITH CHECK (true);
    CREATE POLICY sealer_adds ON artel.audit_checkpoint FOR INSERT TO artel_sealer
      WITH CHECK (true);
    GRANT SELECT, INSERT ON artel.audit_leaf, artel.audit_node TO artel_sealer;
    GRANT SELECT, INSERT (tenant_id, tree_size, root_digest, note)
      ON artel.audit_checkpoint TO artel_sealer;
    -- Whose log it is: its name is in the origin.
    CREATE POLICY sealer_reads ON artel.tenant FOR SELECT TO artel_sealer USING (true);
    GRANT SELECT (tenant_id, name, state) ON artel.tenant TO artel_sealer;

    SELECT artel.close_rows();
    """

  /// Calls that were refused before it was known whose they are: nobody's rows, so no tenant's.
  static let platformAudit = """
    CREATE TABLE artel.platform_audit_entry (
      platform_audit_entry_id uuid PRIMARY KEY,
      action text NOT NULL,
      door text NOT NULL,
      network text NOT NULL,
      code text NOT NULL,
      reason text NOT NULL,
      count bigint NOT NULL CHECK (count > 0),
      start_time timestamptz NOT NULL,
      create_time timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE artel.platform_audit_entry ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.platform_audit_entry FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_adds ON artel.platform_audit_entry FOR INSERT TO artel_app WITH CHECK (true);
    GRANT INSERT (platform_audit_entry_id, action, door, network, code, reason, count, start_time)
      ON artel.platform_audit_entry TO artel_app;
    -- Shown to nobody but the operator, by a method that asks for one.
    CREATE POLICY directory_reads ON artel.platform_audit_entry FOR SELECT TO artel_directory
      USING (true);
    GRANT SELECT ON artel.platform_audit_entry TO artel_directory;
    """
}
