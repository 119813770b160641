import TestSupport
import Testing

@testable import Transcoding

@Suite("Query parameters")
struct ParameterTests {
  private func bound(_ query: String) throws -> String { try Call(query: query).bound() }
  private func wrong(_ query: String) throws -> String? { try Call(query: query).wrongField() }

  @Test(
    "refuses what is no int32", .covers("T28"),
    arguments: ["2147483648", "1.5", "%2B5", "+5", "0x1", "+5", "%205", "", "5%00", "1e99", "--1"])
  func int32(_ value: String) throws {
    #expect(try wrong("i32=\(value)") == "i32")
  }

  @Test("takes the bounds of an int32")
  func int32Bounds() throws {
    #expect(try bound("i32=2147483647&u32=4294967295") == "{\"i32\":2147483647,\"u32\":4294967295}")
    #expect(try bound("i32=-2147483648") == "{\"i32\":-2147483648}")
  }

  @Test(
    "takes only true and false for a bool", .covers("T29"),
    arguments: ["1", "TRUE", "yes", "True", "", "t", "0"])
  func bools(_ value: String) throws {
    #expect(try wrong("flag=\(value)") == "flag")
    #expect(try bound("flag=true") == "{\"flag\":true}")
    #expect(try bound("flag=false") == "{}")
  }

  @Test("sets fields of submessages", .covers("T30"))
  func nested() throws {
    #expect(
      try bound("sub.name=x&sub.sub.n=5") == "{\"sub\":{\"name\":\"x\",\"sub\":{\"n\":\"5\"}}}")
  }

  @Test("takes either name of a field, not both", .covers("T31"))
  func names() throws {
    #expect(try bound("pageToken=a") == "{\"pageToken\":\"a\"}")
    #expect(try bound("page_token=a") == "{\"pageToken\":\"a\"}")
    #expect(try wrong("pageToken=a&page_token=a") == "page_token")
  }

  @Test("adds each value of a list in order", .covers("T32"))
  func lists() throws {
    #expect(try bound("tags=a&tags=b,c&tags=") == "{\"tags\":[\"a\",\"b,c\",\"\"]}")
    #expect(try bound("colors=RED&colors=1&colors=7") == "{\"colors\":[\"RED\",\"RED\",7]}")
    let many = (0..<900).map { "tags=\($0)" }.joined(separator: "&")
    #expect(try bound(many).hasSuffix(",\"899\"]}"))
  }

  @Test(
    "refuses a single field given twice", .covers("T33"),
    arguments: [
      ("id=a&id=b", "id"), ("id=a&id=a", "id"), ("i32=0&i32=0", "i32"), ("id=&id=", "id"),
      ("sub.name=a&sub.name=b", "sub.name"), ("wi=0&wi=0", "wi"), ("opt=&opt=", "opt"),
      ("user=a&user=a", "user"),
    ])
  func duplicates(_ query: String, _ field: String) throws {
    #expect(try wrong(query) == field)
  }

  @Test("reads a time, whose plus sign must be coded", .covers("T34"))
  func times() throws {
    #expect(
      try bound("ts=2024-02-29T12:00:00.5%2B02:00") == "{\"ts\":\"2024-02-29T10:00:00.500Z\"}")
    #expect(try wrong("ts=2024-02-29T12:00:00.5+02:00") == "ts")
    #expect(try wrong("ts=") == "ts")
  }

  @Test("reads a duration in seconds and nothing else", .covers("T35"))
  func durations() throws {
    #expect(try bound("dur=1.5s") == "{\"dur\":\"1.500s\"}")
    #expect(try wrong("dur=1h") == "dur")
    #expect(try wrong("dur=1.5") == "dur")
  }

  @Test("reads a field mask in its JSON spelling", .covers("T36"))
  func masks() throws {
    #expect(
      try bound("updateMask=displayName,sub.fooBar")
        == "{\"updateMask\":\"displayName,sub.fooBar\"}")
    #expect(try wrong("updateMask=display_name") == "update_mask")
    #expect(try bound("update_mask=") == "{\"updateMask\":\"\"}")
  }

  @Test("reads the doubles that are no numbers and refuses what is out of range", .covers("T37"))
  func doubles() throws {
    #expect(try bound("d=NaN") == "{\"d\":\"NaN\"}")
    #expect(try bound("d=-Infinity") == "{\"d\":\"-Infinity\"}")
    #expect(try bound("d=1e3") == "{\"d\":1000}")
    #expect(try wrong("d=1e999") == "d")
    #expect(try wrong("d=nan") == "d")
  }

  @Test(
    "refuses what a parameter cannot say", .covers("T38"),
    arguments: [
      ("labels.k=v", "labels"), ("subs.name=x", "subs"), ("labels=v", "labels"), ("sub=x", "sub"),
      ("subs=x", "subs"), ("ts.seconds=1", "ts"), ("wi.value=1", "wi"), ("id.x=1", "id"),
      ("subs[1]=v", "subs"), ("id[k]=v", "id"), ("nope[k]=v", "nope"), ("[k]=v", ""),
      ("labels[k=v", "labels[k"), ("labels[k].x=v", "labels[k].x"),
      ("labels[k]=%ff", "labels[\"k\"]"),
      ("labels[a]=1&labels[a]=2", "labels[\"a\"]"), ("labels[%ff]=a", ""),
    ])
  func impossible(_ query: String, _ field: String) throws {
    #expect(try wrong(query) == field)
  }

  @Test("adds entries to maps of single values by their keys")
  func maps() throws {
    #expect(
      try bound("labels[a]=1&labels%5Bb.c%5D=2+3&labels[]=&labels[x[y]]=&id=i")
        == #"{"id":"i","labels":{"a":"1","b.c":"2 3","":"","x[y]":""}}"#)
    let many = (0..<900).map { "labels[\($0)]=v" }.joined(separator: "&")
    #expect(try bound(many).hasSuffix(#","899":"v"}}"#))
    let wide = [
      ("by_long[7]=RED&byLong[8]=-1", #"{"byLong":{"7":"RED","8":"NEGATIVE"}}"#),
      ("byFlag[true]=1.5&byFlag[false]=NaN", #"{"byFlag":{"true":1.5,"false":"NaN"}}"#),
      ("wide.byFlag[true]=0", #"{"wide":{"byFlag":{"true":0}}}"#),
    ]
    for (query, expected) in wide {
      #expect(try Call(query: query, method: "/test.v1.Tests/Wide").bound() == expected)
    }
    for (query, field) in [
      ("byLong[7]=RED&byLong[7.0]=RED", "by_long[\"7\"]"), ("byLong[-1]=RED", "by_long[\"-1\"]"),
      ("byLong[1]=BLUE", "by_long[\"1\"]"), ("byFlag[1]=1", "by_flag[\"1\"]"),
      ("byInt[1]=x", "by_int"),
    ] {
      #expect(
        try Call(query: query, method: "/test.v1.Tests/Wide").wrongField()?.hasPrefix(
          field.prefix(7)) == true)
    }
    #expect(
      try Call(verb: "POST", query: "labels[a]=1", body: #"{"b":"2"}"#, bodyField: "labels")
        .wrongField() == "labels")
  }

  @Test("reads JSON for a Struct, a Value and a ListValue")
  func structures() throws {
    #expect(
      try Call(
        query: "structure={%22a%22:[1,null]}&value=%22x%22&list=[true]",
        method: "/test.v1.Tests/Wide"
      ).bound()
        == #"{"structure":{"a":[1,null]},"value":"x","list":[true]}"#)
    #expect(
      try Call(query: "values=1&values=null", method: "/test.v1.Tests/Wide").bound()
        == #"{"values":[1,null]}"#)
    for query in ["value=x", "value=", "structure=[]", "structure=null", "list={}", "value=1+2"] {
      #expect(
        try Call(query: query, method: "/test.v1.Tests/Wide").wrongField()
          == String(query.prefix { $0 != "=" }))
    }
    #expect(
      try Call(query: "value=1&value=2", method: "/test.v1.Tests/Wide").wrongField() == "value")
  }

  @Test(
    "refuses an unknown parameter by its name", .covers("T39"),
    arguments: [
      ("nope=1", "nope"), ("sub.nope=1", "sub.nope"), ("=1", ""), (".id=1", ".id"),
      ("id.=1", "id"), ("ID=1", "ID"), ("sub.sub.x.y=1", "sub.sub.x.y"),
    ])
  func unknown(_ query: String, _ field: String) throws {
    #expect(try wrong(query) == field)
  }

  @Test("does not take system parameters for fields", .covers("T40"))
  func systemParameters() throws {
    #expect(
      try bound("$alt=json;enum-encoding=int&id=a&$prettyPrint=true&%24key=x")
        == "{\"id\":\"a\"}")
  }

  @Test("decodes percent-coding, and plus signs as spaces", .covers("T44"))
  func coding() throws {
    #expect(
      try bound("tags=a%26b&id=a+b") == "{\"id\":\"a b\",\"tags\":[\"a&b\"]}")
    #expect(try bound("id=%D0%96%3d%25&%69%33%32=1") == "{\"id\":\"Ж=%\",\"i32\":1}")
    #expect(try bound("id=a=b") == "{\"id\":\"a=b\"}")
    #expect(try bound("&&id=a&&") == "{\"id\":\"a\"}")
    #expect(try bound("") == "{}")
    #expect(try bound("raw=-_8") == "{\"raw\":\"+/8=\"}")
  }

  @Test(
    "refuses malformed coding",
    arguments: [
      ("id=%zz", "id"), ("id=%4", "id"), ("id=%", "id"), ("id=%ff", "id"), ("id=%c3", "id"),
      ("%zz=1", ""), ("%ff=1", ""), ("tags=a&tags=%80", "tags"),
    ])
  func malformed(_ query: String, _ field: String) throws {
    #expect(try wrong(query) == field)
  }

  @Test("refuses a very deep name and very many parameters", .covers("T45"))
  func bounds() throws {
    let deep = String(repeating: "sub.", count: 1000) + "n=1"
    #expect(try wrong(deep) != nil)
    let hundred = String(repeating: "sub.", count: 100) + "n=1"
    #expect(try bound(hundred).contains("\"n\":\"1\""))
    let many = (0..<10_000).map { "tags=\($0)" }.joined(separator: "&")
    #expect(try wrong(many) == "")
    let long = String(repeating: "z", count: 100_000) + "=1"
    #expect(try #require(try wrong(long)).utf8.count < 200)
  }

  @Test("refuses a parameter without a value", .covers("T46"))
  func noValue() throws {
    #expect(try wrong("flag") == "flag")
    #expect(try wrong("id=a&flag") == "flag")
  }

  @Test("reads an enum by name or number")
  func enums() throws {
    #expect(try bound("color=RED") == "{\"color\":\"RED\"}")
    #expect(try bound("color=-1") == "{\"color\":\"NEGATIVE\"}")
    #expect(try wrong("color=GREEN") == "color")
    #expect(try wrong("color=") == "color")
  }

  @Test("reads wrappers as their values")
  func wrappers() throws {
    #expect(try bound("wi=5&wb=false") == "{\"wi\":\"5\",\"wb\":false}")
    #expect(try wrong("wb=x") == "wb")
  }
}
