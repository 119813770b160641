// Written by protoc-gen-artel from artel/people/v1/session_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

public import Sealing

/// Where the sealed fields of `artel.people.v1.Session` are stored.
extension Artel_People_V1_Session {
  public enum Sealed {
    /// `device`.
    public static let device = SealedColumn<String, NoSearch>(
      table: "session", name: "sealed_device", key: "session_id", subject: "person_id")
    /// `address`.
    public static let address = SealedColumn<String, NoSearch>(
      table: "session", name: "sealed_address", key: "session_id", subject: "person_id")
  }
}
