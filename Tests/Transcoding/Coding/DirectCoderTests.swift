import TestSupport
import Testing

@testable import Transcoding

@Suite("The coder without a tree")
struct DirectCoderTests {
  private let contract = Contract.shared

  /// The wire of a text by the direct coder alone; nil where it leaves the text to the tree.
  private func direct(_ json: String, _ name: String = "Wide") throws -> [UInt8]? {
    let plan = try contract.message(name).plan.pointer
    return Array(json.utf8).withUnsafeBufferPointer {
      JSONBody.direct(Bytes($0), as: plan, budget: 64 << 20)
    }
  }

  private func tree(_ json: String, _ name: String = "Wide") throws -> [UInt8] {
    try TreeCoder.wire(Array(json.utf8), as: contract.message(name))
  }

  private func printed(
    _ wire: [UInt8], _ name: String = "Wide", _ options: PrintOptions = []
  ) throws -> String? {
    let plan = try contract.message(name).plan.pointer
    return DirectText.print(wire, as: plan, options)
  }

  private static let texts = [
    #"{"f":1.5,"s32":-5,"s64":"-7","x32":4294967295,"x64":"18446744073709551615","sx32":-1}"#,
    #"{"sx64":"-9223372036854775808","numbers":[1,"2",-3,1000000000000,1e3],"doubles":[0,-0.0,"NaN"]}"#,
    #"{"flags":[true,false],"blobs":["","AA==","AAECAwQ_-g"],"far":"ж\u0000😁\ud83d\ude01\n"}"#,
    #"{"byInt":{"1":{"name":"a"},"-2":{},"1e1":{"n":"5"}},"byFlag":{"true":1.5,"false":"Infinity"}}"#,
    #"{"byLong":{"18446744073709551615":"RED","0":7},"null":null,"oneNull":null}"#,
    #"{"structure":{"a":null,"b":[1,"x",true,{"c":{}}],"":{"d":[]}},"value":[[]],"list":[1,[2]]}"#,
    #"{"any":{"@type":"x/test.v1.Sub","sub":{"n":1},"name":"y"}}"#,
    #"{"any":{"value":"5s","@type":"x/google.protobuf.Duration"}}"#,
    #"{"any":{"@type":"x/test.v1.Sub"}}"#,
    #"{"any":{}}"#,
    #"{"any":{"@type":"x/google.protobuf.Value","value":{"q":1}}}"#,
    #"{"ws":"","wraw":"AA==","wd":0,"times":["2024-02-29T12:00:00.5+02:00","1970-01-01T00:00:00Z"]}"#,
    #"{"oneSub":{"sub":{"sub":{"name":"deep"}}},"values":[null,1,"x"],"wide":{"wide":{"f":0}}}"#,
    #"{"wide":{"far":"last","f":1,"s32":2},"s64":"1","f":2}"#,
    #"{ "f" : 1 , "numbers" : [ 1 , 2 ] , "oneSub" : { } }"#,
    #"{"far":"","numbers":[],"byInt":{},"wide":null,"oneNumber":0}"#,
    #"{"s32":0,"oneBlob":""}"#,
    "{}",
  ]

  @Test("writes byte for byte what the tree would", arguments: texts)
  func parsing(_ text: String) throws {
    let wire = try #require(try direct(text))
    #expect(try wire == tree(text))
  }

  private static let everyOption: [PrintOptions] = [
    [], .defaults, .enumNumbers, .protoNames, .numericInt64,
    [.defaults, .enumNumbers, .protoNames, .numericInt64],
  ]

  @Test("prints what the tree would, with every option", arguments: texts)
  func printing(_ text: String) throws {
    let message = try contract.message("Wide")
    let wire = try tree(text)
    for options in DirectCoderTests.everyOption {
      let direct = try #require(try printed(wire, "Wide", options))
      #expect(try direct == TreeCoder.json(wire, as: message, options))
    }
  }

  @Test("puts members in whatever order into that of their numbers")
  func order() throws {
    let text = #"{"pageToken":"t","tags":["b","a"],"sub":{"etag":"e","n":"1","name":"x"},"id":"i"}"#
    #expect(try direct(text, "Req") == tree(text, "Req"))
    #expect(
      try contract.roundTrip(text)
        == #"{"id":"i","sub":{"name":"x","n":"1","etag":"e"},"tags":["b","a"],"pageToken":"t"}"#)
  }

  @Test("leaves to the tree what is not plain, which answers as before")
  func irregular() throws {
    let split =
      WireParts.field(11, WireParts.field(1, "a")) + WireParts.field(11, WireParts.field(4, "e"))
    let apart = WireParts.field(12, "a") + WireParts.field(2, "i") + WireParts.field(12, "b")
    let oneof = WireParts.field(21, "u") + WireParts.field(22, "e")
    let backwards = WireParts.field(2, "i") + WireParts.field(1, "n")
    let entry = WireParts.field(1, "k") + WireParts.field(2, "v")
    let twice = WireParts.field(15, entry) + WireParts.field(15, entry)
    let turned = WireParts.field(15, WireParts.field(2, "v") + WireParts.field(1, "k"))
    let group: [UInt8] = [0x83 | 0x80, 0x7d, 0x84, 0x7d]
    for wire in [split, apart, oneof, backwards, twice, turned, group] {
      #expect(try printed(wire, "Req") == nil)
    }
    #expect(try contract.print(split) == #"{"sub":{"name":"a","etag":"e"}}"#)
    #expect(try contract.print(apart) == #"{"id":"i","tags":["a","b"]}"#)
    #expect(try contract.print(oneof) == #"{"email":"e"}"#)
    #expect(try contract.print(backwards) == #"{"name":"n","id":"i"}"#)
    #expect(try contract.print(twice) == #"{"labels":{"k":"v"}}"#)
    #expect(try contract.print(turned) == #"{"labels":{"k":"v"}}"#)
  }

  @Test("prints entries without a key or a value with the defaults")
  func halfEntries() throws {
    let empty = WireParts.field(15, "")
    #expect(try printed(empty, "Req") == #"{"labels":{"":""}}"#)
    #expect(try printed(WireParts.field(12, ""), "Wide") == #"{"byInt":{"0":{}}}"#)
    #expect(try contract.print(WireParts.field(13, ""), "Wide") == #"{"byFlag":{"false":0}}"#)
  }

  @Test("passes over fields that the contract does not know")
  func unknownFields() throws {
    let wire = WireParts.field(500, "x") + WireParts.field(501, 7)
    #expect(try printed(wire, "Req") == "{}")
  }

  @Test("takes packed lists, lists in pieces of either kind, and empty ones")
  func lists() throws {
    let packed = WireParts.field(8, [1, 2] as [UInt8])
    let single = WireParts.field(8, 3)
    #expect(try printed(packed + single + packed, "Wide") == #"{"numbers":["1","2","3","1","2"]}"#)
    #expect(try printed(WireParts.field(8, ""), "Wide") == "{}")
    #expect(try printed(WireParts.field(8, [0x80] as [UInt8]), "Wide") == nil)
    #expect(try printed(WireParts.field(9, [1, 2, 3] as [UInt8]), "Wide") == nil)
  }

  @Test("moves what follows a length that turns out longer or shorter than guessed")
  func lengths() throws {
    for sizes in [[1, 200, 3], [20_000, 1, 130], [127, 128, 16_383, 16_384, 0]] {
      let subs = sizes.map { #"{"name":"\#(String(repeating: "x", count: $0))"}"# }
      let text = #"{"subs":[\#(subs.joined(separator: ","))]}"#
      #expect(try direct(text, "Req") == tree(text, "Req"))
    }
  }

  @Test("takes as many levels as the tree, and no more", .covers("T57"))
  func depth() throws {
    for levels in [98, 99, 100, 101] {
      let text =
        #"{"sub":"# + String(repeating: #"{"sub":"#, count: levels - 1) + "{}"
        + String(repeating: "}", count: levels)
      #expect(try (direct(text, "Req") == nil) == (contract.error(text, "Req") != nil))
    }
  }

  @Test("takes a field alone, as a body may be")
  func fieldBodies() throws {
    let plan = try contract.message("Req").plan.pointer
    func body(_ name: String, _ json: String) throws -> [UInt8]? {
      let index = Array(name.utf8).withUnsafeBufferPointer { plan.pointee.names.find(Bytes($0)) }
      return Array(json.utf8).withUnsafeBufferPointer {
        JSONBody.direct(Bytes($0), as: plan, field: plan.pointee.fields + index, budget: 1 << 20)
      }
    }
    #expect(try body("sub", #"{"name":"x"}"#) == tree(#"{"sub":{"name":"x"}}"#, "Req"))
    #expect(try body("tags", #"["a"]"#) == tree(#"{"tags":["a"]}"#, "Req"))
    #expect(try body("user", #""""#) == tree(#"{"user":""}"#, "Req"))
    #expect(try body("sub", "null") == nil)
    #expect(try body("sub", "{} x") == nil)
  }

  @Test("ends at the budget, and leaves the answer to the tree", .covers("S-F14"))
  func budget() throws {
    let plan = try contract.message("Req").plan.pointer
    let text = Array("{\"subs\":[\(String(repeating: "{},", count: 1000)){}]}".utf8)
    let small = text.withUnsafeBufferPointer {
      JSONBody.direct(Bytes($0), as: plan, budget: 20_000)
    }
    #expect(small == nil)
    let wire = try TreeCoder.wire(text, as: contract.message("Req"))
    #expect(DirectText.print(wire, as: plan, [], budget: 20_000) == nil)
    // Two bytes of an empty message become all the names of its fields.
    let many = Array(repeating: WireParts.field(29, ""), count: 1).flatMap { $0 }
    #expect(
      throws: TranscodingError.self,
      performing: {
        _ = try many.withUnsafeBytes {
          try contract.message("Wide").json(
            fromWire: $0, options: .defaults, memoryBudget: 100)
        }
      })
  }
}
