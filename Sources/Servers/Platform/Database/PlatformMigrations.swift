import Mutation
public import Postgres

/// The tables that every domain stands on: tenants with their issuers, clients and keys, the audit
/// and the outbox.
public enum PlatformMigrations {
  /// Versions 1 and 10 to 99; the domains' migrations stand between.
  public static let all: [Migration] = [
    Migration(
      version: 1, name: "platform",
      sql: directoryTables + keyTables + journalTables
        + (Mutation.isOn(.sharesIssuers)
          ? "ALTER TABLE artel.tenant_issuer DROP CONSTRAINT tenant_issuer_issuer_key;" : "")),
    Migration(version: 10, name: "revocation", sql: revocationTables),
    Migration(version: 11, name: "client authentication", sql: clientAuthenticationTables),
    Migration(version: 12, name: "grants", sql: grantTables),
    Migration(version: 13, name: "key rotation", sql: keyRotation),
    Migration(version: 20, name: "certificates", sql: certificateTables),
    Migration(version: 30, name: "tenancy", sql: tenancy),
    Migration(version: 31, name: "erasure", sql: erasure),
    Migration(version: 40, name: "people", sql: peopleTables),
    Migration(version: 41, name: "passkeys", sql: passkeyTables),
    Migration(version: 42, name: "sessions", sql: sessionTables),
    Migration(version: 43, name: "consents", sql: consentTables),
    Migration(version: 46, name: "grant epochs", sql: grantEpochs),
    Migration(version: 50, name: "rows", sql: rows),
    Migration(version: 52, name: "late rows", sql: lateRows),
    Migration(version: 53, name: "archives", sql: archives),
    Migration(version: 55, name: "ended certificates", sql: endedCertificates),
    Migration(version: 56, name: "removed issuers", sql: removedIssuers),
    Migration(version: 57, name: "ended sign-ins", sql: endedSignIns),
    Migration(version: 58, name: "codes", sql: codes),
    Migration(version: 61, name: "audit entries", sql: auditEntries),
    Migration(version: 62, name: "audit logs", sql: auditLogs),
    Migration(version: 63, name: "platform audit", sql: platformAudit),
    Migration(version: 66, name: "sealed columns", sql: sealedColumns),
    Migration(version: 67, name: "plain columns gone", sql: plainColumnsGone),
    Migration(version: 68, name: "privacy", sql: privacy),
    Migration(version: 71, name: "idempotency", sql: idempotency),
    Migration(version: 72, name: "quotas", sql: quotas),
    Migration(version: 79, name: "audit kinds", sql: auditKinds),
    Migration(version: 81, name: "audit holds", sql: auditHolds),
    Migration(version: 82, name: "audit upkeep", sql: auditUpkeep),
    Migration(version: 83, name: "sealing keys", sql: sealingKeys),
    Migration(version: 85, name: "forgetting", sql: forgetting),
    Migration(version: 86, name: "audit origins", sql: auditOrigins),
    Migration(version: 88, name: "message turns", sql: messageTurns),
    Migration(version: 92, name: "quota meters", sql: quotaMeters),
    Migration(version: 93, name: "begun erasures", sql: begunErasures),
    Migration(version: 94, name: "subject pages", sql: subjectPages),
    Migration(version: 95, name: "audit thinning", sql: auditThinning),
    Migration(version: 99, name: "client errors", sql: clientErrors),
  ]
}
