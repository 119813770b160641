import GeneratedOperations
import Pipeline
import Postgres
import RPC
import Storage

/// Serves `artel.operations.v1.LimitService`.
struct LimitService: Artel_Operations_V1_LimitService.SimpleServiceProtocol {
  let database: TenantDatabase
  let baseDomain: BaseDomain

  func getUsage(
    request: Artel_Operations_V1_GetUsageRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_Usage {
    guard
      let usage = try await usages(context, only: request.name).first(where: {
        $0.name == request.name
      })
    else { throw Refusal.notFound }
    return usage
  }

  func listUsages(
    request: Artel_Operations_V1_ListUsagesRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ListUsagesResponse {
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: try context.caller,
      method: "ListUsages")
    let found = try await usages(context).filter { $0.name > page.after.first ?? "" }
    return .with {
      $0.usages = Array(found.prefix(page.limit))
      if found.count > page.limit, let last = $0.usages.last {
        $0.nextPageToken = page.nextToken([last.name])
      }
    }
  }

  /// In the order of their names. What is kept is counted row by row, so only where it is asked for.
  ///
  /// - Parameter name: the one that is wanted; nil for all.
  private func usages(
    _ context: ServerContext, only name: String? = nil
  ) async throws -> [Artel_Operations_V1_Usage] {
    let caller = try context.caller
    func wants(_ quota: String) -> Bool { name == nil || name == "usages/\(quota)" }
    let rows = try await database.query(
      Statement(
        """
        SELECT t.max_clients, t.max_members, t.max_daily_calls, t.max_daily_expensive_calls,
          CASE WHEN $2 THEN
            (SELECT count(*) FROM artel.tenant_client WHERE tenant_id = $1) ELSE 0 END,
          CASE WHEN $3 THEN
            (SELECT count(*) FROM artel.person WHERE tenant_id = $1) ELSE 0 END,
          coalesce(u.calls, 0), coalesce(u.expensive_calls, 0), coalesce(u.keyed_calls, 0),
          extract(epoch FROM today + 1)::bigint
        FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS today) AS clock
        JOIN artel.tenant AS t ON t.tenant_id = $1
        LEFT JOIN artel.quota_usage AS u ON u.tenant_id = $1 AND u.day = today
        """, .uuid(caller.tenant.id), .bool(wants("clients")), .bool(wants("members"))),
      as: caller, deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    func usage(
      _ name: String, used: Int, of limit: Int64, isDaily: Bool = false
    ) throws -> Artel_Operations_V1_Usage {
      let end = try row.int(9)
      return try .with {
        $0.name = "usages/\(name)"
        $0.used = Int64(try row.int(used))
        $0.limit = limit
        if isDaily { $0.resetTime = .init(seconds: Int64(end)) }
      }
    }
    return [
      try usage("clients", used: 4, of: Int64(try row.int(0))),
      try usage("daily-calls", used: 6, of: Int64(try row.int(2)), isDaily: true),
      try usage("daily-expensive-calls", used: 7, of: Int64(try row.int(3)), isDaily: true),
      try usage(
        "daily-keyed-calls", used: 8, of: TenantQuotas.dailyKeyedCalls, isDaily: true),
      try usage("members", used: 5, of: Int64(try row.int(1))),
    ]
  }
}
