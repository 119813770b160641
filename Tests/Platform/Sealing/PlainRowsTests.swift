import LibCrypto
import Postgres
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("Rows that were in clear")
struct PlainRowsTests {
  @Test("are sealed between two migrations, and their columns go", .covers("A10"))
  func upgrade() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      // As an older program had left it.
      let (ann, key) = (UUIDv7.make(), UUIDv7.make())
      _ = try await fixture.database.sql(
        """
        ALTER TABLE artel.person ADD login text, ADD display_name text,
          ALTER sealed_login DROP NOT NULL, ALTER login_index DROP NOT NULL,
          ALTER sealed_display_name DROP NOT NULL;
        ALTER TABLE artel.passkey ADD display_name text,
          ALTER sealed_display_name DROP NOT NULL;
        GRANT UPDATE (login, display_name) ON artel.person TO artel_app;
        GRANT UPDATE (display_name) ON artel.passkey TO artel_app;
        INSERT INTO artel.person (tenant_id, person_id, login, display_name, administrator)
          SELECT '\(tenant.id)', gen_random_uuid(), 'p' || n || '@example.org', 'P', false
          FROM generate_series(1, 250) AS n;
        INSERT INTO artel.person (tenant_id, person_id, login, display_name, administrator)
          VALUES ('\(tenant.id)', '\(ann)', 'ann@example.org', 'Ann', false);
        INSERT INTO artel.passkey (tenant_id, passkey_id, person_id, credential_id, algorithm,
            public_key, sign_count, backup_eligible, backed_up, display_name)
          VALUES ('\(tenant.id)', '\(key)', '\(ann)', '\\x01', -7, '\\x01', 0, false, false, 'Phone');
        """)
      let rows = PlainRows(database: fixture.tenants, directory: fixture.directoryPool)
      #expect(try await rows.seal() == 252)
      #expect(try await rows.seal() == 0)
      try await fixture.database.sql(PlatformMigrations.plainColumnsGone)
      let actor = Actor(tenantID: tenant.id, service: "test")
      let found = try await fixture.tenants.query(
        PersonStatements.person(ann), as: actor, deadline: nil)
      let person = try await PersonRow.read(found, in: tenant.id, fixture.vault)[0].message
      #expect(person.login == "ann@example.org")
      #expect(person.displayName == "Ann")
      let keys = try await fixture.tenants.query(
        PasskeyRow.all(of: ann), as: actor, deadline: nil)
      let passkeys = try await PasskeyRow.messages(keys, in: tenant.id, fixture.vault)
      #expect(passkeys.map(\.displayName) == ["Phone"])
      let clear = try await fixture.database.sql(
        "SELECT count(*) FROM artel.person AS p WHERE p::text ~ 'example|Ann'")
      #expect(clear == "0")
    }
  }
}
