import Postgres
import TestSupport
import Testing

@testable import Platform

@Suite("The login roles")
struct RolesTests {
  @Test("are what roles.sql says, also when it runs again", .covers("S-D4"))
  func attributes() async throws {
    try await PlatformFixture.with { fixture in
      try await fixture.remakeRoles()
      let roles = try await fixture.database.sql(
        """
        SELECT rolname || ' ' || concat_ws(',',
          CASE WHEN rolsuper THEN 'super' END, CASE WHEN rolcreatedb THEN 'createdb' END,
          CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolinherit THEN 'inherit' END,
          CASE WHEN rolreplication THEN 'replication' END,
          CASE WHEN rolbypassrls THEN 'bypassrls' END, CASE WHEN rolcanlogin THEN 'login' END)
        FROM pg_roles WHERE rolname LIKE 'artel\\_%' ORDER BY 1
        """)
      #expect(
        roles == """
          artel_app login
          artel_backup bypassrls,login
          artel_directory login
          artel_dispatcher login
          artel_keys login
          artel_owner login
          artel_sealer login
          """)
    }
  }

  @Test("are members of nothing, and nobody is a member of them", .covers("S-D4"))
  func memberships() async throws {
    try await PlatformFixture.with { fixture in
      let count = try await fixture.database.sql(
        """
        SELECT count(*) FROM pg_auth_members AS m
        JOIN pg_roles AS r ON r.oid IN (m.roleid, m.member) WHERE r.rolname LIKE 'artel\\_%'
        """)
      #expect(count == "0")
    }
  }

  @Test(
    "make no objects and no temporary tables",
    arguments: ["app", "directory", "dispatcher", "sealer", "backup"])
  func creation(role: String) async throws {
    try await PlatformFixture.with { fixture in
      let pool = fixture.pool(role)
      for statement in [
        Statement("CREATE TABLE artel.mine (a int)"), Statement("CREATE TABLE public.mine (a int)"),
        Statement("CREATE TEMPORARY TABLE mine (a int)"), Statement("CREATE SCHEMA mine"),
      ] {
        let error = await #expect(throws: PostgresError.self) {
          _ = try await pool.query(statement, in: nil)
        }
        // A read-only session says 25006 before it looks at privileges.
        #expect(["42501", "25006"].contains(error?.sqlState))
      }
    }
  }

  @Test("see nothing of the database where they are nobody in particular", .covers("S-D4"))
  func publicPrivileges() async throws {
    try await PlatformFixture.with { fixture in
      let privileges = try await fixture.database.sql(
        """
        SELECT has_database_privilege('public', current_database(), 'CONNECT'),
          has_database_privilege('public', current_database(), 'TEMPORARY'),
          has_schema_privilege('public', 'public', 'USAGE'),
          has_schema_privilege('public', 'artel', 'USAGE')
        """)
      #expect(privileges == "f|f|f|f")
      let granted = try await fixture.database.sql(
        """
        SELECT count(*) FROM information_schema.table_privileges
        WHERE table_schema = 'artel' AND grantee = 'PUBLIC'
        """)
      #expect(granted == "0")
    }
  }

  @Test("let a backup read every row, and nothing but read", .covers("S-D8"))
  func backup() async throws {
    try await PlatformFixture.with { fixture in
      _ = try await fixture.tenant("alpha")
      _ = try await fixture.tenant("beta")
      let pool = fixture.pool("backup")
      let rows = try await pool.query(
        Statement("SELECT name FROM artel.tenant ORDER BY name"), in: nil)
      #expect(try rows.map { try $0.text(0) } == ["alpha", "beta"])
      let error = await #expect(throws: PostgresError.self) {
        _ = try await pool.query(Statement("DELETE FROM artel.tenant"), in: nil)
      }
      #expect(["42501", "25006"].contains(error?.sqlState))
    }
  }
}
