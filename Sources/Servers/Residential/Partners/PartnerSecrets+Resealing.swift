import GeneratedResidential
import Sealing
public import Storage

extension ResidentialDomain {
  /// What a rotation of a tenant's key seals anew of complexes' rows.
  public static let resealedColumns = [
    ResealedColumn(
      Artel_Residential_V1_Partner.Sealed.clientSecret,
      """
      SELECT partner_id, NULL::text, client_secret FROM artel.partner
      WHERE ($1::text IS NULL OR partner_id > $1) AND client_secret IS NOT NULL
      ORDER BY partner_id LIMIT $2
      """,
      """
      UPDATE artel.partner SET client_secret = $3 WHERE partner_id = $1 AND client_secret = $2
      """),
    ResealedColumn(
      Artel_Residential_V1_Partner.Sealed.assertionKey,
      """
      SELECT partner_id, NULL::text, sealed_assertion_key FROM artel.partner
      WHERE ($1::text IS NULL OR partner_id > $1) AND sealed_assertion_key IS NOT NULL
      ORDER BY partner_id LIMIT $2
      """,
      """
      UPDATE artel.partner SET sealed_assertion_key = $3 WHERE partner_id = $1 AND sealed_assertion_key = $2
      """),
    ResealedColumn(
      Artel_Residential_V1_Partner.Sealed.tlsKey,
      """
      SELECT partner_id, NULL::text, sealed_tls_key FROM artel.partner
      WHERE ($1::text IS NULL OR partner_id > $1) AND sealed_tls_key IS NOT NULL
      ORDER BY partner_id LIMIT $2
      """,
      """
      UPDATE artel.partner SET sealed_tls_key = $3 WHERE partner_id = $1 AND sealed_tls_key = $2
      """),
  ]
}
