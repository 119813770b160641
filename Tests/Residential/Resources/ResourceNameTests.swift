import Postgres
import RPC
import SwiftProtobuf
import TestSupport
import Testing

@testable import Residential

@Suite("Names and times")
struct ResourceNameTests {
  @Test("a name has its collections and its identifiers, or is none")
  func names() {
    #expect(ResourceName.identifiers("units/a", "units") == ["a"])
    #expect(AccessPointName("properties/p/accessPoints/a") == .init(property: "p", point: "a"))
    for bad in [
      "", "units", "units/", "units/a/", "/units/a", "unit/a", "units/a/b/c", "units/a b",
      "units/\u{0}", "units/ä",
    ] {
      #expect(ResourceName.identifiers(bad, "units") == nil)
    }
    #expect(AccessPointName("properties/p/units/a") == nil)
  }

  @Test("a UUID is written with hyphens")
  func uuids() {
    #expect(ResourceName.isUUID("0190a1b2-c3d4-7e5f-8a6b-0123456789AB"))
    for bad in [
      "", "0190a1b2c3d47e5f8a6b0123456789ab", "{0190a1b2-c3d4-7e5f-8a6b-0123456789ab}",
      "0190a1b2-c3d4-7e5f-8a6b-0123456789ag", "0190a1b2-c3d4-7e5f-8a6b0-123456789ab",
    ] {
      #expect(!ResourceName.isUUID(bad))
    }
  }

  @Test("a time is one that the contract can say")
  func times() throws {
    for bad in [
      Google_Protobuf_Timestamp(seconds: .max, nanos: 0), .init(seconds: .min, nanos: 0),
      .init(seconds: 253_402_300_800, nanos: 0), .init(seconds: 0, nanos: -1),
      .init(seconds: 0, nanos: 1_000_000_000),
    ] {
      #expect(throws: RPCError.self) { try Timestamp(bad, field: "x") }
    }
    let time = try Timestamp(.init(seconds: 1, nanos: 999_999_999), field: "x")
    #expect(time.microseconds == 1_999_999)
    #expect(time.rfc3339 == "1970-01-01T00:00:01.999999Z")
    #expect(Timestamp(rfc3339: time.rfc3339) == time)
    #expect(Timestamp(rfc3339: "no") == nil && Timestamp(rfc3339: "\"") == nil)
  }
}
