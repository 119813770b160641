import Postgres

extension PartnerRoute {
  /// Reads the columns `partner_id, base_uri, token_uri, client_id, client_secret, device_ref`,
  /// the first of a row.
  init(_ row: PostgresRow, tenantID: String) throws {
    self.init(
      endpoint: PartnerEndpoint(
        tenantID: tenantID, partnerID: try row.text(0), baseURI: try row.text(1),
        tokenURI: try row.text(2), clientID: try row.text(3), sealedSecret: try row.bytes(4)),
      deviceRef: try row.text(5))
  }
}
