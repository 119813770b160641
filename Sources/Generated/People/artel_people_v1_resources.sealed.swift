// Written by protoc-gen-artel from artel/people/v1/resources.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

public import Sealing

/// Where the sealed fields of `artel.people.v1.Member` are stored.
extension Artel_People_V1_Member {
  public enum Sealed {
    /// `display_name`.
    public static let displayName = SealedColumn<String, NoSearch>(
      table: "person", name: "sealed_display_name", key: "person_id", subject: "person_id")
    /// `login`.
    public static let login = SealedColumn<String, BlindIndex>(
      table: "person", name: "sealed_login", key: "person_id", subject: "person_id",
      index: "login_index", normalization: .lowercase)
  }
}
