import Postgres
import TestSupport

/// A database with one tenant table behind row-level security, and the application's role.
struct TenantDatabase {
  static let first = TenantScope(tenantID: "11111111-1111-4111-8111-111111111111", actor: "ann")
  static let second = TenantScope(tenantID: "22222222-2222-4222-8222-222222222222", actor: "bob")

  let fixture: DatabaseFixture
  let user: String
  let password: String

  /// Makes the database on the shared cluster, or on one of the test's own.
  init(on cluster: PostgresCluster? = nil) async throws {
    let cluster = if let cluster { cluster } else { try await PostgresCluster.shared() }
    fixture = try await cluster.createDatabase()
    (user, password) = try await fixture.createRole("app")
    try await fixture.sql(
      """
      CREATE TABLE note (
        tenant_id uuid NOT NULL,
        id bigint NOT NULL,
        body text NOT NULL CHECK (body <> ''),
        author text NOT NULL DEFAULT current_setting('artel.actor', true),
        PRIMARY KEY (tenant_id, id)
      );
      ALTER TABLE note ENABLE ROW LEVEL SECURITY;
      ALTER TABLE note FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON note
        USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid))
        WITH CHECK (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid));
      GRANT SELECT, INSERT, UPDATE, DELETE ON note TO \(user);
      """)
  }

  var configuration: PostgresConfiguration {
    PostgresConfiguration(
      host: fixture.cluster.socketDirectory, port: fixture.cluster.port, database: fixture.name,
      user: user, password: password)
  }

  var superuserConfiguration: PostgresConfiguration {
    PostgresConfiguration(
      host: fixture.cluster.socketDirectory, port: fixture.cluster.port, database: fixture.name,
      user: fixture.cluster.superuser, password: fixture.cluster.superuserPassword)
  }

  /// A pool of the application's role, shut down after `body`.
  func withPool<Result: Sendable>(
    _ change: (inout PostgresConfiguration) -> Void = { _ in },
    _ body: (PostgresPool) async throws -> Result
  ) async throws -> Result {
    var configuration = configuration
    change(&configuration)
    let pool = PostgresPool(configuration, logger: .silent)
    do {
      let result = try await body(pool)
      await pool.shutdown(grace: .seconds(5))
      return result
    } catch {
      await pool.shutdown(grace: .zero)
      throw error
    }
  }
}

extension Statement {
  static func insert(_ scope: TenantScope, _ id: Int, _ body: String) -> Statement {
    Statement(
      "INSERT INTO note (tenant_id, id, body) VALUES ($1, $2, $3)",
      .uuid(scope.tenantID), .int(id), .text(body))
  }

  static let bodies = Statement("SELECT body FROM note ORDER BY id")
  static let count = Statement("SELECT count(*) FROM note")
}
