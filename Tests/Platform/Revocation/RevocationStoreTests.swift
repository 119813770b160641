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
