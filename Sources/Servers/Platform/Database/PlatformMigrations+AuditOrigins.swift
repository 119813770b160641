extension PlatformMigrations {
  /// Who did what and from where, where it tells of a person: sealed for that person. Entries of before
  /// have it in clear, and stay as they are. `AuditEntry` reads these columns as the last ones.
  static let auditOrigins = """
    ALTER TABLE artel.audit_entry
      -- SHA-256 of what is sealed, with its salt.
      ADD COLUMN origin_digest bytea NOT NULL DEFAULT ''
        CHECK (octet_length(origin_digest) IN (0, 32)),
      -- A keyed hash of the person who did it; empty where it was somebody else.
      ADD COLUMN actor_index bytea NOT NULL DEFAULT ''
        CHECK (octet_length(actor_index) IN (0, 16)),
      ADD COLUMN sealed_origin bytea NOT NULL DEFAULT '',
      ADD CHECK (octet_length(actor_index) = 0 OR actor = '' AND octet_length(origin_digest) = 32);
    CREATE INDEX audit_entry_by_actor_index
      ON artel.audit_entry (tenant_id, actor_index, audit_entry_id)
      WHERE octet_length(actor_index) = 16;
    GRANT INSERT (origin_digest, actor_index, sealed_origin) ON artel.audit_entry TO artel_app;
    """
}
