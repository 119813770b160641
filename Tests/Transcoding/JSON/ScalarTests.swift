import TestSupport
import Testing

@testable import Transcoding

@Suite("Single values in JSON")
struct ScalarTests {
  private let contract = Contract.shared

  @Test(
    "reads whole numbers however they are written", .covers("T51"),
    arguments: ["1e5", "100000.000", "\"1e5\"", "100000", "\"100000\"", "10.0e4", "1000000e-1"])
  func wholeNumbers(_ text: String) throws {
    #expect(try contract.roundTrip("{\"i32\":\(text)}") == "{\"i32\":100000}")
  }

  @Test(
    "refuses what is no int32", .covers("T51"),
    arguments: [
      "0.5", "true", "\"12abc\"", "\" 1\"", "\"1 \"", "\"\"", "\"+5\"", "\"0x1\"", "\"01\"", "[1]",
      "{}", "2147483648", "-2147483649", "1e10", "\"2147483648\"", "\"NaN\"",
    ])
  func noInt32(_ text: String) throws {
    #expect(try contract.wrongField("{\"i32\":\(text)}") == "i32")
  }

  @Test("keeps 64-bit integers exact and prints them as strings", .covers("T52"))
  func exactInt64() throws {
    #expect(
      try contract.roundTrip("{\"i64\":9007199254740993}") == "{\"i64\":\"9007199254740993\"}")
    #expect(
      try contract.roundTrip("{\"i64\":-9223372036854775808,\"u64\":\"18446744073709551615\"}")
        == "{\"i64\":\"-9223372036854775808\",\"u64\":\"18446744073709551615\"}")
  }

  @Test(
    "refuses integers beyond 64 bits at once", .covers("T53"),
    arguments: [
      "\"1e536870000\"", "18446744073709551616", "-1", "1e20", "\"-1\"",
      "1" + String(repeating: "0", count: 100_000),
    ])
  func beyond64Bits(_ text: String) throws {
    #expect(try contract.wrongField("{\"u64\":\(text)}") == "u64")
  }

  @Test("takes a zero however large its exponent")
  func zeroes() throws {
    #expect(try contract.roundTrip("{\"u64\":\"0e536870000\",\"i32\":-0,\"u32\":0.000}") == "{}")
  }

  @Test(
    "takes an int64's bounds and refuses what lies beyond",
    arguments: [
      ("9223372036854775807", true), ("9223372036854775808", false),
      ("-9223372036854775808", true), ("-9223372036854775809", false),
    ])
  func int64Bounds(_ text: String, _ fits: Bool) throws {
    #expect(try (contract.wrongField("{\"i64\":\(text)}") == nil) == fits)
  }

  @Test(
    "reads doubles correctly rounded",
    arguments: [
      "0.1", "1e22", "1e23", "123456789.123456789", "5e-324", "1.7976931348623157e308",
      "2.2250738585072011e-308", "9007199254740993", "0.30000000000000004", "1e-400", "-1.5",
      "179769313486231570000000000000000000000", "4.35", "1e15", "1e16",
    ])
  func doubles(_ text: String) throws {
    let expected = try #require(Double(text))
    let printed = try contract.roundTrip("{\"doubles\":[\(text)]}", "Wide")
    let value = printed.dropFirst("{\"doubles\":[".count).dropLast(2)
    #expect(Double(value) == expected)
  }

  @Test("reads numbers of any length by their value")
  func longNumbers() throws {
    let zeros = String(repeating: "0", count: 100_000)
    let middle = "9007199254740993"  // Between two doubles: the even one below is taken.
    let cases = [
      ("1.\(zeros)", "1"), ("1.\(zeros)1", "1"), ("\(middle).\(zeros)", "9007199254740992"),
      ("\(middle).\(zeros)1", "9.007199254740994e+15"), ("-0.\(zeros)", "-0"),
      ("1\(zeros)e-100000", "1"), ("0.\(zeros)15e100001", "1.5"), ("0.\(zeros)1", "0"),
    ]
    for (text, expected) in cases {
      for value in [text, "\"\(text)\""] {
        let printed = try contract.roundTrip("{\"doubles\":[\(value)]}", "Wide")
        #expect(printed == "{\"doubles\":[\(expected)]}")
      }
    }
    #expect(try contract.roundTrip("{\"f\":16777217.\(zeros)1}", "Wide") == "{\"f\":1.6777218e+07}")
    #expect(
      try contract.roundTrip("{\"i32\":7.\(zeros),\"u64\":1\(zeros)e-99999}")
        == "{\"i32\":7,\"u64\":\"10\"}")
    for text in ["1\(zeros)", "-1\(zeros)", "1.\(zeros)e999"] {
      #expect(try contract.wrongField("{\"d\":\(text)}") == "d")
    }
    for text in ["1.\(zeros)1", "1\(zeros)"] {
      #expect(try contract.wrongField("{\"i32\":\(text)}") == "i32")
    }
  }

  @Test("takes the three doubles that JSON has no number for, and only as strings")
  func specialDoubles() throws {
    let text = "{\"doubles\":[\"NaN\",\"Infinity\",\"-Infinity\"]}"
    #expect(try contract.roundTrip(text, "Wide") == text)
    for word in ["NaN", "Infinity", "\"nan\"", "\"inf\"", "\"-NaN\""] {
      #expect(try contract.wrongField("{\"d\":\(word)}") == "d")
    }
  }

  @Test(
    "refuses a double or a float that is out of range", .covers("T37"),
    arguments: [("d", "Req", "1e999"), ("d", "Req", "-1e309"), ("f", "Wide", "3.5e38")])
  func tooLarge(_ field: String, _ message: String, _ text: String) throws {
    #expect(try contract.wrongField("{\"\(field)\":\(text)}", message) == field)
    #expect(try contract.wrongField("{\"\(field)\":\"\(text)\"}", message) == field)
  }

  @Test("keeps a float's digits short and a negative zero's sign")
  func floats() throws {
    #expect(try contract.roundTrip("{\"f\":0.1}", "Wide") == "{\"f\":0.1}")
    #expect(try contract.roundTrip("{\"f\":16777217}", "Wide") == "{\"f\":16777216}")
    #expect(try contract.roundTrip("{\"f\":-0.0}", "Wide") == "{\"f\":-0}")
    #expect(try contract.roundTrip("{\"d\":-0.0}") == "{\"d\":-0}")
    #expect(try contract.roundTrip("{\"d\":0.0}") == "{}")
  }

  @Test("reads every kind of number on the wire")
  func everyKind() throws {
    let text = """
      {"s32":-5,"s64":"-6","x32":7,"x64":"8","sx32":-9,"sx64":"-10","far":"away"}
      """
    #expect(try contract.roundTrip(text, "Wide") == text)
  }

  @Test("takes only true and false for a bool", arguments: ["1", "\"true\"", "TRUE", "tru", "0"])
  func bools(_ text: String) throws {
    #expect(try contract.wrongField("{\"flag\":\(text)}") == "flag")
    #expect(try contract.roundTrip("{\"flag\":true}") == "{\"flag\":true}")
    #expect(try contract.roundTrip("{\"flag\":false}") == "{}")
  }

  @Test("reads base64 of both alphabets, padded or not, and prints the standard one")
  func base64() throws {
    for text in ["+/8=", "-_8=", "+/8", "-_8"] {
      #expect(try contract.roundTrip("{\"raw\":\"\(text)\"}") == "{\"raw\":\"+/8=\"}")
    }
    #expect(try contract.roundTrip("{\"raw\":\"\"}") == "{}")
    #expect(try contract.roundTrip("{\"raw\":\"AAECAwQ=\"}") == "{\"raw\":\"AAECAwQ=\"}")
  }

  @Test(
    "refuses what is no base64",
    arguments: ["A", "AA=A", "A===", "AB!=", "AAAAA", "AA==AA==", "AB==", " AAA", "===="])
  func noBase64(_ text: String) throws {
    #expect(try contract.wrongField("{\"raw\":\"\(text)\"}") == "raw")
  }

  @Test("passes over spare bits of base64 that has no padding, as protobuf's suite has it")
  func spareBits() throws {
    #expect(try contract.roundTrip("{\"raw\":\"-_\"}") == "{\"raw\":\"+w==\"}")
    #expect(try contract.roundTrip("{\"raw\":\"AB_\"}") == "{\"raw\":\"AB8=\"}")
  }

  @Test("takes an enum by name or number and keeps a number without a name", .covers("T56"))
  func enums() throws {
    #expect(try contract.roundTrip("{\"color\":\"RED\"}") == "{\"color\":\"RED\"}")
    #expect(try contract.roundTrip("{\"color\":1}") == "{\"color\":\"RED\"}")
    #expect(try contract.roundTrip("{\"color\":-1}") == "{\"color\":\"NEGATIVE\"}")
    #expect(try contract.roundTrip("{\"color\":77}") == "{\"color\":77}")
    #expect(
      try contract.roundTrip("{\"colors\":[\"RED\",0,5]}")
        == "{\"colors\":[\"RED\",\"COLOR_UNSPECIFIED\",5]}")
  }

  @Test(
    "refuses an enum's unknown name", .covers("T56"),
    arguments: ["\"GREEN\"", "\"red\"", "\"\"", "\"1\"", "1.5", "2147483648", "true"])
  func unknownEnumNames(_ text: String) throws {
    #expect(try contract.wrongField("{\"color\":\(text)}") == "color")
  }

  @Test("refuses a value of another type, naming the list's position from 1")
  func wrongTypes() throws {
    #expect(try contract.wrongField("{\"name\":1}") == "name")
    #expect(try contract.wrongField("{\"name\":{}}") == "name")
    #expect(try contract.wrongField("{\"sub\":[]}") == "sub")
    #expect(try contract.wrongField("{\"sub\":\"x\"}") == "sub")
    #expect(try contract.wrongField("{\"tags\":\"x\"}") == "tags")
    #expect(try contract.wrongField("{\"tags\":{}}") == "tags")
    #expect(try contract.wrongField("{\"labels\":[]}") == "labels")
    #expect(try contract.wrongField("{\"tags\":[\"a\",2]}") == "tags[2]")
    #expect(try contract.wrongField("{\"subs\":[{},{\"n\":true}]}") == "subs[2].n")
    #expect(try contract.wrongField("{\"labels\":{\"a\":1}}") == "labels[\"a\"]")
    let error = try #require(try contract.error("{\"i32\":\"x\"}"))
    #expect(error.message == "i32: must be an int32 (line 1, column 11)")
  }
}
