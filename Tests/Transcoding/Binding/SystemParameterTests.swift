import TestSupport
import Testing

@testable import Transcoding

@Suite("System parameters")
struct SystemParameterTests {
  private func options(_ query: String) throws -> PrintOptions {
    try Request(verb: "GET", bodyField: "", query: query).bind().print
  }

  private func wrong(_ query: String) throws -> String? {
    try Request(verb: "GET", bodyField: "", query: query).wrongField()
  }

  @Test(
    "say how the answer is printed", .covers("T40"),
    arguments: [
      ("$alt=json", PrintOptions()), ("alt=json;enum-encoding=int", .enumNumbers),
      ("$alt=json;enum-encoding=int", .enumNumbers), ("$alt=json%3Benum-encoding%3Dstring", []),
      ("$prettyPrint=true", .pretty), ("prettyPrint=false", []),
      (
        "$alt=json;names=proto;defaults=true;int64=number&$prettyPrint=true",
        [.protoNames, .defaults, .numericInt64, .pretty]
      ),
      ("$alt=json;names=json;defaults=false;int64=string", []), ("requestId=a", []),
    ] as [(String, PrintOptions)])
  func print(_ query: String, _ expected: PrintOptions) throws {
    #expect(try options(query) == expected)
  }

  @Test("take what means nothing here", .covers("T40"))
  func harmless() throws {
    #expect(
      try Request(
        verb: "GET", bodyField: "",
        query: "$key=1&quotaUser=a&userProject=b&$.xgafv=2&requestId=r"
      ).bound() == "{\"requestId\":\"r\"}")
    #expect(
      try Request(query: "$alt=json&prettyPrint=true", body: Array("{\"n\":1}".utf8)).bind().print
        == .pretty)
  }

  @Test("leave a name without its sign to a field of that name", .covers("T40"))
  func fieldsFirst() throws {
    #expect(
      try Request(verb: "GET", bodyField: "", query: "key=1").bound() == "{\"key\":\"1\"}")
    #expect(
      try Request(verb: "GET", bodyField: "", query: "key=1&$key=2").bound()
        == "{\"key\":\"1\"}")
    #expect(
      try Request(verb: "DELETE", method: "Delete", bodyField: "", query: "key=1").bound() == "{}")
  }

  @Test(
    "are refused where they ask what is not spoken", .covers("T40"),
    arguments: [
      ("$alt=proto", "$alt"), ("alt=media", "alt"), ("$alt=json;enum-encoding=x", "$alt"),
      ("$alt=json;zz=1", "$alt"), ("$alt=", "$alt"), ("$alt=json;", "$alt"), ("$alt=%ff", "$alt"),
      ("$alt=json;names=json;names=proto", "$alt"), ("$prettyPrint=1", "$prettyPrint"),
      ("$fields=a", "$fields"), ("fields=a", "fields"), ("$callback=f", "$callback"),
      ("callback=f", "callback"), ("$nope=1", "$nope"), ("$=1", "$"),
      ("$alt=json&alt=json", "alt"), (".xgafv=2", ".xgafv"), ("$alt", "$alt"),
    ])
  func refused(_ query: String, _ field: String) throws {
    #expect(try wrong(query) == field)
  }

  @Test("are reported where a lenient method passes over them", .covers("T39", "T40"))
  func lenient() throws {
    let bound = try Request(
      verb: "GET", bodyField: "", query: "$fields=a&$nope=1&nope=2", isLenient: true
    ).bind()
    #expect(bound.wire.isEmpty && bound.ignored == ["$fields", "$nope", "nope"])
    #expect(
      try Request(verb: "GET", bodyField: "", query: "$callback=f", isLenient: true).wrongField()
        == "$callback")
  }
}

@Suite("Lenient methods")
struct LenientTests {
  @Test("pass over unknown parameters and fields, and say which", .covers("T39", "T50"))
  func ignored() throws {
    let request = Request(
      method: "Lenient", query: "nope=1&requestId=r&thing2.x=1&key.x.y=2",
      body: Array("{\"zz\":1,\"thing\":{\"zz\":[{}]},\"n\":1}".utf8))
    #expect(try request.wrongField() == "key")
    var allowed = request
    allowed.query = "nope=1&requestId=r&thing2.x=1"
    let bound = try allowed.bind()
    #expect(bound.ignored == ["thing.zz", "thing.thing.zz", "nope", "thing2.x"])
    #expect(
      try allowed.bound() == "{\"thing\":{\"n\":\"1\",\"thing\":{}},\"requestId\":\"r\"}")
  }

  @Test("ignore parameters beside a whole body, but no fields", .covers("T39", "T41"))
  func wholeBody() throws {
    var request = Request(
      method: "Lenient", bodyField: "*", query: "nope.x=1", body: Array("{}".utf8))
    #expect(try request.bind().ignored == ["nope.x"])
    request.query = "key=1"
    #expect(try request.wrongField() == "key")
  }

  @Test("ignore unknown fields of forms", .covers("T39", "T84"))
  func forms() throws {
    let bound = try Request(
      method: "Lenient", body: Array("n=1&zz=2".utf8), kind: .form
    ).bind()
    #expect(bound.ignored == ["thing.zz"])
  }

  @Test("name a bounded number of them", .covers("T39"))
  func bounded() throws {
    let query = (0..<500).map { "nope\($0)=1" }.joined(separator: "&")
    let bound = try Request(method: "Lenient", query: query).bind()
    #expect(bound.ignored.count == BoundRequest.greatestIgnored)
  }

  @Test("stay strict in everything else", .covers("T39"))
  func strict() throws {
    #expect(try Request(method: "Lenient", query: "requestId=a&requestId=b").wrongField() != nil)
    #expect(
      try Request(method: "Lenient", body: Array("{\"n\":\"x\"}".utf8)).wrongField() == "thing.n")
    #expect(try Request(query: "nope=1").wrongField() == "nope")
  }
}
