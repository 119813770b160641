extension PlatformMigrations {
  /// What the sealer remembers of logs that it cannot go on with, and under which names logs go on.
  static let auditHolds = """
    -- Logs that are not what was signed of them: nothing is added until they are again, or until an
    -- operator lets them go on. Their entries behind this place wait. A hold belongs to this database,
    -- as the sealer's place does, and is no part of any log.
    CREATE TABLE artel.audit_hold (
      held_tenant_id uuid PRIMARY KEY,
      xid xid8 NOT NULL,
      sequence bigint NOT NULL,
      fault text NOT NULL,
      -- The checkpoint that the log no longer leads to; null where the log contradicts itself.
      note text,
      create_time timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE artel.audit_hold ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_hold FORCE ROW LEVEL SECURITY;
    CREATE POLICY sealer ON artel.audit_hold TO artel_sealer USING (true) WITH CHECK (true);
    GRANT SELECT, INSERT (held_tenant_id, xid, sequence, fault, note),
      UPDATE (xid, sequence, fault), DELETE ON artel.audit_hold TO artel_sealer;

    -- Since when, and from which size on, a log has another name: it was restored from a copy, and
    -- signs other roots of sizes that it has had before. The note is a checkpoint under the new name.
    CREATE TABLE artel.audit_epoch (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      epoch bigint NOT NULL CHECK (epoch > 0),
      tree_size bigint NOT NULL CHECK (tree_size >= 0),
      note text NOT NULL,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, epoch)
    );
    ALTER TABLE artel.audit_epoch ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_epoch FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.audit_epoch FOR SELECT TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY sealer_reads ON artel.audit_epoch FOR SELECT TO artel_sealer USING (true);
    CREATE POLICY sealer_adds ON artel.audit_epoch FOR INSERT TO artel_sealer WITH CHECK (true);
    GRANT SELECT ON artel.audit_epoch TO artel_app;
    GRANT SELECT, INSERT (tenant_id, epoch, tree_size, note) ON artel.audit_epoch TO artel_sealer;

    SELECT artel.close_rows();
    """
}
