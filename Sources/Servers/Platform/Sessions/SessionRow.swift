import GeneratedPeople
import LibCrypto
import Postgres
import Sealing
import Storage
import SwiftProtobuf

/// A session that goes on, as its person and the administrators see it.
struct SessionRow: Sendable {
  let id: String
  let message: Artel_People_V1_Session

  /// Reads a person's rows.
  static func read(
    _ rows: [PostgresRow], person: String, current: String?, in tenantID: String,
    _ vault: TenantVault
  ) async throws -> [SessionRow] {
    typealias Sealed = Artel_People_V1_Session.Sealed
    let texts = try await vault.texts(
      try rows.flatMap { row in
        let id = try row.uuid(0)
        return [
          try Sealed.device.cell(row, 1, tenantID: tenantID, key: id),
          try Sealed.address.cell(row, 2, tenantID: tenantID, key: id),
        ]
      })
    return try rows.enumerated().map { index, row in
      try SessionRow(
        row, device: texts[2 * index], address: texts[2 * index + 1], person: person,
        current: current)
    }
  }

  private init(
    _ row: PostgresRow, device: String, address: String, person: String, current: String?
  ) throws {
    let id = try row.uuid(0)
    self.id = id
    let (clients, names) = (try row.textArray(8), try row.textArray(9))
    let (signedIn, used, expiry) = (
      try row.timestamp(4), try row.timestamp(5), try row.timestamp(6)
    )
    message = try .with {
      $0.name = "\(PersonRow.name(person))/sessions/\(id)"
      $0.device = device
      $0.address = address
      $0.methods = try row.textArray(3)
      $0.signInTime = Google_Protobuf_Timestamp(signedIn)
      $0.useTime = Google_Protobuf_Timestamp(used)
      $0.expireTime = Google_Protobuf_Timestamp(expiry)
      $0.remembered = try row.bool(7)
      $0.current = id == current
      $0.apps = zip(clients, names).map { client, name in
        .with {
          $0.client = "clients/\(client)"
          $0.displayName = name
        }
      }
    }
  }

  /// The last part of `members/{member}/sessions/{session}`, with the member's.
  static func identifiers(_ name: String) throws -> (person: String, session: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "members", parts[2] == "sessions",
      case let (person, session) = (parts[1].lowercased(), parts[3].lowercased()),
      TenantIdentifier.isValid(person), TenantIdentifier.isValid(session)
    else { throw Refusal.notFound }
    return (person, session)
  }

  /// A person's sessions, the newest first: identifiers ascend with time. One that no browser
  /// remembers and no app has a token of is over, though nobody ended it.
  static func page(
    of person: String, before id: String?, limit: Int, now: Int64
  ) -> Statement {
    Statement(
      """
      SELECT s.session_id, s.sealed_device, s.sealed_address, s.methods, s.sign_in_time,
        greatest(s.use_time, f.use_time), s.expire_time, r.remembered,
        coalesce(f.clients, '{}'), coalesce(f.names, '{}')
      FROM artel.session AS s
        JOIN artel.tenant AS t USING (tenant_id)
        CROSS JOIN LATERAL (SELECT to_timestamp($4)
          - make_interval(secs => least(t.refresh_idle_seconds, 3600)) AS since) AS i
        CROSS JOIN LATERAL (SELECT s.token_hash IS NOT NULL AND s.use_time >= i.since
          AS remembered) AS r
        LEFT JOIN LATERAL (
          SELECT max(a.use_time) AS use_time, array_agg(a.client_id ORDER BY a.client_id) AS clients,
            array_agg(a.display_name ORDER BY a.client_id) AS names
          FROM (
            SELECT f.client_id, c.display_name, max(f.use_time) AS use_time
            FROM artel.refresh_family AS f JOIN artel.tenant_client AS c USING (tenant_id, client_id)
            WHERE f.tenant_id = s.tenant_id AND f.session_id = s.session_id::text
              AND f.revoke_time IS NULL AND f.expire_time > to_timestamp($4)
              AND f.use_time >= i.since
            GROUP BY f.client_id, c.display_name) AS a) AS f ON true
      WHERE s.person_id = $1 AND s.end_time IS NULL AND s.expire_time > to_timestamp($4)
        AND (r.remembered OR f.clients IS NOT NULL) AND ($2::uuid IS NULL OR s.session_id < $2)
      ORDER BY s.session_id DESC LIMIT $3
      """, .uuid(person), .uuid(id), .int(limit), .double(Double(now)))
  }
}
