import Egress
import GeneratedResidential
import LibCrypto
import Postgres
import SwiftProtobuf

/// A row of `artel.partner`, as the statements of `PartnerStatements` select it.
struct StoredPartner: Sendable {
  /// The partner as the contract shows it.
  let partner: Artel_Residential_V1_Partner
  let credentials: PartnerCredentials

  init(_ row: PostgresRow) throws {
    credentials = try PartnerCredentials(row, secretAt: 10, othersAt: 11)
    let credentials = credentials
    let created = try row.timestamp(6)
    let format = try BodyFormat(stored: row.text(7))
    partner = try .with {
      $0.name = ResourceName.partner(try row.text(0))
      $0.displayName = try row.text(1)
      $0.baseUri = try row.text(2)
      $0.tokenUri = try row.text(3)
      $0.clientID = try row.text(4)
      $0.reportingClientID = try row.optionalText(5) ?? ""
      $0.createTime = Google_Protobuf_Timestamp(created)
      $0.format = format.message
      $0.disabled = try row.bool(8)
      // One that was deleted and made anew is another.
      $0.etag = "\"\(try row.int(9))-\(String(created.microseconds, radix: 36))\""
      $0.authentication = credentials.authentication.message
      $0.assertionKeyID = credentials.assertionKeyID
      $0.tlsCertificate = credentials.tlsCertificate
      if !credentials.tlsCertificate.isEmpty,
        let leaf = try Certificate.chain(pem: credentials.tlsCertificate).first
      {
        $0.tlsCertificateExpireTime.seconds = leaf.notAfter
      }
    }
  }
}

/// What selects a `StoredPartner`.
enum PartnerStatements {
  static func partner(_ id: String) -> Statement {
    Statement(
      """
      SELECT partner_id, display_name, base_uri, token_uri, client_id, reporting_client_id,
        create_time, format, disabled, revision, client_secret, authentication,
        sealed_assertion_key, assertion_key_id, tls_certificate, sealed_tls_key
      FROM artel.partner WHERE partner_id = $1
      """, .text(id))
  }

  /// The same, which nobody else changes until the transaction ends.
  static func locked(_ id: String) -> Statement {
    Statement(
      """
      SELECT partner_id, display_name, base_uri, token_uri, client_id, reporting_client_id,
        create_time, format, disabled, revision, client_secret, authentication,
        sealed_assertion_key, assertion_key_id, tls_certificate, sealed_tls_key
      FROM artel.partner WHERE partner_id = $1 FOR UPDATE
      """, .text(id))
  }

  /// A page in the order of identifiers.
  static func partners(after id: String?, limit: Int) -> Statement {
    Statement(
      """
      SELECT partner_id, display_name, base_uri, token_uri, client_id, reporting_client_id,
        create_time, format, disabled, revision, client_secret, authentication,
        sealed_assertion_key, assertion_key_id, tls_certificate, sealed_tls_key
      FROM artel.partner WHERE $1::text IS NULL OR partner_id > $1
      ORDER BY partner_id LIMIT $2
      """, .text(id), .int(limit))
  }
}
