public import Pipeline
public import Postgres

/// Keeps what tenants have used of their quotas in the database: of all tenants at once, by the
/// dispatcher's role.
public struct StoredQuotas: QuotaStore {
  /// How long a batch may take. A store that hangs holds up the end of the process no longer.
  private static let patience: Duration = .seconds(5)

  private let pool: PostgresPool

  /// Takes the pool of the role `artel_dispatcher`.
  public init(pool: PostgresPool) { self.pool = pool }

  public func add(_ batch: QuotaBatch) async throws -> [QuotaUse] {
    let uses = batch.uses
    let rows = try await pool.query(
      Statement(
        """
        WITH told AS (
          INSERT INTO artel.quota_meter AS m (meter_id, sequence) VALUES ($1, $2)
          ON CONFLICT (meter_id) DO UPDATE
            SET sequence = excluded.sequence, update_time = now()
            WHERE m.sequence < excluded.sequence
          RETURNING true
        ), batch AS (
          SELECT b.tenant_id, date '1970-01-01' + b.day::integer AS day, b.calls,
            b.expensive_calls, b.keyed_calls
          FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
            AS b (tenant_id, day, calls, expensive_calls, keyed_calls)
          -- One that was erased meanwhile.
          WHERE EXISTS (SELECT FROM artel.tenant AS t WHERE t.tenant_id = b.tenant_id)
        ), added AS (
          INSERT INTO artel.quota_usage AS u
            (tenant_id, day, calls, expensive_calls, keyed_calls)
          SELECT * FROM batch WHERE EXISTS (SELECT FROM told) ORDER BY tenant_id, day
          ON CONFLICT (tenant_id, day) DO UPDATE
            SET calls = u.calls + excluded.calls,
              expensive_calls = u.expensive_calls + excluded.expensive_calls,
              keyed_calls = u.keyed_calls + excluded.keyed_calls
          RETURNING tenant_id, day, calls, expensive_calls, keyed_calls
        )
        SELECT tenant_id, (day - date '1970-01-01')::bigint, calls, expensive_calls, keyed_calls
        FROM (
          SELECT * FROM added
          UNION ALL
          SELECT u.tenant_id, u.day, u.calls, u.expensive_calls, u.keyed_calls
          FROM artel.quota_usage AS u JOIN batch USING (tenant_id, day)
          WHERE NOT EXISTS (SELECT FROM told)
        ) AS counted
        """,
        .uuid(batch.meterID), .int8(batch.sequence), .uuidArray(uses.map(\.tenantID)),
        .int8Array(uses.map(\.day)), .int8Array(uses.map(\.calls)),
        .int8Array(uses.map(\.expensiveCalls)), .int8Array(uses.map(\.keyedCalls))),
      in: nil, deadline: .now + Self.patience)
    return try rows.map { row in
      QuotaUse(
        tenantID: try row.uuid(0), day: Int64(try row.int(1)), calls: Int64(try row.int(2)),
        expensiveCalls: Int64(try row.int(3)), keyedCalls: Int64(try row.int(4)))
    }
  }
}
