import LibCrypto
import Postgres
import RPC
import Storage

/// Codes by which clients enroll, once each. Stored as hashes: 256 random bits need no slow one.
enum EnrollmentCodes {
  static let defaultLife: Int64 = 3_600
  static let longestLife: Int64 = 7 * 86_400

  /// Makes a code for a client.
  ///
  /// - Returns: The code, which is stored nowhere, and when it expires, Unix seconds.
  static func make(
    for clientID: String, seconds: Int64?, in change: TenantChange
  ) async throws -> (code: String, expires: Int64) {
    let life = seconds ?? defaultLife
    guard (60...longestLife).contains(life) else {
      throw Refusal.invalid("lifetime", "must be between 60 and \(longestLife) seconds")
    }
    let clients = try await change.query(
      Statement(
        "SELECT disabled FROM artel.tenant_client WHERE tenant_id = $1 AND client_id = $2",
        .uuid(change.tenantID), .text(clientID)))
    guard let client = clients.first else { throw Refusal.notFound }
    guard try !client.bool(0) else { throw CertificateFault.clientDisabled }
    // The prefix is for scanners that look for secrets in the wrong places.
    let code = "aec_" + Base64URL.encode(Random.bytes(32))
    let expires = UnixTime.now() + life
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.tenant_enrollment_code (tenant_id, code_hash, client_id, expire_time)
        VALUES ($1, $2, $3, $4)
        """,
        .uuid(change.tenantID), .bytes(hash(code)), .text(clientID),
        .timestamp(Timestamp(seconds: expires, nanoseconds: 0))))
    try await change.record(
      resource: CertificateNames.client(clientID), change: "enrollment code made for \(life) s")
    return (code, expires)
  }

  /// Uses a code up; false where it does not count.
  static func use(
    _ code: String, of clientID: String, in change: TenantChange
  ) async throws -> Bool {
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant_enrollment_code SET use_time = now()
        WHERE tenant_id = $1 AND code_hash = $2 AND client_id = $3 AND use_time IS NULL
          AND expire_time > now()
        """,
        .uuid(change.tenantID), .bytes(hash(code)), .text(clientID))) == 1
  }

  /// Has a client enroll by none of its codes any more.
  static func useUp(of clientID: String, in change: TenantChange) async throws {
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant_enrollment_code SET use_time = now()
        WHERE tenant_id = $1 AND client_id = $2 AND use_time IS NULL
        """, .uuid(change.tenantID), .text(clientID)))
  }

  private static func hash(_ code: String) -> [UInt8] { SHA256.hash(Array(code.utf8)) }
}
