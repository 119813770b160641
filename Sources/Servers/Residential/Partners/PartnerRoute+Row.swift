import Egress
import GeneratedResidential
import Postgres

extension PartnerRoute {
  /// Reads the columns `partner_id, base_uri, token_uri, client_id, client_secret, device_ref`,
  /// the first of a row, and `format, authentication, sealed_assertion_key, assertion_key_id,
  /// tls_certificate, sealed_tls_key, disabled`.
  init(_ row: PostgresRow, tenantID: String, formatAt column: Int) throws {
    self.init(
      endpoint: PartnerEndpoint(
        tenantID: tenantID, partnerID: try row.text(0), baseURI: try row.text(1),
        tokenURI: try row.text(2), clientID: try row.text(3),
        credentials: try PartnerCredentials(row, secretAt: 4, othersAt: column + 1),
        format: try BodyFormat(stored: row.text(column))),
      deviceRef: try row.text(5), isDisabled: try row.bool(column + 6))
  }
}

extension PartnerCredentials {
  /// Reads the column `client_secret`, and `authentication, sealed_assertion_key,
  /// assertion_key_id, tls_certificate, sealed_tls_key`.
  init(_ row: PostgresRow, secretAt secret: Int, othersAt column: Int) throws {
    guard let authentication = PartnerAuthentication(rawValue: try row.text(column)) else {
      throw PostgresError(
        code: .decoding, diagnostic: "the authentication at a partner is not known")
    }
    self.init(
      authentication: authentication, sealedSecret: try row.optionalBytes(secret),
      sealedAssertionKey: try row.optionalBytes(column + 1),
      assertionKeyID: try row.optionalText(column + 2) ?? "",
      tlsCertificate: try row.optionalText(column + 3) ?? "",
      sealedTLSKey: try row.optionalBytes(column + 4))
  }
}

extension BodyFormat {
  /// Reads the column `format`.
  init(stored text: String) throws {
    guard let format = BodyFormat(rawValue: text) else {
      throw PostgresError(code: .decoding, diagnostic: "the format of a partner is not known")
    }
    self = format
  }

  /// The format that a partner wants; JSON where it says nothing.
  init?(_ format: Artel_Residential_V1_Partner.Format) {
    switch format {
    case .unspecified, .json: self = .json
    case .xml: self = .xml
    case .UNRECOGNIZED: return nil
    }
  }

  /// As the contract has it.
  var message: Artel_Residential_V1_Partner.Format {
    switch self {
    case .json: .json
    case .xml: .xml
    }
  }
}
