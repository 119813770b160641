import TestSupport
import Testing

@testable import Transcoding

@Suite("google.api.HttpBody")
struct HTTPBodyTests {
  private let webhook = Array("{\"a\":1 }".utf8)

  private func view(_ wire: [UInt8], _ field: Int? = nil) throws -> (String, [UInt8]) {
    let view = try wire.withUnsafeBytes { try HTTPBodyView($0, field: field) }
    return (
      String(decoding: wire[view.contentType], as: UTF8.self), Array(wire[view.data])
    )
  }

  @Test("keeps a body byte for byte, with its type", .covers("T73"))
  func whole() throws {
    let request = Request(
      method: "Raw", bodyField: "*", body: webhook,
      kind: .httpBody(contentType: "application/json; x=1"))
    let (type, data) = try view(try request.bind().wire)
    #expect(type == "application/json; x=1" && data == webhook)
  }

  @Test("is filled in a field of the request", .covers("T73"))
  func field() throws {
    let bytes = (0...255).map { UInt8($0) }
    let request = Request(
      method: "Upload", bodyField: "file", query: "title=t", body: bytes,
      kind: .httpBody(contentType: "image/png"))
    let wire = try request.bind().wire
    let (type, data) = try view(wire, 2)
    #expect(type == "image/png" && data == bytes)
    #expect(try request.bound().hasSuffix("\"title\":\"t\"}"))
    var other = request
    other.query = "file.contentType=a"
    #expect(try other.wrongField() == "file.content_type")
  }

  @Test("takes bodies of every kind as they are", .covers("T73"))
  func kinds() throws {
    for (kind, type) in [
      (BodyKind.json, "application/json"), (.mergePatch, "application/merge-patch+json"),
      (.form, "application/x-www-form-urlencoded"),
      (.multipart(boundary: "b"), "multipart/form-data; boundary=\"b\""),
      (.httpBody(contentType: ""), ""), (.none, ""),
    ] {
      let wire = try Request(method: "Raw", bodyField: "*", body: webhook, kind: kind).bind().wire
      let (found, data) = try view(wire)
      #expect(found == type && data == webhook)
    }
    #expect(try Request(method: "Raw", bodyField: "*").bind().wire.isEmpty)
    let empty = Request(
      method: "Raw", bodyField: "*", kind: .httpBody(contentType: "text/plain"))
    #expect(try view(try empty.bind().wire) == ("text/plain", []))
  }

  @Test("is refused where the method takes a message or nothing")
  func refused() throws {
    let kind = BodyKind.httpBody(contentType: "text/plain")
    #expect(try Request(body: webhook, kind: kind).wrongField() == "")
    #expect(try Request(bodyField: "", body: webhook, kind: kind).wrongField() == "")
  }

  @Test("shows its shape to the door", .covers("T72", "T73"))
  func shapes() throws {
    func shape(_ method: String, _ body: String) throws -> BodyShape {
      let method = try #require(Resources.shared.schema.method(path: "/res.v1.Things/\(method)"))
      return try RequestBinder(
        method: method,
        binding: HTTPBinding(verb: "POST", template: "/x", body: body, responseBody: ""),
        variables: []
      ).bodyShape
    }
    #expect(try shape("Raw", "*") == .httpBody)
    #expect(try shape("Raw", "") == .none)
    #expect(try shape("Upload", "file") == .httpBody)
    #expect(try shape("Upload", "files") == .message)
    #expect(try shape("Upload", "*") == .message)
  }

  @Test("is found in an answer", .covers("T72"))
  func answers() throws {
    func printer(_ method: String, _ body: String) throws -> ResponsePrinter {
      let method = try #require(Resources.shared.schema.method(path: "/res.v1.Things/\(method)"))
      return try ResponsePrinter(
        method: method,
        binding: HTTPBinding(verb: "GET", template: "/x", body: "", responseBody: body))
    }
    #expect(try printer("Raw", "").isHTTPBody)
    #expect(try printer("Upload", "file").isHTTPBody)
    #expect(try !printer("Upload", "files").isHTTPBody)
    #expect(try !printer("Upload", "").isHTTPBody)
    let wire: [UInt8] = [0x12, 5, 0x0a, 1, 0x61, 0x12, 0]
    let file = try printer("Upload", "file")
    let view = try wire.withUnsafeBytes { try file.httpBody($0) }
    #expect(view.contentType == 4..<5 && view.data == 7..<7)
  }

  @Test("takes the last of what comes twice, and refuses what is no message")
  func wires() throws {
    let inner: [UInt8] = [0x0a, 1, 0x61, 0x12, 1, 0x62, 0x1a, 0, 0x12, 1, 0x63, 0x20, 5]
    #expect(try view(inner) == ("a", [0x63]))
    #expect(try view([]) == ("", []))
    let outer: [UInt8] = [0x12, 13] + inner + [0x08, 1, 0x12, 3, 0x0a, 1, 0x7a]
    #expect(try view(outer, 2) == ("z", [0x63]))
    for wrong: [UInt8] in [[0x0a], [0x0a, 5, 1], [0x12, 0x80], [0xff]] {
      #expect(throws: TranscodingError.self) { try view(wrong) }
      #expect(throws: TranscodingError.self) { try view([0x12, UInt8(wrong.count)] + wrong, 2) }
    }
  }
}
