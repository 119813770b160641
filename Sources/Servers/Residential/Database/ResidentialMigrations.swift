import Mutation
public import Postgres

/// The tables of residential complexes. They follow the platform's.
public enum ResidentialMigrations {
  /// Versions 2, 51, 60, 75, 84 and 89.
  public static let all: [Migration] = [
    Migration(
      version: 2, name: "residential",
      sql: directoryTables + membershipTables + commandTable + accessEventTable),
    Migration(version: 51, name: "residential rows", sql: rows),
    Migration(version: 60, name: "due commands", sql: dueCommands),
    Migration(version: 75, name: "partner formats", sql: partnerFormats),
    Migration(version: 84, name: "resealed secrets", sql: resealedSecrets),
    Migration(version: 89, name: "partner authentication", sql: partnerAuthentication),
  ]

  /// A rotation of the tenant's key seals partners' secrets anew.
  static let resealedSecrets =
    "GRANT UPDATE (client_secret) ON artel.partner TO artel_app;"

  /// Row-level security as every table has it: the application sees the rows of the tenant that
  /// the transaction names, and none where it names none.
  static func tenantWall(_ table: String) -> String {
    """
    ALTER TABLE artel.\(table) ENABLE ROW LEVEL SECURITY;
    ALTER TABLE artel.\(table) FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_own_tenant ON artel.\(table) TO artel_app
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
      WITH CHECK (\(Mutation.isOn(.writesForOthers) ? "true" : ownTenant));\(sharedIdentifier(table))

    """
  }

  private static let ownTenant =
    "tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid)"

  private static func sharedIdentifier(_ table: String) -> String {
    Mutation.isOn(.sharesIdentifiers) && table == "property"
      ? "CREATE UNIQUE INDEX ON artel.property (property_id);" : ""
  }

  /// The check of an identifier that callers choose: `STRING_FORMAT_DNS_LABEL`.
  static let label = "~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'"
}
