extension PlatformMigrations {
  /// What doors and jobs may do with certificates besides. What expired long ago is deleted by the dispatcher's role, and nothing before: a certificate
  /// thirty days behind its end, when no revocation list names it any more and its audit entry says
  /// the rest; a code a day behind its end.
  static let endedCertificates = """
    CREATE INDEX tenant_certificate_ended ON artel.tenant_certificate (not_after);
    CREATE POLICY dispatcher_sees_ended ON artel.tenant_certificate FOR SELECT
      TO artel_dispatcher USING (not_after < now() - interval '30 days');
    CREATE POLICY dispatcher_deletes_ended ON artel.tenant_certificate FOR DELETE
      TO artel_dispatcher USING (not_after < now() - interval '30 days');
    GRANT SELECT (tenant_id, thumbprint, not_after), DELETE
      ON artel.tenant_certificate TO artel_dispatcher;

    CREATE INDEX tenant_enrollment_code_ended ON artel.tenant_enrollment_code (expire_time);
    CREATE POLICY dispatcher_sees_ended ON artel.tenant_enrollment_code FOR SELECT
      TO artel_dispatcher USING (expire_time < now() - interval '1 day');
    CREATE POLICY dispatcher_deletes_ended ON artel.tenant_enrollment_code FOR DELETE
      TO artel_dispatcher USING (expire_time < now() - interval '1 day');
    GRANT SELECT (tenant_id, code_hash, expire_time), DELETE
      ON artel.tenant_enrollment_code TO artel_dispatcher;

    -- The doors take the certificates that clients have registered without an authority.
    GRANT SELECT (auth_method, certificate_thumbprints) ON artel.tenant_client TO artel_directory;
    """
}
