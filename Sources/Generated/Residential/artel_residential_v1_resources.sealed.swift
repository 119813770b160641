// Written by protoc-gen-artel from artel/residential/v1/resources.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

public import Sealing

/// Where the sealed fields of `artel.residential.v1.Partner` are stored.
extension Artel_Residential_V1_Partner {
  public enum Sealed {
    /// `client_secret`.
    public static let clientSecret = SealedColumn<String, NoSearch>(
      table: "partner", name: "client_secret", key: "partner_id", subject: nil)
    /// `assertion_key`.
    public static let assertionKey = SealedColumn<String, NoSearch>(
      table: "partner", name: "sealed_assertion_key", key: "partner_id", subject: nil)
    /// `tls_key`.
    public static let tlsKey = SealedColumn<String, NoSearch>(
      table: "partner", name: "sealed_tls_key", key: "partner_id", subject: nil)
  }
}
