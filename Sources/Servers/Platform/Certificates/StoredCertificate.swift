import GeneratedCertificates
import LibCrypto
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// A certificate as the database has it.
struct StoredCertificate: Sendable {
  let message: Artel_Certificates_V1_Certificate
  /// Where a page goes on.
  let keyset: [String]

  init(_ row: PostgresRow) throws {
    let created = try row.timestamp(8)
    keyset = [String(created.microseconds), try row.text(0)]
    message = try .with {
      $0.name = CertificateNames.certificate(try row.text(0))
      $0.client = CertificateNames.client(try row.text(1))
      $0.authority = CertificateNames.authority(try row.uuid(2))
      $0.serialNumber = Hexadecimal.encode(try row.bytes(3))
      $0.certificatePem = try row.text(4)
      $0.expireTime = .certificateTime(try row.timestamp(5))
      if let time = try row.optionalTimestamp(6) { $0.revokeTime = .certificateTime(time) }
      if let reason = try row.optionalText(7) { $0.revocationReason = .init(stored: reason) }
      $0.createTime = .certificateTime(created)
    }
  }

  /// Reads one; nil where the tenant has none of this thumbprint.
  static func find(_ thumbprint: String, in change: TenantChange) async throws
    -> StoredCertificate?
  {
    try await change.query(statement(thumbprint, tenantID: change.tenantID)).first
      .map(StoredCertificate.init)
  }

  /// A page, the newest first.
  static func page(
    tenantID: String, clientID: String?, after keyset: [String], limit: Int
  ) -> Statement {
    let time = keyset.first.flatMap { Int64($0) }
    return Statement(
      """
      SELECT thumbprint, client_id, authority_id, serial_number, certificate_pem, not_after,
        revoke_time, revoke_reason, create_time
      FROM artel.tenant_certificate
      WHERE tenant_id = $1 AND ($2::text IS NULL OR client_id = $2)
        AND ($3::timestamptz IS NULL OR (create_time, thumbprint) < ($3, $4))
      ORDER BY create_time DESC, thumbprint DESC LIMIT $5
      """,
      .uuid(tenantID), .text(clientID), .timestamp(time.map { Timestamp(microseconds: $0) }),
      .text(keyset.last ?? ""), .int(limit))
  }

  static func statement(_ thumbprint: String, tenantID: String) -> Statement {
    Statement(
      """
      SELECT thumbprint, client_id, authority_id, serial_number, certificate_pem, not_after,
        revoke_time, revoke_reason, create_time
      FROM artel.tenant_certificate WHERE tenant_id = $1 AND thumbprint = $2
      """, .uuid(tenantID), .text(thumbprint))
  }
}

extension Artel_Certificates_V1_Certificate {
  init(_ issued: CertificateIssuer.Issued) {
    self = .with {
      $0.name = CertificateNames.certificate(issued.certificate.thumbprint)
      $0.client = CertificateNames.client(issued.clientID)
      $0.authority = CertificateNames.authority(issued.authorityID)
      $0.serialNumber = Hexadecimal.encode(issued.certificate.serialNumber)
      $0.certificatePem = issued.certificate.pem
      $0.authorityPem = issued.authority.pem
      $0.expireTime = .init(seconds: issued.certificate.notAfter)
      $0.createTime = .init(seconds: UnixTime.now())
    }
  }
}

extension Artel_Certificates_V1_RevocationReason {
  /// Reads the column.
  init(stored: String) {
    self = Self.allCases.first { $0.stored == stored } ?? .unspecified
  }

  /// As the column has it.
  var stored: String {
    switch self {
    case .keyCompromise: "KEY_COMPROMISE"
    case .affiliationChanged: "AFFILIATION_CHANGED"
    case .superseded: "SUPERSEDED"
    case .cessationOfOperation: "CESSATION_OF_OPERATION"
    case .privilegeWithdrawn: "PRIVILEGE_WITHDRAWN"
    case .unspecified, .UNRECOGNIZED: "UNSPECIFIED"
    }
  }

  /// As a revocation list has it.
  var listed: RevocationReason {
    switch self {
    case .keyCompromise: .keyCompromise
    case .affiliationChanged: .affiliationChanged
    case .superseded: .superseded
    case .cessationOfOperation: .cessationOfOperation
    case .privilegeWithdrawn: .privilegeWithdrawn
    case .unspecified, .UNRECOGNIZED: .unspecified
    }
  }
}

extension Google_Protobuf_Timestamp {
  /// A time of the database.
  static func certificateTime(_ time: Timestamp) -> Google_Protobuf_Timestamp {
    Google_Protobuf_Timestamp(seconds: time.seconds, nanos: time.nanoseconds)
  }
}
