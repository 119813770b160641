import GeneratedDescriptors
import GeneratedOptions
import RPC
import SwiftProtobuf
import TestSupport
import Testing
import Transcoding

@testable import Gateway

@Suite("Methods on their way out", .covers("D05", "D61"))
struct DeprecationTests {
  private static let path = "/v1/complexes/c/residents/r"

  /// The contracts with a deprecation of `GetResident`.
  private static func schema(
    _ deprecation: Artel_Options_V1_Deprecation
  ) throws -> Schema {
    let extensions: SimpleExtensionMap = [Artel_Options_V1_Extensions_policy]
    var set = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: ArtelDescriptors.descriptorSet, extensions: extensions)
    for file in set.file.indices where set.file[file].package == "peer.v1" {
      for method in set.file[file].service[0].method.indices
      where set.file[file].service[0].method[method].name == "GetResident" {
        set.file[file].service[0].method[method].options.Artel_Options_V1_policy.deprecation =
          deprecation
      }
    }
    return try Schema(descriptorSet: try set.serializedBytes())
  }

  @Test("say since when and until when, in every answer")
  func headers() async throws {
    let schema = try Self.schema(
      .with {
        $0.date = "2026-11-01"
        $0.sunset = "2027-02-28"
        $0.link = "https://docs.example.com/v2"
      })
    try await Door.with([Methods.echoResident, Methods.createVisit], schema: schema) { door in
      for target in [Self.path, "\(Self.path)?nope=1"] {
        let answer = try door.exchange("GET", target)
        #expect(answer["deprecation"] == "@1793491200")
        #expect(answer["sunset"] == "Sun, 28 Feb 2027 00:00:00 GMT")
        #expect(answer["link"] == #"<https://docs.example.com/v2>; rel="deprecation""#)
      }
      let other = try door.exchange("POST", "/v1/complexes/c/visits", body: "{}")
      #expect(other["deprecation"] == nil && other["sunset"] == nil)
    }
  }

  @Test("have no end where none is known")
  func withoutSunset() async throws {
    let schema = try Self.schema(.with { $0.date = "1970-01-01" })
    try await Door.with([Methods.echoResident], schema: schema) { door in
      let answer = try door.exchange("GET", Self.path)
      #expect(answer["deprecation"] == "@0" && answer["sunset"] == nil && answer["link"] == nil)
    }
  }

  @Test("are said by the contract, not by a handler that says something else")
  func twice() async throws {
    let schema = try Self.schema(.with { $0.date = "1970-01-02" })
    let failing = Methods.failing(
      RPCError(code: .notFound, message: "none", metadata: ["deprecation": "@5"]))
    try await Door.with([failing], schema: schema) { door in
      let answer = try door.exchange("GET", Self.path)
      #expect(answer.status == 404 && answer["deprecation"] == "@86400")
    }
  }

  @Test(
    "are refused where they mean nothing",
    arguments: [
      ("", "", ""), ("2026-02-29", "", ""), ("2026-13-01", "", ""), ("2026-1-01", "", ""),
      ("+026-01-01", "", ""), ("2026-01-02", "2026-01-01", ""), ("2026-01-02", "x", ""),
      ("2026-01-02", "", "http://a.example"), ("2026-01-02", "", "https://a/\r\nb: c"),
      ("2026-01-02", "", "https://a/>"),
    ])
  func refused(date: String, sunset: String, link: String) throws {
    let policy = Artel_Options_V1_MethodPolicy.with {
      $0.deprecation = .with {
        $0.date = date
        $0.sunset = sunset
        $0.link = link
      }
    }
    #expect(throws: GatewayError.self) { try DeprecationFields.lines(of: policy) }
  }

  @Test(
    "count days as the calendar does",
    arguments: [
      ("1970-01-01", 0), ("1972-03-01", 68_256_000), ("2000-02-29", 951_782_400),
      ("2100-03-01", 4_107_542_400), ("9999-12-31", 253_402_214_400),
    ])
  func days(day: String, second: Int) { #expect(DeprecationFields.second(day) == second) }
}
