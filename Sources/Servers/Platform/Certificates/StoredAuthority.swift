import GeneratedCertificates
import LibCrypto
import Postgres
import Storage
import SwiftProtobuf

/// An authority as the database has it.
struct StoredAuthority: Sendable {
  let id: String
  let certificatePEM: String
  let intermediatesPEM: String
  let listsPEM: String
  let isBrought: Bool
  let createTime: Timestamp

  private init(_ row: PostgresRow) throws {
    id = try row.uuid(0)
    certificatePEM = try row.text(1)
    intermediatesPEM = try row.text(2)
    listsPEM = try row.text(3)
    isBrought = try row.bool(4)
    createTime = try row.timestamp(5)
  }

  /// All that the tenant trusts, the newest first.
  static func all(in change: TenantChange) async throws -> [StoredAuthority] {
    try await change.query(statement(tenantID: change.tenantID)).map(StoredAuthority.init)
  }

  static func all(
    of actor: Storage.Actor, in database: TenantDatabase, deadline: ContinuousClock.Instant?
  ) async throws -> [StoredAuthority] {
    try await database.query(statement(tenantID: actor.tenantID), as: actor, deadline: deadline)
      .map(StoredAuthority.init)
  }

  private static func statement(tenantID: String) -> Statement {
    Statement(
      """
      SELECT authority_id, certificate_pem, intermediates_pem, revocation_lists_pem,
        sealed_key IS NULL, create_time
      FROM artel.tenant_authority
      WHERE tenant_id = $1 AND remove_time IS NULL ORDER BY create_time DESC, authority_id
      """, .uuid(tenantID))
  }

  func message(tenant: String) throws -> Artel_Certificates_V1_Authority {
    let lists = try CertificateRevocationList.lists(pem: listsPEM)
    let certificate = try Certificate(pem: certificatePEM)
    return .with {
      $0.name = CertificateNames.authority(id)
      $0.certificatePem = certificatePEM
      $0.intermediatesPem = intermediatesPEM
      $0.brought = isBrought
      $0.expireTime = .init(seconds: certificate.notAfter)
      if let end = lists.map(\.nextUpdate).min() {
        $0.revocationListsExpireTime = .init(seconds: end)
      }
      if !isBrought {
        $0.revocationList = CertificateNames.revocationList(tenant: tenant, authority: id)
      }
      $0.createTime = .certificateTime(createTime)
    }
  }
}
