import TestSupport
import Testing

@testable import Transcoding

@Suite("Fields from multipart bodies")
struct MultipartBindingTests {
  private struct Part {
    var name: String
    var content: String
    var type: String?
    var file: String?
  }

  private func request(
    _ parts: [Part], _ field: String = "*", method: String = "Upload", isLenient: Bool = false
  ) -> Request {
    var text = ""
    for part in parts {
      text += "--b\r\nContent-Disposition: form-data; name=\"\(part.name)\""
      if let file = part.file { text += "; filename=\"\(file)\"" }
      if let type = part.type { text += "\r\nContent-Type: \(type)" }
      text += "\r\n\r\n\(part.content)\r\n"
    }
    return Request(
      method: method, bodyField: field, body: Array((text + "--b--\r\n").utf8),
      kind: .multipart(boundary: "b"), isLenient: isLenient)
  }

  @Test("come from a JSON part and a file", .covers("T83"))
  func metadataAndFile() throws {
    let bound = try request([
      Part(name: "metadata", content: "{\"name\":\"a\\u0041\",\"n\":1}", type: "application/json"),
      Part(name: "file", content: "x\r\n", type: "image/png", file: "/tmp/../a.png"),
    ]).bound()
    #expect(
      bound == "{\"metadata\":{\"name\":\"aA\",\"n\":\"1\"},"
        + "\"file\":{\"contentType\":\"image/png\",\"data\":\"eA0K\"},"
        + "\"fileFilename\":\"a.png\"}")
  }

  @Test("take a list of files, and bytes as they are", .covers("T83"))
  func lists() throws {
    let bound = try request([
      Part(name: "files", content: "1", type: "a/b", file: "1"),
      Part(name: "raw", content: "abc", file: "r"), Part(name: "blobs", content: ""),
      Part(name: "files", content: "2", file: "2"), Part(name: "blobs", content: "x"),
    ]).bound()
    #expect(
      bound == "{\"files\":[{\"contentType\":\"a/b\",\"data\":\"MQ==\"},{\"data\":\"Mg==\"}],"
        + "\"raw\":\"YWJj\",\"blobs\":[\"\",\"eA==\"],\"filesFilename\":[\"1\",\"2\"],"
        + "\"filename\":\"r\"}")
  }

  @Test("take text by the rules of a query, and lists of JSON", .covers("T83", "T84"))
  func texts() throws {
    let bound = try request([
      Part(name: "title", content: "a&b=c", type: "text/plain; charset=\"utf-8\""),
      Part(name: "numbers", content: "1"), Part(name: "numbers", content: "2"),
      Part(name: "numbers", content: "[3,4]", type: "application/json"),
      Part(name: "numbers", content: "5", type: "application/json; charset=utf-8"),
      Part(name: "metadata.thing.n", content: "7"),
      Part(name: "metadata.createTime", content: "1970-01-01T00:00:00Z"),
      Part(name: "things", content: "{\"n\":1}"),
      Part(name: "things", content: "[{\"n\":2}]", type: "application/x+json"),
      Part(name: "_charset_", content: "UTF-8"),
    ]).bound()
    #expect(
      bound == "{\"metadata\":{\"thing\":{\"n\":\"7\"},\"createTime\":\"1970-01-01T00:00:00Z\"},"
        + "\"title\":\"a&b=c\",\"numbers\":[1,2,3,4,5],\"things\":[{\"n\":\"1\"},{\"n\":\"2\"}]}")
  }

  @Test("fill the field that is the body", .covers("T83"))
  func bodyField() throws {
    var call = request(
      [Part(name: "name", content: "a"), Part(name: "n", content: "1")], "metadata")
    #expect(try call.bound() == "{\"metadata\":{\"name\":\"a\",\"n\":\"1\"}}")
    call.variables = [("metadata.name", "b")]
    #expect(try call.wrongField() == "metadata.name")
    call.variables = [("title", "t")]
    #expect(try call.bound() == "{\"metadata\":{\"name\":\"a\",\"n\":\"1\"},\"title\":\"t\"}")
    #expect(try request([], "files").wrongField() == "")
    #expect(try request([], "").wrongField() == "")
  }

  @Test("are refused where they do not fit", .covers("T83"))
  func refused() throws {
    func wrong(_ parts: Part...) throws -> String? { try request(parts).wrongField() }
    #expect(try wrong(Part(name: "zz", content: "")) == "zz")
    #expect(try wrong(Part(name: "title", content: "", type: "image/png")) == "title")
    #expect(
      try wrong(Part(name: "title", content: "a", type: "text/plain; charset=koi8-r")) == "title")
    #expect(try wrong(Part(name: "title", content: "1", type: "application/json")) == "title")
    #expect(try wrong(Part(name: "metadata", content: "", type: "application/json")) == "metadata")
    #expect(try wrong(Part(name: "metadata", content: "x", type: "text/plain")) == "metadata")
    #expect(
      try wrong(Part(name: "metadata", content: "{\"thing\":{\"n\":[]}}")) == "metadata.thing.n")
    #expect(
      try wrong(Part(name: "metadata.thing", content: "{\"n\":[]}")) == "metadata.thing.n")
    #expect(try wrong(Part(name: "numbers", content: "x")) == "numbers")
    #expect(
      try wrong(Part(name: "numbers", content: "null", type: "application/json")) == "numbers")
    #expect(try wrong(Part(name: "_charset_", content: "koi8-r")) == "_charset_")
    #expect(
      try wrong(Part(name: "file.data", content: "x"), Part(name: "file", content: "")) == nil)
  }

  @Test("are refused given twice, or in the path too", .covers("T83"))
  func twice() throws {
    let file = Part(name: "file", content: "1", file: "f")
    #expect(try request([file, file]).wrongField() == "file")
    let raw = Part(name: "raw", content: "1")
    #expect(try request([raw, raw]).wrongField() == "raw")
    let json = Part(name: "metadata", content: "{}")
    #expect(try request([json, json]).wrongField() == "metadata")
    let title = Part(name: "title", content: "1")
    #expect(try request([title, title]).wrongField() == "title")
    var call = request([raw])
    call.variables = [("raw", "AAAA")]
    #expect(try call.wrongField() == "raw")
  }

  @Test("keep to the contract's limit for a part", .covers("T83"))
  func partLimit() throws {
    let call = request(
      [Part(name: "name", content: String(repeating: "a", count: 17))], "thing",
      method: "Lenient")
    #expect(try call.error()?.kind == .tooLarge)
    #expect(
      try request(
        [Part(name: "name", content: String(repeating: "a", count: 16))], "thing",
        method: "Lenient"
      ).error() == nil)
  }

  @Test("pass over unknown parts where the method is lenient", .covers("T39", "T83"))
  func lenient() throws {
    let call = request(
      [
        Part(name: "zz", content: "", type: "image/png", file: "a"),
        Part(name: "metadata", content: "{\"yy\":1}"),
      ], isLenient: true)
    #expect(try call.bind().ignored == ["zz", "metadata.yy"])
  }

  @Test("are refused where the body is no multipart", .covers("T83"))
  func malformed() throws {
    var call = request([])
    call.body = Array("--b".utf8)
    #expect(try call.error()?.violations.first?.reason == "MALFORMED_BODY")
    call.kind = .multipart(boundary: "")
    #expect(try call.wrongField() == "")
  }
}
