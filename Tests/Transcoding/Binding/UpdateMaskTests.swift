import TestSupport
import Testing

@testable import Transcoding

@Suite("The update mask of a PATCH")
struct UpdateMaskTests {
  private func bound(_ body: String, query: String = "") throws -> String {
    try Request(verb: "PATCH", query: query, body: Array(body.utf8), kind: .mergePatch).bound()
  }

  @Test("is made of the members that are there, null included", .covers("T61"))
  func members() throws {
    #expect(
      try bound("{\"name\":\"x\",\"n\":null}")
        == "{\"thing\":{\"name\":\"x\"},\"updateMask\":\"n,name\"}")
    #expect(try bound("{\"n\":0}") == "{\"thing\":{},\"updateMask\":\"n\"}")
    #expect(
      try Request(verb: "PATCH", body: Array("{\"n\":1}".utf8)).bound()
        == "{\"thing\":{\"n\":\"1\"},\"updateMask\":\"n\"}")
  }

  @Test("leads through messages to leaves, in the contract's names", .covers("T61"))
  func paths() throws {
    #expect(
      try bound("{\"thing\":{\"n\":1,\"thing\":{\"name\":\"a\\n\"}},\"createTime\":null}")
        .hasSuffix(",\"updateMask\":\"createTime,thing.n,thing.thing.name\"}"))
    let wire = try Request(
      verb: "PATCH", body: Array("{\"create_time\":null}".utf8), kind: .mergePatch
    ).bind().wire
    #expect(wire == [0x0a, 0, 0x12, 13, 0x0a, 11] + Array("create_time".utf8))
  }

  @Test("ends at lists, maps, well-known types and empty objects", .covers("T61"))
  func ends() throws {
    for (body, mask) in [
      ("{\"tags\":[\"a\"]}", "tags"), ("{\"tags\":null}", "tags"),
      ("{\"labels\":{\"a\":\"b\"}}", "labels"), ("{\"thing\":{}}", "thing"),
      ("{\"thing\":null}", "thing"), ("{\"createTime\":\"1970-01-01T00:00:00Z\"}", "createTime"),
      ("{\"anyJson\":{\"a\":{\"b\":1}}}", "anyJson"), ("{\"anyJson\":null}", "anyJson"),
    ] {
      #expect(try bound(body).hasSuffix("\"updateMask\":\"\(mask)\"}"), "\(body)")
    }
  }

  @Test("is left as the caller gives it, `*` and nothing included", .covers("T61"))
  func explicit() throws {
    #expect(
      try bound("{\"name\":\"x\",\"n\":1}", query: "updateMask=n").hasSuffix(
        "\"updateMask\":\"n\"}"))
    #expect(
      try bound("{\"name\":\"x\"}", query: "updateMask=*")
        == "{\"thing\":{\"name\":\"x\"},\"updateMask\":\"*\"}")
    #expect(try bound("{\"name\":\"x\"}", query: "updateMask=").hasSuffix("\"updateMask\":\"\"}"))
  }

  @Test("is made for a PATCH with a message as its body only", .covers("T61"))
  func others() throws {
    let body = Array("{\"name\":\"x\"}".utf8)
    #expect(try Request(verb: "PUT", body: body).bound() == "{\"thing\":{\"name\":\"x\"}}")
    #expect(
      try Request(verb: "PATCH", bodyField: "*", body: Array("{\"key\":\"x\"}".utf8)).bound()
        == "{\"key\":\"x\"}")
    #expect(
      try Request(verb: "PATCH", bodyField: "key", body: Array("\"x\"".utf8)).bound()
        == "{\"key\":\"x\"}")
    #expect(try bound("{}") == "{\"thing\":{}}")
    #expect(try Request(verb: "PATCH").bound() == "{}")
    #expect(
      try Request(verb: "PATCH", method: "Upload", bodyField: "metadata", body: body).bound()
        == "{\"metadata\":{\"name\":\"x\"}}")
  }

  @Test("has no member that the contract does not know", .covers("T50", "T61"))
  func unknown() throws {
    let request = Request(
      verb: "PATCH", method: "Lenient", body: Array("{\"zz\":{\"a\":[1]},\"n\":1}".utf8))
    #expect(try request.bound() == "{\"thing\":{\"n\":\"1\"},\"updateMask\":\"n\"}")
    #expect(try request.bind().ignored == ["thing.zz"])
    #expect(try bound("{\"n\":1,\"thing\":{\"tags\":[]}}").hasSuffix("\"n,thing.tags\"}"))
  }
}
