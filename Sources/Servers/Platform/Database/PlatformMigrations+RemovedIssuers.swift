extension PlatformMigrations {
  /// An operator takes an outside issuer away in the scope of its tenant, as it was added.
  static let removedIssuers = """
    GRANT DELETE ON artel.tenant_issuer TO artel_app;
    """
}
