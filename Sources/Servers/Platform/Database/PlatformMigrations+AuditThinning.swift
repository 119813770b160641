extension PlatformMigrations {
  /// So that a log is not signed for ever once a second: of what is older than a week one checkpoint an
  /// hour is left, the last. What a log was is in its leaves and nodes, and is proved by them; the
  /// newest checkpoint is never the one that goes.
  static let auditThinning = """
    CREATE INDEX audit_checkpoint_by_time ON artel.audit_checkpoint (create_time);

    -- Whether the checkpoint behind one was signed in the same hour.
    CREATE FUNCTION artel.has_later_checkpoint(tenant uuid, size bigint, signed timestamptz)
    RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
      SELECT coalesce((
        SELECT date_bin('1 hour', c.create_time, 'epoch') = date_bin('1 hour', signed, 'epoch')
        FROM artel.audit_checkpoint AS c
        WHERE c.tenant_id = tenant AND c.tree_size > size ORDER BY c.tree_size LIMIT 1), false)
    $$;

    CREATE POLICY dispatcher_reads ON artel.audit_checkpoint FOR SELECT TO artel_dispatcher
      USING (true);
    CREATE POLICY dispatcher_deletes ON artel.audit_checkpoint FOR DELETE TO artel_dispatcher
      USING (create_time < now() - interval '7 days');
    GRANT SELECT (tenant_id, tree_size, create_time), DELETE
      ON artel.audit_checkpoint TO artel_dispatcher;

    -- A policy cannot ask for other rows of its own table. VOLATILE, so that it sees which rows its
    -- statement has deleted before.
    CREATE FUNCTION artel.keep_last_checkpoint() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
    BEGIN
      IF current_user = 'artel_dispatcher' AND NOT coalesce((
        SELECT date_bin('1 hour', c.create_time, 'epoch')
          = date_bin('1 hour', OLD.create_time, 'epoch')
        FROM artel.audit_checkpoint AS c
        WHERE c.tenant_id = OLD.tenant_id AND c.tree_size > OLD.tree_size
        ORDER BY c.tree_size LIMIT 1), false)
      THEN
        RAISE EXCEPTION 'the last checkpoint of an hour stays' USING ERRCODE = '42501';
      END IF;
      RETURN OLD;
    END
    $$;
    CREATE TRIGGER keep_last_checkpoint BEFORE DELETE ON artel.audit_checkpoint
      FOR EACH ROW EXECUTE FUNCTION artel.keep_last_checkpoint();
    GRANT EXECUTE ON FUNCTION artel.has_later_checkpoint(uuid, bigint, timestamptz)
      TO artel_dispatcher;
    """
}
