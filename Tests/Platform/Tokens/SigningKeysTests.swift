import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The keys of tokens")
struct SigningKeysTests {
  @Test("hands out nothing that the audit does not know", .covers("S-H8"))
  func auditFirst() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      try await fixture.database.sql("REVOKE INSERT ON artel.audit_entry FROM artel_app")
      try await fixture.database.sql(
        """
        REVOKE INSERT (tenant_id, audit_entry_id, actor, action, resource, change)
        ON artel.audit_entry FROM artel_app
        """)
      let error = await #expect(throws: PostgresError.self) {
        _ = try await TokenEndpoint(fixture).token("intercom", client.secret)
      }
      #expect(error?.code == .insufficientPrivilege)
    }
  }

  @Test(
    "signs with no key that another place or another key encryption key sealed",
    .covers("S-H1"))
  func sealedKeys() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      // A row moved between tenants by someone with the superuser's hands.
      try await fixture.database.sql(
        """
        UPDATE artel.tenant_signing_key SET sealed_private_key = (
          SELECT sealed_private_key FROM artel.tenant_signing_key WHERE tenant_id = '\(alpha.id)')
        WHERE tenant_id = '\(beta.id)'
        """)
      let keys = SigningKeys(database: fixture.tenants, vault: fixture.vault)
      _ = try await keys.key(tenantID: alpha.id)
      await #expect(throws: VaultError.unknownKey) { try await keys.key(tenantID: beta.id) }
      let strange = SigningKeys(
        database: fixture.tenants,
        vault: TenantVault(
          store: fixture.keyStore,
          encryption: FileKeyEncryption(KeyEncryptionKey(.generate()))))
      let unknown = await #expect(throws: CryptoError.self) {
        try await strange.key(tenantID: alpha.id)
      }
      #expect(unknown?.code == .unknownKey)
      await expectRefusal(.failedPrecondition, "SIGNING_KEY_MISSING") {
        _ = try await keys.key(tenantID: TenantIdentifier.nobody)
      }
    }
  }
}
