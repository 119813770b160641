import TestSupport
import Testing

@testable import Transcoding

@Suite("Fields of JSON objects")
struct ObjectTests {
  private let contract = Contract.shared

  @Test(
    "refuses a field given twice, by whichever names", .covers("T49"),
    arguments: [
      ("{\"id\":\"a\",\"id\":\"b\"}", "id"), ("{\"id\":\"a\",\"id\":\"a\"}", "id"),
      ("{\"pageToken\":\"a\",\"page_token\":\"b\"}", "page_token"),
      ("{\"id\":null,\"id\":\"b\"}", "id"), ("{\"id\":\"b\",\"id\":null}", "id"),
      ("{\"tags\":[],\"tags\":[]}", "tags"), ("{\"sub\":{},\"sub\":{}}", "sub"),
      ("{\"sub\":{\"name\":\"a\",\"name\":\"b\"}}", "sub.name"),
      ("{\"labels\":{\"a\":\"1\",\"a\":\"2\"}}", "labels[\"a\"]"),
      ("{\"labels\":{\"a\":\"1\",\"\\u0061\":\"2\"}}", "labels[\"a\"]"),
    ])
  func duplicates(_ text: String, _ field: String) throws {
    #expect(try contract.wrongField(text) == field)
  }

  @Test("finds a key given twice among thousands", .covers("T49"))
  func manyKeys() throws {
    let entries = (0..<5000).map { "\"k\($0)\":\"v\"" }.joined(separator: ",")
    #expect(try contract.wrongField("{\"labels\":{\(entries)}}") == nil)
    #expect(
      try contract.wrongField("{\"labels\":{\(entries),\"k17\":\"w\"}}") == "labels[\"k17\"]")
  }

  @Test("takes both names of a field and prints the JSON name")
  func bothNames() throws {
    for name in ["pageToken", "page_token"] {
      #expect(try contract.roundTrip("{\"\(name)\":\"a\"}") == "{\"pageToken\":\"a\"}")
    }
    #expect(
      try contract.roundTrip("{\"grant_type\":\"a\"}", "Form") == "{\"grant_type\":\"a\"}")
    #expect(try contract.wrongField("{\"grantType\":\"a\"}", "Form") == "grantType")
  }

  @Test(
    "refuses an unknown field, naming its path", .covers("T50"),
    arguments: [
      ("{\"sub\":{\"zz\":1}}", "sub.zz"), ("{\"zz\":null}", "zz"), ("{\"\":1}", ""),
      ("{\"subs\":[{},{\"x.y\":1}]}", "subs[2].x.y"), ("{\"ID\":\"a\"}", "ID"),
      ("{\"[ext.x]\":1}", "[ext.x]"), ("{\"id\\u0000\":1}", "id\u{0}"),
    ])
  func unknownFields(_ text: String, _ field: String) throws {
    #expect(try contract.wrongField(text) == field)
  }

  @Test("shortens an unknown name that is very long")
  func longNames() throws {
    let field = try #require(
      try contract.wrongField("{\"\(String(repeating: "z", count: 100_000))\":1}"))
    #expect(field.utf8.count < 200)
  }

  @Test("refuses two members of a oneof, but not where one is null", .covers("T54"))
  func oneofs() throws {
    #expect(try contract.wrongField("{\"user\":\"x\",\"email\":\"y\"}") == "email")
    #expect(
      try contract.roundTrip("{\"user\":null,\"email\":\"x\"}") == "{\"email\":\"x\"}")
    #expect(
      try contract.roundTrip("{\"email\":\"x\",\"user\":null}") == "{\"email\":\"x\"}")
    #expect(try contract.roundTrip("{\"user\":\"\"}") == "{\"user\":\"\"}")
    for member in [
      "\"oneSub\":{\"n\":\"1\"}", "\"oneNumber\":0", "\"oneBlob\":\"\"", "\"oneNull\":null",
    ] {
      #expect(try contract.roundTrip("{\(member)}", "Wide") == "{\(member)}")
    }
    #expect(try contract.wrongField("{\"oneSub\":{},\"oneNumber\":1}", "Wide") == "one_number")
  }

  @Test("takes null for any field as no value")
  func nulls() throws {
    let text = """
      {"name":null,"i32":null,"u64":null,"d":null,"flag":null,"raw":null,"color":null,"sub":null,
      "tags":null,"subs":null,"labels":null,"ts":null,"updateMask":null,"wi":null,"opt":null}
      """
    #expect(try contract.roundTrip(text) == "{}")
  }

  @Test("refuses null as an element of a list or a map")
  func nullElements() throws {
    #expect(try contract.wrongField("{\"tags\":[\"a\",null]}") == "tags[2]")
    #expect(try contract.wrongField("{\"subs\":[null]}") == "subs[1]")
    #expect(try contract.wrongField("{\"labels\":{\"k\":null}}") == "labels[\"k\"]")
  }

  @Test("keeps an optional field that holds its default, and drops others that do")
  func presence() throws {
    #expect(try contract.roundTrip("{\"opt\":\"\"}") == "{\"opt\":\"\"}")
    #expect(
      try contract.roundTrip("{\"name\":\"\",\"i32\":0,\"flag\":false,\"color\":0}") == "{}")
    #expect(try contract.roundTrip("{\"sub\":{},\"subs\":[{}]}") == "{\"sub\":{},\"subs\":[{}]}")
    let bytes = try contract.message("Req").wire(
      fromJSON: Array("{\"name\":\"\",\"i32\":0,\"d\":0.0}".utf8))
    #expect(bytes.isEmpty)
  }

  @Test("takes maps with keys of every type")
  func maps() throws {
    let text = """
      {"byInt":{"-1":{"name":"a"},"2":{}},"byFlag":{"true":1.5,"false":0},\
      "byLong":{"18446744073709551615":"RED","0":"COLOR_UNSPECIFIED"}}
      """
    #expect(try contract.roundTrip(text, "Wide") == text)
    #expect(try contract.wrongField("{\"byInt\":{\"x\":{}}}", "Wide") == "by_int[\"x\"]")
    #expect(try contract.wrongField("{\"byInt\":{\"1\":{},\"1.0\":{}}}", "Wide") != nil)
    #expect(try contract.wrongField("{\"byFlag\":{\"1\":1}}", "Wide") == "by_flag[\"1\"]")
    #expect(try contract.wrongField("{\"byLong\":{\"-1\":0}}", "Wide") == "by_long[\"-1\"]")
    #expect(try contract.roundTrip("{\"labels\":{\"\":\"\"}}") == "{\"labels\":{\"\":\"\"}}")
  }
}
