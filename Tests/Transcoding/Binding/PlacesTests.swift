import TestSupport
import Testing

@testable import Transcoding

@Suite("Fields from path, query and body")
struct PlacesTests {
  @Test("refuses a field in the query where the body is everything", .covers("T41"))
  func queryBesideBody() throws {
    #expect(try Call(verb: "POST", query: "id=a", body: "{}", bodyField: "*").wrongField() == "id")
    #expect(try Call(verb: "POST", query: "zz=a", body: "{}", bodyField: "*").wrongField() == "zz")
    #expect(
      try Call(verb: "POST", query: "$alt=json", body: "{\"id\":\"a\"}", bodyField: "*").bound()
        == "{\"id\":\"a\"}")
  }

  @Test("never lets the query say what the path says", .covers("T42"))
  func queryBesidePath() throws {
    #expect(try Call(variables: [("id", "a")], query: "id=evil").wrongField() == "id")
    #expect(try Call(variables: [("id", "a")], query: "id=a").wrongField() == "id")
    #expect(
      try Call(variables: [("page_token", "a")], query: "pageToken=b").wrongField() == "page_token")
    #expect(
      try Call(variables: [("sub.name", "a")], query: "sub.name=b").wrongField() == "sub.name")
    #expect(
      try Call(variables: [("sub.name", "a")], query: "sub.n=1").bound()
        == "{\"sub\":{\"name\":\"a\",\"n\":\"1\"}}")
  }

  @Test("refuses two members of a oneof from two places", .covers("T43"))
  func oneofs() throws {
    #expect(try Call(variables: [("user", "a")], query: "email=x").wrongField() == "email")
    #expect(try Call(query: "user=a&email=x").wrongField() == "email")
    #expect(
      try Call(verb: "POST", variables: [("user", "a")], body: "{\"email\":\"x\"}", bodyField: "*")
        .wrongField() == "user")
    #expect(try Call(variables: [("user", "")], query: "email=x").wrongField() == "email")
  }

  @Test("takes an empty body for an empty message", .covers("T58"))
  func emptyBody() throws {
    #expect(try Call(verb: "POST", body: "", bodyField: "*").bound() == "{}")
    #expect(try Call(verb: "POST", body: "", bodyField: "sub").bound() == "{}")
    #expect(
      try Call(verb: "POST", variables: [("id", "a")], bodyField: "*").bound()
        == "{\"id\":\"a\"}")
  }

  @Test("lets path and body agree and refuses it where they differ", .covers("T60"))
  func pathBesideBody() throws {
    func call(_ body: String, _ field: String = "sub") -> Call {
      Call(verb: "PATCH", variables: [("sub.name", "a")], body: body, bodyField: field)
    }
    #expect(try call("{\"name\":\"b\"}").wrongField() == "sub.name")
    #expect(
      try call("{\"name\":\"a\",\"n\":1}").bound()
        == "{\"sub\":{\"name\":\"a\",\"n\":\"1\"},\"updateMask\":\"n,name\"}")
    #expect(
      try call("{\"n\":1}").bound()
        == "{\"sub\":{\"name\":\"a\",\"n\":\"1\"},\"updateMask\":\"n\"}")
    #expect(try call("{\"sub\":{\"name\":\"b\"}}", "*").wrongField() == "sub.name")
    #expect(try call("{}", "*").bound() == "{\"sub\":{\"name\":\"a\"}}")
    #expect(try call("{\"sub\":null}", "*").bound() == "{\"sub\":{\"name\":\"a\"}}")
  }

  @Test(
    "compares path and body by value, not by text",
    arguments: [
      ("i32", "7", "{\"i32\":\"7.0\"}", true), ("i32", "7", "{\"i32\":8}", false),
      ("ts", "1970-01-01T01:00:00+01:00", "{\"ts\":\"1970-01-01T00:00:00Z\"}", true),
      ("ts", "1970-01-01T00:00:00Z", "{\"ts\":\"1970-01-01T00:00:01Z\"}", false),
      ("color", "RED", "{\"color\":1}", true), ("raw", "-_8", "{\"raw\":\"+/8=\"}", true),
      ("raw", "AAAA", "{\"raw\":\"+/8=\"}", false), ("u64", "5", "{\"u64\":\"6\"}", false),
      ("opt", "", "{\"opt\":\"\"}", true), ("opt", "x", "{\"opt\":\"\"}", false),
      ("user", "x", "{\"user\":\"x\"}", true),
    ])
  func values(_ field: String, _ value: String, _ body: String, _ agree: Bool) throws {
    let call = Call(verb: "POST", variables: [(field, value)], body: body, bodyField: "*")
    #expect(try call.wrongField() == (agree ? nil : field))
  }

  @Test(
    "refuses a path value of a wrong type", .covers("T12", "T28"),
    arguments: [("i32", "x"), ("i32", ""), ("ts", "now"), ("color", "GREEN"), ("flag", "1")])
  func pathValues(_ field: String, _ value: String) throws {
    #expect(try Call(variables: [(field, value)]).wrongField() == field)
  }

  @Test("takes an empty path value for an empty string", .covers("T17"))
  func emptyPathValue() throws {
    #expect(try Call(variables: [("id", "")]).bound() == "{}")
  }

  @Test("refuses a body where the method takes none", .covers("T62"))
  func noBody() throws {
    #expect(try Call(body: "{}").wrongField() == "")
    #expect(try Call(verb: "DELETE", body: "x").wrongField() == "")
    #expect(try Call(body: "a=b", kind: .form).wrongField() == "")
    #expect(try Call(verb: "POST", body: "x", bodyField: "*", kind: .none).wrongField() == "")
  }

  @Test("fills one field from the body, whatever its type", .covers("T47"))
  func bodyField() throws {
    func bound(_ field: String, _ body: String) throws -> String {
      try Call(verb: "POST", query: "name=q", body: body, bodyField: field).bound()
    }
    #expect(try bound("sub", "{\"n\":1}") == "{\"name\":\"q\",\"sub\":{\"n\":\"1\"}}")
    #expect(try bound("tags", "[\"a\"]") == "{\"name\":\"q\",\"tags\":[\"a\"]}")
    #expect(try bound("labels", "{\"a\":\"b\"}") == "{\"name\":\"q\",\"labels\":{\"a\":\"b\"}}")
    #expect(try bound("id", "\"x\"") == "{\"name\":\"q\",\"id\":\"x\"}")
    #expect(try bound("ts", "\"1970-01-01T00:00:00Z\"").contains("1970"))
    for wrong in ["null", "[]", "1"] {
      #expect(
        try Call(verb: "POST", body: wrong, bodyField: "sub").wrongField() == "sub")
    }
    #expect(try Call(verb: "POST", body: "{\"zz\":1}", bodyField: "sub").wrongField() == "sub.zz")
    #expect(
      try Call(verb: "POST", query: "sub.n=1", body: "{}", bodyField: "sub").wrongField() == "sub.n"
    )
  }
}

@Suite("Form bodies")
struct FormTests {
  private func call(_ body: String, query: String = "") -> Call {
    Call(
      verb: "POST", query: query, body: body, bodyField: "*", kind: .form,
      method: "/test.v1.Tests/Form")
  }

  @Test("follow the rules of a query", .covers("T84"))
  func forms() throws {
    #expect(
      try call("name=a&tags=b&tags=c").bound() == "{\"tags\":[\"b\",\"c\"],\"name\":\"a\"}")
    #expect(
      try call("grant_type=client_credentials").bound()
        == "{\"grant_type\":\"client_credentials\"}")
    #expect(try call("name=a+%26b").bound() == "{\"name\":\"a &b\"}")
  }

  @Test(
    "refuse what a query refuses", .covers("T84"),
    arguments: [
      ("name=a&name=b", "name"), ("zz=1", "zz"), ("count=x", "count"), ("name", "name"),
      ("$alt=json", "$alt"), ("name=%zz", "name"),
    ])
  func wrongForms(_ body: String, _ field: String) throws {
    #expect(try call(body).wrongField() == field)
  }

  @Test("leave nothing to the query", .covers("T41"))
  func formAndQuery() throws {
    #expect(try call("name=a", query: "count=1").wrongField() == "count")
  }

  @Test("fill one message that is the body", .covers("T84"))
  func formForField() throws {
    func call(_ body: String, _ field: String, query: String = "") -> Call {
      Call(verb: "POST", query: query, body: body, bodyField: field, kind: .form)
    }
    #expect(
      try call("n=1&sub.name=a", "sub", query: "id=x").bound()
        == "{\"id\":\"x\",\"sub\":{\"n\":\"1\",\"sub\":{\"name\":\"a\"}}}")
    #expect(try call("zz=1", "sub").wrongField() == "sub.zz")
    #expect(try call("n=x", "sub").wrongField() == "sub.n")
    #expect(try call("n=1&n=1", "sub").wrongField() == "sub.n")
    for field in ["ts", "tags", "labels", "id", "wi"] {
      #expect(try call("n=1", field).wrongField() == "")
    }
  }

  @Test("agree with the path or are refused", .covers("T60", "T84"))
  func formAndPath() throws {
    func call(_ body: String) -> Call {
      Call(
        verb: "POST", variables: [("sub.name", "a")], body: body, bodyField: "sub", kind: .form)
    }
    #expect(try call("name=a&n=1").bound() == "{\"sub\":{\"name\":\"a\",\"n\":\"1\"}}")
    #expect(try call("name=b").wrongField() == "sub.name")
  }
}
