import Mutation
import Postgres

/// The questions that the directory's role may ask; its grants allow no more than these columns.
enum DirectoryStatements {
  static func issuer(_ issuer: String) -> Statement {
    Statement(
      """
      SELECT tenant_id, alias, issuer, jwks_uri, audiences, profile, algorithms
      FROM artel.tenant_issuer WHERE issuer = $1
      """, .text(issuer))
  }

  static func client(_ clientID: String) -> Statement {
    Statement(
      """
      SELECT tenant_id, client_id, kind, scopes, disabled, address_ranges, certificate_bound
      FROM artel.tenant_client WHERE client_id = $1
      """, .text(clientID))
  }

  /// Whose certificates a tenant takes, and which not: a kind and up to three texts in each row,
  /// authorities the newest first.
  ///
  /// - `AUTHORITY`: certificate, intermediates, revocation lists.
  /// - `REVOKED`: thumbprint.
  /// - `DISABLED`: client.
  /// - `SELF_SIGNED`: the thumbprint of a certificate by which a client authenticates and which no
  ///   authority signed (RFC 8705 section 2.2).
  static func certificateTrust(tenantID: String) -> Statement {
    Statement(
      """
      SELECT kind, a, b, c FROM (
        SELECT 'AUTHORITY' AS kind, certificate_pem AS a, intermediates_pem AS b,
          revocation_lists_pem AS c, create_time, authority_id
        FROM artel.tenant_authority WHERE tenant_id = $1 AND remove_time IS NULL
        UNION ALL
        SELECT 'REVOKED', thumbprint, '', '', NULL, NULL FROM artel.tenant_certificate
        WHERE tenant_id = $1 AND revoke_time IS NOT NULL AND not_after > now()
        UNION ALL
        SELECT 'DISABLED', client_id, '', '', NULL, NULL FROM artel.tenant_client
        WHERE tenant_id = $1 AND disabled
        UNION ALL
        SELECT 'SELF_SIGNED', unnest(certificate_thumbprints), '', '', NULL, NULL
        FROM artel.tenant_client
        WHERE tenant_id = $1 AND auth_method = 'SELF_SIGNED_TLS_CLIENT_AUTH' AND NOT disabled
      ) AS trust ORDER BY create_time DESC NULLS LAST, authority_id
      """, .uuid(tenantID))
  }

  static func publishedList(tenantID: String, authorityID: String) -> Statement {
    Statement(
      """
      SELECT published_list, published_list_time FROM artel.tenant_authority
      WHERE tenant_id = $1 AND authority_id = $2
      """, .uuid(tenantID), .uuid(authorityID))
  }

  static func signingKeys(tenantID: String) -> Statement {
    Statement(
      """
      SELECT kid, x, y FROM artel.tenant_signing_key
      WHERE tenant_id = $1 AND state <> 'DROPPED' AND (expire_time IS NULL OR expire_time > now())
      ORDER BY activate_time DESC, kid
      """, .uuid(tenantID))
  }

  static func activeTenants(of cell: String) -> Statement {
    if Mutation.isOn(.worksForSuspendedTenants) {
      return Statement(
        "SELECT tenant_id FROM artel.tenant WHERE cell = $1 ORDER BY tenant_id", .text(cell))
    }
    return Statement(
      """
      SELECT tenant_id FROM artel.tenant WHERE state = 'ACTIVE' AND cell = $1 ORDER BY tenant_id
      """, .text(cell))
  }
}
