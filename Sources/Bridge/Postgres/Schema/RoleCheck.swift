import Mutation

/// Proves at start that the wall between tenants stands: what the login role may not be, and what
/// every tenant table must have (S-D3, S-D4). A process that finds a problem must not serve.
public struct RoleCheck: Sendable {
  /// The schemas to look at.
  public var schemas: [String]
  /// Relations with a `tenant_id` that need no row-level security, as `schema.table`: a reviewed
  /// list.
  public var exceptions: Set<String>

  public init(schemas: [String] = ["public"], exceptions: Set<String> = []) {
    self.schemas = schemas
    self.exceptions = exceptions
  }

  /// - Throws: `RoleCheckFailure` with every problem found; `PostgresError` when the catalog cannot
  ///   be read.
  public func verify(
    _ pool: PostgresPool, deadline: ContinuousClock.Instant? = nil
  ) async throws {
    let schemas = Parameter.textArray(schemas)
    let excepted = Parameter.textArray(Array(exceptions))
    let answers = try await pool.read(
      [
        Statement(RoleCheckSQL.roles), Statement(RoleCheckSQL.owned, schemas),
        Statement(RoleCheckSQL.privileges, schemas, excepted),
        Statement(RoleCheckSQL.tables, schemas, excepted),
        Statement(RoleCheckSQL.policies, schemas, excepted),
        Statement(RoleCheckSQL.views, schemas, excepted),
      ], in: nil, deadline: deadline)
    var problems: [String] = []
    for (number, rows) in answers.enumerated() where !Self.passes(number) {
      for row in rows { problems.append(try row.text(0)) }
    }
    if !problems.isEmpty { throw RoleCheckFailure(problems: problems) }
  }

  /// Whether an answer, by its place above, is passed over.
  private static func passes(_ answer: Int) -> Bool {
    switch answer {
    case 0...2: Mutation.isOn(.passesStrongRoles)
    case 3...4: Mutation.isOn(.passesOpenTables)
    default: Mutation.isOn(.passesOwnersViews)
    }
  }
}

/// What a `RoleCheck` found.
public struct RoleCheckFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence each, naming roles and relations.
  public let problems: [String]

  public init(problems: [String]) { self.problems = problems }

  public var description: String {
    "the database does not keep tenants apart: " + problems.joined(separator: "; ")
  }
}

extension PostgresPool {
  /// Refuses to go on with a role that could pass the wall between tenants.
  public func verifyApplicationRole(
    schemas: [String] = ["public"], exceptions: Set<String> = [],
    deadline: ContinuousClock.Instant? = nil
  ) async throws {
    try await RoleCheck(schemas: schemas, exceptions: exceptions).verify(self, deadline: deadline)
  }
}
