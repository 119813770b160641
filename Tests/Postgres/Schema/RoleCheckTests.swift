import Postgres
import TestSupport
import Testing

@Suite("The check of the application's role", .serialized)
struct RoleCheckTests {
  private func problems(
    _ database: TenantDatabase, exceptions: Set<String> = [],
    _ change: (inout PostgresConfiguration) -> Void = { _ in }
  ) async throws -> [String] {
    try await database.withPool(change) { pool in
      do {
        try await pool.verifyApplicationRole(exceptions: exceptions)
        return []
      } catch let failure as RoleCheckFailure {
        return failure.problems
      }
    }
  }

  @Test("passes a role that owns nothing and tables that are walled in", .covers("S-D3", "S-D4"))
  func passes() async throws {
    let database = try await TenantDatabase()
    #expect(try await problems(database) == [])
  }

  @Test("refuses a superuser", .covers("S-D4"))
  func superuser() async throws {
    let database = try await TenantDatabase()
    let found = try await problems(database) {
      $0.user = database.superuserConfiguration.user
      $0.password = database.superuserConfiguration.password
    }
    #expect(found.contains("role postgres is a superuser"))
    #expect(found.contains("role postgres bypasses row-level security"))
  }

  @Test(
    "refuses dangerous attributes, of the role itself or of one that it belongs to",
    .covers("S-D4"),
    arguments: [
      ("BYPASSRLS", "bypasses row-level security"), ("CREATEROLE", "may create roles"),
      ("REPLICATION", "may replicate"),
    ])
  func attributes(_ attribute: String, _ problem: String) async throws {
    let database = try await TenantDatabase()
    let parent = try await database.fixture.createRole("parent", attribute)
    try await database.fixture.sql(
      "GRANT \(parent.user) TO \(database.user); ALTER ROLE \(database.user) NOINHERIT")
    #expect(try await problems(database) == ["role \(parent.user) \(problem)"])
    try await database.fixture.sql(
      "REVOKE \(parent.user) FROM \(database.user); ALTER ROLE \(database.user) \(attribute)")
    #expect(try await problems(database) == ["role \(database.user) \(problem)"])
  }

  @Test("refuses a role that reaches the server's files or the owner's rights", .covers("S-D4"))
  func memberships() async throws {
    let database = try await TenantDatabase()
    let owner = try await database.fixture.createRole("owner")
    try await database.fixture.sql(
      """
      GRANT pg_execute_server_program TO \(database.user);
      GRANT \(owner.user) TO \(database.user);
      CREATE TABLE plain (id int);
      ALTER TABLE plain OWNER TO \(owner.user);
      """)
    #expect(
      try await problems(database) == [
        "role pg_execute_server_program reaches the server's files",
        "role \(owner.user) owns public.plain",
      ])
  }

  @Test("refuses ownership of a table or a schema", .covers("S-D4"))
  func ownership() async throws {
    let database = try await TenantDatabase()
    try await database.fixture.sql(
      """
      ALTER TABLE note OWNER TO \(database.user);
      ALTER SCHEMA public OWNER TO \(database.user);
      REVOKE TRUNCATE, REFERENCES, TRIGGER ON note FROM \(database.user);
      """)
    #expect(
      try await problems(database) == [
        "role \(database.user) owns public.note", "role \(database.user) owns schema public",
      ])
  }

  @Test(
    "refuses TRUNCATE, REFERENCES and TRIGGER on a tenant's table, from wherever they come",
    .covers("S-D4"))
  func privileges() async throws {
    let database = try await TenantDatabase()
    try await database.fixture.sql(
      """
      GRANT TRUNCATE, TRIGGER ON note TO \(database.user);
      GRANT REFERENCES (id) ON note TO PUBLIC;
      """)
    #expect(
      try await problems(database)
        == ["REFERENCES", "TRIGGER", "TRUNCATE"].map {
          "role \(database.user) has \($0) on public.note"
        })
  }

  @Test(
    "finds every hole in a tenant's table, unless it is on the list of exceptions",
    .covers("S-D3"))
  func tables() async throws {
    let database = try await TenantDatabase()
    try await database.fixture.sql(
      """
      CREATE TABLE bare (tenant_id uuid);
      CREATE TABLE unforced (tenant_id uuid);
      ALTER TABLE unforced ENABLE ROW LEVEL SECURITY;
      CREATE POLICY half ON unforced USING (tenant_id IS NULL);
      CREATE POLICY always ON unforced FOR SELECT USING (true);
      CREATE TABLE mine (tenant_id uuid, id int);
      CREATE TABLE shared (id int);
      """)
    #expect(
      try await problems(database, exceptions: ["public.mine"]) == [
        "public.bare does not force row-level security", "public.bare has no policy",
        "public.bare has row-level security switched off",
        "public.unforced does not force row-level security",
        "policy always on public.unforced is USING (true)",
        "policy half on public.unforced has no WITH CHECK",
      ])
  }

  @Test("leaves policies of other roles alone", .covers("S-D3"))
  func otherRoles() async throws {
    let database = try await TenantDatabase()
    let dispatcher = try await database.fixture.createRole("dispatcher")
    try await database.fixture.sql(
      "CREATE POLICY dispatch ON note FOR SELECT TO \(dispatcher.user) USING (true)")
    #expect(try await problems(database) == [])
  }

  @Test("refuses views that look with their owner's eyes", .covers("S-D7"))
  func views() async throws {
    let database = try await TenantDatabase()
    try await database.fixture.sql(
      """
      CREATE VIEW careful WITH (security_invoker = true) AS SELECT * FROM note;
      CREATE VIEW careless AS SELECT * FROM note;
      CREATE MATERIALIZED VIEW copy AS SELECT * FROM note;
      """)
    #expect(
      try await problems(database) == [
        "public.careless is a view without security_invoker",
        "public.copy is a materialized view with a tenant",
      ])
  }

  @Test("says all of it in its description")
  func description() {
    let failure = RoleCheckFailure(problems: ["one", "two"])
    #expect("\(failure)" == "the database does not keep tenants apart: one; two")
  }
}
