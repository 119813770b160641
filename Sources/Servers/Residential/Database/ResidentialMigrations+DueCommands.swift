extension ResidentialMigrations {
  /// Recovery asks for all tenants at once which of them have a command that nobody takes care of;
  /// what the command is, it reads in the tenant's own scope.
  static let dueCommands = """
    CREATE POLICY dispatcher_sees_due ON artel.command FOR SELECT TO artel_dispatcher
      USING (state IN ('SENT', 'ACKNOWLEDGED') AND lease_until <= now());
    GRANT SELECT (tenant_id, state, lease_until) ON artel.command TO artel_dispatcher;
    """
}
