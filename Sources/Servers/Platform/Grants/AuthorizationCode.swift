import LibCrypto
import Postgres
import Storage

/// A code that waits to be redeemed. Only its SHA-256 is stored.
struct AuthorizationCode: Sendable {
  /// How long a code is good, in seconds.
  static let life: Int64 = 60

  let hash: [UInt8]
  let clientID: String
  let redirectURI: String
  let codeChallenge: String
  let grant: PersonalGrant
  let expireTime: Int64
  /// What came of it; with one, it has been used.
  let familyID: String?

  /// Makes a code; returns its text, which is stored nowhere.
  static func make(
    for grant: PersonalGrant, clientID: String, redirectURI: String, codeChallenge: String,
    now: Int64, in change: TenantChange
  ) async throws -> String {
    let text = "aac_" + Base64URL.encode(Random.bytes(32))
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.authorization_code (tenant_id, code_hash, client_id, redirect_uri,
          code_challenge, person_grant, expire_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        .uuid(change.tenantID), .bytes(SHA256.hash(Array(text.utf8))), .text(clientID),
        .text(redirectURI), .text(codeChallenge), .jsonb(try grant.json),
        .timestamp(Timestamp(seconds: now + life, nanoseconds: 0))))
    return text
  }

  /// Reads a code and keeps others from using it until the transaction ends.
  static func lock(_ text: String, in change: TenantChange) async throws -> AuthorizationCode? {
    let hash = SHA256.hash(Array(text.utf8))
    let rows = try await change.query(
      Statement(
        """
        SELECT client_id, redirect_uri, code_challenge, person_grant, expire_time, family_id
        FROM artel.authorization_code WHERE tenant_id = $1 AND code_hash = $2 FOR UPDATE
        """, .uuid(change.tenantID), .bytes(hash)))
    return try rows.first.map { row in
      AuthorizationCode(
        hash: hash, clientID: try row.text(0), redirectURI: try row.text(1),
        codeChallenge: try row.text(2), grant: try PersonalGrant(json: try row.text(3)),
        expireTime: try row.timestamp(4).seconds, familyID: try row.optionalUUID(5))
    }
  }

  /// Whether a verifier is the one whose hash came with the authorization request (RFC 7636 section
  /// 4.6).
  func isProved(by verifier: String) -> Bool {
    guard (43...128).contains(verifier.utf8.count), verifier.utf8.allSatisfy(Self.isUnreserved)
    else { return false }
    let challenge = Base64URL.encode(SHA256.hash(Array(verifier.utf8)))
    return constantTimeEqual(Array(challenge.utf8), Array(codeChallenge.utf8))
  }

  /// Marks the code as used.
  func use(for familyID: String, in change: TenantChange) async throws {
    try await change.execute(
      Statement(
        """
        UPDATE artel.authorization_code SET family_id = $3 WHERE tenant_id = $1 AND code_hash = $2
        """, .uuid(change.tenantID), .bytes(hash), .uuid(familyID)))
  }

  /// RFC 3986 section 2.3.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
