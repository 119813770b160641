import GeneratedOptions
import SwiftProtobuf
import TestSupport
import Testing

@testable import Transcoding

@Suite("Bindings when the process starts")
struct BindingRulesTests {
  private func binder(
    _ variables: [String] = [], body: String = "", verb: String = "POST"
  ) throws -> RequestBinder {
    let method = try #require(Contract.shared.schema.method(path: "/test.v1.Tests/Call"))
    return try RequestBinder(
      method: method,
      binding: HTTPBinding(verb: verb, template: "/v1/x", body: body, responseBody: ""),
      variables: variables)
  }

  private func reason(_ body: () throws -> Void) -> SchemaError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? SchemaError)?.code
    }
  }

  @Test("refuse a body or a response body that is a path or no field", .covers("T4"))
  func bodies() throws {
    for body in ["sub.name", "nope", "pageToken", "**"] {
      #expect(reason { _ = try binder(body: body) } == .invalidBinding)
    }
    let method = try #require(Contract.shared.schema.method(path: "/test.v1.Tests/Call"))
    for field in ["sub.name", "nope", "*"] {
      #expect(
        reason {
          _ = try ResponsePrinter(
            method: method,
            binding: HTTPBinding(verb: "GET", template: "/x", body: "", responseBody: field))
        } == .invalidBinding)
    }
  }

  @Test("refuse a body that is a variable of the path too, and warn of one on GET", .covers("T6"))
  func bodyAndPath() throws {
    #expect(reason { _ = try binder(["id"], body: "id") } == .invalidBinding)
    #expect(try binder(["sub.name"], body: "sub").warnings.isEmpty)
    #expect(try binder(body: "*", verb: "GET").warnings.count == 1)
    #expect(try binder(body: "sub", verb: "DELETE").warnings.count == 1)
    #expect(try binder(verb: "GET").warnings.isEmpty)
  }

  @Test(
    "refuse a variable that no path can fill",
    arguments: [
      "nope", "sub", "sub.nope", "tags", "labels", "subs", "subs.name", "id.x", "", "sub.",
      "pageToken", "ts.seconds", "sub..name",
    ])
  func variables(_ path: String) throws {
    #expect(reason { _ = try binder([path]) } == .invalidBinding)
  }

  @Test("let a token endpoint ignore what it does not know (RFC 6749 section 3.2)")
  func tokenEndpoint() throws {
    var file = Contract.test
    file.service[0].method[1].options.Artel_Options_V1_policy = .with {
      $0.rest.form = true
      $0.rest.oauthErrors = true
    }
    let schema = try Schema(
      descriptorSet: Descriptors.set([Descriptors.wellKnown, file]))
    let method = try #require(schema.method(path: "/test.v1.Tests/Form"))
    let binder = try RequestBinder(
      method: method,
      binding: HTTPBinding(verb: "POST", template: "/x", body: "*", responseBody: ""),
      variables: [])
    func bind(_ form: String) throws -> [UInt8] {
      try Array(form.utf8).withUnsafeBytes { bytes throws(TranscodingError) in
        try binder.message(pathValues: [], query: "", body: bytes, bodyKind: .form)
      }
    }
    #expect(try bind("audience=x&name=a&audience=y") == WireParts.field(3, "a"))
    #expect(throws: TranscodingError.self) { try bind("name=a&name=b") }
  }
}
