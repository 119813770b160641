// Written by protoc-gen-artel from artel/people/v1/passkey.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

public import Sealing

/// Where the sealed fields of `artel.people.v1.Passkey` are stored.
extension Artel_People_V1_Passkey {
  public enum Sealed {
    /// `display_name`.
    public static let displayName = SealedColumn<String, NoSearch>(
      table: "passkey", name: "sealed_display_name", key: "passkey_id", subject: "person_id")
  }
}
