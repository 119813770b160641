extension PlatformMigrations {
  /// The next messages of each tenant are found without reading those of the others.
  static let messageTurns = """
    DROP INDEX artel.message_next;
    CREATE INDEX message_turn ON artel.message (kind, tenant_id, next_time);
    """
}
