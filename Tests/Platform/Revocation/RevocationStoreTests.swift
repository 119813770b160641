import Postgres
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The store of revocations")
struct RevocationStoreTests {
  private func refusal(_ statement: Statement, _ pool: PostgresPool, _ scope: TenantScope?) async
    -> String?
  {
    let error = await #expect(throws: PostgresError.self) {
      _ = try await pool.query(statement, in: scope)
    }
    return error?.sqlState
  }

  @Test("takes no revocation back, and none of another tenant", .covers("S-C24", "S-D6"))
  func appendOnly() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      try await fixture.administration.revoke(.token(id: "jti"), in: alpha)
      for statement in [
        Statement("DELETE FROM artel.revocation"), Statement("TRUNCATE artel.revocation"),
        Statement("UPDATE artel.revocation SET expire_time = now()"),
        Statement(
          """
          INSERT INTO artel.revocation
            (tenant_id, revocation_id, kind, id, expire_time, not_before)
          VALUES ($1, $1, 'CLIENT', 'x', now(), '2001-01-01')
          """, .uuid(alpha.id)),
      ] {
        #expect(await refusal(statement, fixture.app, alpha.scope) == "42501")
      }
      let foreign = Statement(
        """
        INSERT INTO artel.revocation (tenant_id, revocation_id, kind, id, expire_time)
        VALUES ($1, $1, 'CLIENT', 'x', now())
        """, .uuid(alpha.id))
      #expect(await refusal(foreign, fixture.app, beta.scope) == "42501")
      let all = Statement("SELECT id FROM artel.revocation")
      #expect(try await fixture.app.query(all, in: beta.scope).isEmpty)
      #expect(try await fixture.app.query(all, in: nil).isEmpty)
      #expect(try await fixture.app.query(all, in: alpha.scope).count == 1)
      let write = Statement("DELETE FROM artel.revocation WHERE kind = 'TOKEN'")
      #expect(
        ["42501", "25006"].contains(await refusal(write, fixture.directoryPool, nil)))
    }
  }

  @Test("lets nothing be deleted before it has ended, whoever deletes")
  func deletion() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      for id in ["lives", "ended"] {
        try await fixture.administration.revoke(.token(id: id), in: alpha)
      }
      _ = try await fixture.database.sql(
        "UPDATE artel.revocation SET expire_time = now() - interval '1 s' WHERE id = 'ended'")
      #expect(
        try await fixture.dispatcherPool.execute(
          Statement("DELETE FROM artel.revocation"), in: nil) == 1)
      #expect(try await fixture.database.sql("SELECT id FROM artel.revocation") == "lives")
      _ = try await fixture.database.sql(
        "UPDATE artel.revocation SET expire_time = now() - interval '1 s'")
      let ended = EndedRows(pool: fixture.dispatcherPool, logger: .silent)
      #expect(try await ended.delete() == 1)
      #expect(try await ended.delete() == 0)
    }
  }

  @Test("deletes all that has ended of each table, whatever holds up another", .covers("S-G7"))
  func heldUp() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      try await fixture.database.sql(
        """
        INSERT INTO artel.idempotency_key
          (tenant_id, key_hash, subject, fingerprint, sealed_answer, expire_time)
        SELECT '\(tenant.id)', sha256(n::text::bytea), 'a', sha256(''), '', now() - interval '1 s'
        FROM generate_series(1, 2500) AS n
        """)
      let ended = EndedRows(pool: fixture.dispatcherPool, logger: .silent)
      let broken = Statement("DELETE FROM artel.tenant WHERE $1 > 0", .int(1))
      #expect(try await ended.delete([broken] + EndedRows.statements + [broken]) == 2500)
      #expect(try await fixture.database.sql("SELECT count(*) FROM artel.idempotency_key") == "0")
    }
  }

  @Test("keeps sign-ins, invitations and where people were until they have ended")
  func signIns() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      _ = try await desk.person()
      for _ in 0..<2 { _ = try await desk.begin() }
      _ = try await desk.create("new@example.org")
      _ = try await desk.create("late@example.org")
      _ = try await fixture.database.sql(
        """
        INSERT INTO artel.person_address (tenant_id, person_id, address_index, sign_in_time)
        SELECT tenant_id, person_id, decode(repeat('00', 16), 'hex'), now() - interval '91 days' FROM artel.person_address;
        UPDATE artel.sign_in SET expire_time = now() - interval '1 s' WHERE sign_in_hash =
          (SELECT sign_in_hash FROM artel.sign_in WHERE state <> 'COMPLETE' LIMIT 1);
        UPDATE artel.invitation SET expire_time = now() - interval '1 s' WHERE invitation_hash =
          (SELECT invitation_hash FROM artel.invitation LIMIT 1);
        """)
      func counts() async throws -> String {
        try await fixture.database.sql(
          """
          SELECT (SELECT count(*) FROM artel.sign_in), (SELECT count(*) FROM artel.invitation),
            (SELECT count(*) FROM artel.person_address)
          """)
      }
      let before = try await counts()
      let ended = EndedRows(pool: fixture.dispatcherPool, logger: .silent)
      #expect(try await ended.delete() == 1)
      #expect(try await ended.delete() == 0)
      #expect(before == "3|2|2")
      #expect(try await counts() == "2|1|1")
      // And not a row more, whatever it asks for.
      for statement in [
        Statement("DELETE FROM artel.sign_in"), Statement("DELETE FROM artel.invitation"),
        Statement("DELETE FROM artel.person_address"),
      ] { #expect(try await fixture.dispatcherPool.execute(statement, in: nil) == 0) }
    }
  }

  @Test("keeps certificates and codes until long behind their end, and those of others")
  func certificates() async throws {
    try await PlatformFixture.with { fixture in
      let ended = EndedRows(pool: fixture.dispatcherPool, logger: .silent)
      for name in ["alpha", "beta"] {
        let tenant = try await fixture.tenant(name)
        _ = try await fixture.administration.createClient(
          "\(name)-partner", kind: .partner, scopes: [], in: tenant)
        for _ in 0..<3 {
          _ = try await fixture.administration.issueClientCertificate(
            for: "\(name)-partner", in: tenant)
        }
        _ = try await fixture.database.sql(
          """
          INSERT INTO artel.tenant_enrollment_code
            (tenant_id, code_hash, client_id, expire_time)
          SELECT '\(tenant.id)', sha256(n::text::bytea), '\(name)-partner', now()
          FROM generate_series(1, 3) AS n
          """)
      }
      func counts() async throws -> String {
        try await fixture.database.sql(
          """
          SELECT string_agg(t.name || (SELECT count(*) FROM artel.tenant_certificate AS c
              WHERE c.tenant_id = t.tenant_id)
            || (SELECT count(*) FROM artel.tenant_enrollment_code AS c
              WHERE c.tenant_id = t.tenant_id), ' ' ORDER BY t.name)
          FROM artel.tenant AS t
          """)
      }
      // Expired, but not for long: the revocation lists may still name them.
      _ = try await fixture.database.sql(
        """
        UPDATE artel.tenant_certificate SET not_after = now() - interval '29 days';
        UPDATE artel.tenant_enrollment_code SET expire_time = now() - interval '23 hours'
        """)
      #expect(try await ended.delete() == 0)
      #expect(try await counts() == "alpha33 beta33")
      // The role can delete nothing else, whoever asks for it.
      #expect(
        try await fixture.dispatcherPool.execute(
          Statement("DELETE FROM artel.tenant_certificate"), in: nil) == 0)
      #expect(
        try await fixture.dispatcherPool.execute(
          Statement("DELETE FROM artel.tenant_enrollment_code"), in: nil) == 0)
      _ = try await fixture.database.sql(
        """
        UPDATE artel.tenant_certificate AS c SET not_after = now() - interval '31 days'
        FROM artel.tenant AS t WHERE t.tenant_id = c.tenant_id AND t.name = 'alpha';
        UPDATE artel.tenant_enrollment_code AS c SET expire_time = now() - interval '25 hours'
        FROM artel.tenant AS t WHERE t.tenant_id = c.tenant_id AND t.name = 'beta'
        """)
      #expect(try await ended.delete() == 3)
      #expect(try await ended.delete() == 0)
      #expect(try await counts() == "alpha03 beta30")
    }
  }

  @Test("says so where a subject of the tenant's own issuer is nobody's, and ends nothing")
  func nobody() async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      let alpha = try await fixture.tenant("alpha")
      let (beta, _) = try await administration.createTenant(
        name: "beta", displayName: "B", kind: .store, cell: "main",
        administrator: "boss@example.org")
      let person = try await fixture.database.sql("SELECT person_id FROM artel.person")
      let before = try await fixture.audit(alpha)
      for name in [
        "artel:\(person)", "artel:\(TenantIdentifier.nobody)", "artel:ana", "artel:", "artel:a-b",
      ] {
        let error = await #expect(throws: AdministrationError.self) {
          try await administration.revoke(.subject(name), in: alpha)
        }
        #expect(error?.code == .notFound)
      }
      #expect(try await fixture.audit(alpha) == before)
      // However the identifier is written; what an operator made a token for; another issuer's.
      try await administration.revoke(.subject("artel:\(person.uppercased())"), in: beta)
      _ = try await administration.mintUserToken(PersonGrant(subject: "Anna"), in: alpha)
      try await administration.revoke(.subject("artel:Anna"), in: alpha)
      try await administration.revoke(.subject("keycloak:Anna"), in: alpha)
      #expect(
        try await fixture.database.sql("SELECT id FROM artel.revocation ORDER BY id COLLATE \"C\"")
          == "artel:\(person)\nartel:Anna\nkeycloak:Anna".split(separator: "\n").sorted()
          .joined(separator: "\n"))
    }
  }

  @Test("refuses names that are none")
  func names() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      for name in ["", " ", "a b", String(repeating: "x", count: 401)] {
        let error = await #expect(throws: AdministrationError.self) {
          try await fixture.administration.revoke(.subject(name), in: alpha)
        }
        #expect(error?.code == .invalid)
      }
    }
  }
}
