extension ResidentialMigrations {
  /// How each partner writes messages.
  static let partnerFormats = """
    ALTER TABLE artel.partner
      ADD COLUMN format text NOT NULL DEFAULT 'JSON' CHECK (format IN ('JSON', 'XML'));
    GRANT INSERT (format) ON artel.partner TO artel_app;
    """
}
