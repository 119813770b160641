import FoundationEssentials
import GeneratedAuth
import LibCrypto
import Postgres
import Storage
import SwiftProtobuf

/// An authorization request that waits for somebody to sign in. It is good once, and the page knows it
/// by a name that is stored as its SHA-256.
enum PendingAuthorization {
  /// How long it waits, in seconds: a sign-in of ten minutes, and one more after a mistake. Whoever
  /// knows an app may have one kept, so it is no longer than it has to be.
  static let life: Int64 = 1200

  /// Keeps a request; returns its name.
  ///
  /// - Parameter person: who has signed in for it, where it waits for that person's consent.
  static func keep(
    _ request: Artel_Auth_V1_AuthorizeRequest, by person: SignedInPerson? = nil, now: Int64,
    in change: TenantChange
  ) async throws -> String {
    let name = "aar_" + Base64URL.encode(Random.bytes(32))
    let bytes: [UInt8] = try request.serializedBytes()
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.authorization_request (tenant_id, request_hash, request, expire_time, person)
        VALUES ($1, $2, $3, $4, $5)
        """,
        .uuid(change.tenantID), .bytes(SHA256.hash(Array(name.utf8))), .bytes(bytes),
        .timestamp(Timestamp(seconds: now + life, nanoseconds: 0)),
        .jsonb(try person.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) })))
    return name
  }

  /// Takes a request, which nobody else can take then; nil where there is none that waits.
  static func take(
    _ name: String, now: Int64, in change: TenantChange
  ) async throws -> Artel_Auth_V1_AuthorizeRequest? {
    let rows = try await change.query(
      Statement(
        """
        UPDATE artel.authorization_request SET use_time = now()
        WHERE tenant_id = $1 AND request_hash = $2 AND use_time IS NULL AND expire_time > $3
          AND person IS NULL
        RETURNING request
        """, .uuid(change.tenantID), .bytes(SHA256.hash(Array(name.utf8))),
        .timestamp(Timestamp(seconds: now, nanoseconds: 0))))
    guard let row = rows.first else { return nil }
    return try Artel_Auth_V1_AuthorizeRequest(serializedBytes: try row.bytes(0))
  }

  /// A request that waits for the consent of who has signed in for it; nil where there is none.
  ///
  /// - Parameter isTaken: whether nobody else can take it then.
  static func question(
    _ name: String, now: Int64, isTaken: Bool, in change: TenantChange
  ) async throws -> (request: Artel_Auth_V1_AuthorizeRequest, person: SignedInPerson)? {
    let rows = try await change.query(
      Statement(
        """
        UPDATE artel.authorization_request SET use_time = CASE WHEN $4 THEN now() END
        WHERE tenant_id = $1 AND request_hash = $2 AND use_time IS NULL AND expire_time > $3
          AND person IS NOT NULL
        RETURNING request, person
        """, .uuid(change.tenantID), .bytes(SHA256.hash(Array(name.utf8))),
        .timestamp(Timestamp(seconds: now, nanoseconds: 0)), .bool(isTaken)))
    guard let row = rows.first else { return nil }
    return (
      try Artel_Auth_V1_AuthorizeRequest(serializedBytes: try row.bytes(0)),
      try JSONDecoder().decode(SignedInPerson.self, from: Data(try row.text(1).utf8))
    )
  }
}
