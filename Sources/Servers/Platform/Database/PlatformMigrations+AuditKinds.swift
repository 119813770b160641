extension PlatformMigrations {
  /// Two more kinds of audit entries: how a stream began, and refused calls that are summed up.
  static let auditKinds = """
    ALTER TABLE artel.audit_entry DROP CONSTRAINT audit_entry_kind_check;
    ALTER TABLE artel.audit_entry ADD CONSTRAINT audit_entry_kind_check
      CHECK (kind IN ('CHANGE', 'CALL', 'LOSS', 'BEGINNING', 'REFUSALS'));
    """
}
