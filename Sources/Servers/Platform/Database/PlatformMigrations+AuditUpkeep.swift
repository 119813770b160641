extension PlatformMigrations {
  /// So that no filter of the audit walks a whole log, and nobody's calls are not kept for ever.
  static let auditUpkeep = """
    CREATE INDEX audit_entry_by_action ON artel.audit_entry (tenant_id, action, audit_entry_id);
    CREATE INDEX audit_entry_by_code ON artel.audit_entry (tenant_id, code, audit_entry_id)
      WHERE code <> 'OK' AND code <> '';

    CREATE INDEX platform_audit_entry_by_time ON artel.platform_audit_entry (create_time);
    CREATE POLICY dispatcher_reads ON artel.platform_audit_entry FOR SELECT TO artel_dispatcher
      USING (create_time < now() - interval '90 days');
    CREATE POLICY dispatcher_deletes ON artel.platform_audit_entry FOR DELETE TO artel_dispatcher
      USING (create_time < now() - interval '90 days');
    GRANT SELECT (platform_audit_entry_id, create_time), DELETE
      ON artel.platform_audit_entry TO artel_dispatcher;
    """
}
