extension PlatformMigrations {
  /// What every change writes beside its data. The application can add to both and change neither:
  /// times and transaction numbers are the database's own.
  static let journalTables = """
    CREATE TABLE artel.audit_entry (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      audit_entry_id uuid NOT NULL,
      actor text NOT NULL,
      action text NOT NULL,
      resource text NOT NULL,
      change text NOT NULL,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, audit_entry_id)
    );
    ALTER TABLE artel.audit_entry ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.audit_entry FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.audit_entry TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    GRANT SELECT, INSERT (tenant_id, audit_entry_id, actor, action, resource, change)
      ON artel.audit_entry TO artel_app;

    CREATE TABLE artel.outbox_event (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      outbox_event_id uuid NOT NULL,
      type text NOT NULL,
      resource text NOT NULL,
      payload jsonb NOT NULL DEFAULT '{}',
      xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
      sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, outbox_event_id)
    );
    -- The order in which events are handed out: see OutboxDispatcher.
    CREATE UNIQUE INDEX outbox_event_commit_order ON artel.outbox_event (xid, sequence);
    ALTER TABLE artel.outbox_event ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.outbox_event FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.outbox_event TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
    CREATE POLICY dispatcher_reads ON artel.outbox_event FOR SELECT TO artel_dispatcher
      USING (true);
    CREATE POLICY dispatcher_deletes ON artel.outbox_event FOR DELETE TO artel_dispatcher
      USING (true);
    GRANT INSERT (tenant_id, outbox_event_id, type, resource, payload)
      ON artel.outbox_event TO artel_app;
    GRANT SELECT, DELETE ON artel.outbox_event TO artel_dispatcher;
    """
}
