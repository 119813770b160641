import Postgres

/// Writes down what a process has counted of errors: of all tenants at once, by the dispatcher's role.
struct StoredClientErrors: Sendable {
  /// How long a batch may take. A store that hangs holds up the end of the process no longer.
  private static let patience: Duration = .seconds(5)
  /// How many groups of a tenant are kept: of signed-in apps, and of others. The least of them go first:
  /// those that happened seldom, then those that were seen longest ago.
  static let mostKnown = 1000
  static let mostAnonymous = 200
  private static let atOnce = 500

  /// The pool of the role `artel_dispatcher`.
  let pool: PostgresPool

  /// Adds tallies to what is stored.
  ///
  /// - Returns: what could not be written, and why; nothing where all is.
  func add(
    _ tallies: [ClientErrorTally.Key: ClientErrorTally]
  ) async -> (left: [ClientErrorTally.Key: ClientErrorTally], error: (any Error)?) {
    // Each process goes the same way through the rows, so that none waits for another that waits for it.
    var rest = tallies.sorted {
      ($0.key.tenantID, $0.key.fingerprint) < ($1.key.tenantID, $1.key.fingerprint)
    }[...]
    var grown: Set<String> = []
    while !rest.isEmpty {
      let batch = rest.prefix(Self.atOnce)
      do {
        grown.formUnion(try await write(Array(batch)))
        rest = rest.dropFirst(batch.count)
      } catch {
        return (Dictionary(uniqueKeysWithValues: rest.map { ($0.key, $0.value) }), error)
      }
    }
    do {
      if !grown.isEmpty { try await trim(grown) }
    } catch {
      return ([:], error)
    }
    return ([:], nil)
  }

  /// - Returns: the tenants that have groups which they did not have.
  private func write(
    _ batch: [(key: ClientErrorTally.Key, value: ClientErrorTally)]
  ) async throws -> Set<String> {
    let tallies = batch.map(\.value)
    let rows = try await pool.query(
      Statement(
        """
        INSERT INTO artel.client_error_group AS g
          (tenant_id, fingerprint, app, anonymous, kind, severity, title, culprit, screen, trace_id,
            count, versions, platforms)
        SELECT b.tenant_id, b.fingerprint, b.app, b.anonymous <> 0, b.kind, b.severity, b.title,
          b.culprit, b.screen, b.trace_id, b.count,
          string_to_array(b.versions, E'\\n'), string_to_array(b.platforms, E'\\n')
        FROM (
          SELECT u.tenant_id, u.fingerprint, u.app, u.anonymous, u.kind, u.severity, u.title,
            u.culprit, u.screen, u.trace_id, u.count, u.versions, u.platforms
          FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[],
            $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[],
            $13::text[])
            AS u (tenant_id, fingerprint, app, anonymous, kind, severity, title, culprit, screen,
              trace_id, count, versions, platforms)
          -- One that was erased meanwhile.
          WHERE EXISTS (SELECT FROM artel.tenant AS t WHERE t.tenant_id = u.tenant_id)
        ) AS b
        ORDER BY b.tenant_id, b.fingerprint
        ON CONFLICT (tenant_id, fingerprint) DO UPDATE
          SET severity = greatest(g.severity, excluded.severity),
            title = excluded.title,
            screen = coalesce(nullif(excluded.screen, ''), g.screen),
            trace_id = coalesce(nullif(excluded.trace_id, ''), g.trace_id),
            count = g.count + excluded.count,
            versions = ARRAY(
              SELECT v.version FROM unnest(g.versions || excluded.versions) AS v (version)
              GROUP BY v.version ORDER BY v.version DESC LIMIT 20),
            platforms = ARRAY(
              SELECT p.platform FROM unnest(g.platforms || excluded.platforms) AS p (platform)
              GROUP BY p.platform ORDER BY p.platform LIMIT 10),
            last_seen_time = now(),
            -- A version that came behind the one that was to have it no more.
            state = CASE WHEN g.state = 'RESOLVED' AND EXISTS (
                SELECT FROM unnest(excluded.versions) AS v (version)
                WHERE v.version > g.resolved_version)
              THEN 'REGRESSED' ELSE g.state END
        RETURNING g.tenant_id, g.first_seen_time = g.last_seen_time
        """,
        .uuidArray(batch.map(\.key.tenantID)), .textArray(batch.map(\.key.fingerprint)),
        .textArray(tallies.map(\.app)), .int8Array(tallies.map { $0.isAnonymous ? 1 : 0 }),
        .int8Array(tallies.map { Int64($0.kind) }), .int8Array(tallies.map { Int64($0.severity) }),
        .textArray(tallies.map(\.title)), .textArray(tallies.map(\.culprit)),
        .textArray(tallies.map(\.screen)), .textArray(tallies.map(\.traceID)),
        .int8Array(tallies.map { Int64($0.count) }),
        .textArray(tallies.map { $0.versions.sorted(by: >).joined(separator: "\n") }),
        .textArray(tallies.map { $0.platforms.sorted().joined(separator: "\n") })),
      in: nil, deadline: .now + Self.patience)
    return try Set(rows.filter { try $0.bool(1) }.map { try $0.uuid(0) })
  }

  /// Deletes of tenants what they have too many of.
  private func trim(_ tenantIDs: Set<String>) async throws {
    try await pool.execute(
      Statement(
        """
        DELETE FROM artel.client_error_group AS g USING (
          SELECT tenant_id, fingerprint, anonymous, row_number() OVER (
            PARTITION BY tenant_id, anonymous
            ORDER BY (state = 'MUTED' OR count >= 10) DESC, last_seen_time DESC, fingerprint
          ) AS place
          FROM artel.client_error_group WHERE tenant_id = ANY ($1::uuid[])
        ) AS r
        WHERE g.tenant_id = r.tenant_id AND g.fingerprint = r.fingerprint
          AND r.place > CASE WHEN r.anonymous THEN $2 ELSE $3 END
        """,
        .uuidArray(tenantIDs.sorted()), .int(Self.mostAnonymous), .int(Self.mostKnown)),
      in: nil, deadline: .now + Self.patience)
  }
}
