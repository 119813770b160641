import TestSupport
import Testing

@testable import Transcoding

@Suite("A body beside path and query")
struct WireMergeTests {
  private let contract = Contract.shared

  private func joined(_ body: String, _ rest: String) throws -> [UInt8]? {
    let message = try contract.message("Req")
    let wire = try message.wire(fromJSON: Array(body.utf8))
    let plan = message.plan.pointer
    return try Array(rest.utf8).withUnsafeBufferPointer { buffer in
      try Arena.with(budget: 1 << 20) { arena in
        let root = try arena.message(plan)
        try JSONBody.parse(Bytes(buffer), arena) { parser throws(Fault) in
          try parser.message(plan, into: root)
        }
        return WireMerge.joined(wire, root, plan)
      }
    }
  }

  @Test("stands in the order of the fields, as if one message had been read")
  func order() throws {
    let wire = try #require(
      try joined(
        #"{"i32":3,"tags":["a","b"],"pageToken":"t"}"#, #"{"name":"n","sub":{"n":1},"opt":""}"#))
    let whole = #"{"name":"n","i32":3,"sub":{"n":"1"},"tags":["a","b"],"opt":"","pageToken":"t"}"#
    #expect(try wire == TreeCoder.wire(Array(whole.utf8), as: contract.message("Req")))
    #expect(try joined(#"{"id":"i"}"#, "{}") == joined("{}", #"{"id":"i"}"#))
  }

  @Test("needs a tree where both have a field or a oneof", .covers("T43", "T54", "T60"))
  func conflicts() throws {
    #expect(try joined(#"{"id":"i"}"#, #"{"id":"i"}"#) == nil)
    #expect(try joined(#"{"sub":{"name":"n"}}"#, #"{"sub":{"n":1}}"#) == nil)
    #expect(try joined(#"{"user":"u"}"#, #"{"email":"e"}"#) == nil)
    #expect(try joined(#"{"id":""}"#, #"{"id":"i"}"#) != nil)
  }

  @Test("gives the answers that one tree gave", .covers("T42", "T60"))
  func requests() throws {
    func call(_ body: String) -> Call {
      Call(verb: "POST", variables: [("id", "a")], body: body, bodyField: "*")
    }
    #expect(
      try call(#"{"name":"n","tags":["t"]}"#).bound() == #"{"name":"n","id":"a","tags":["t"]}"#)
    #expect(try call(#"{"id":"a"}"#).bound() == #"{"id":"a"}"#)
    #expect(try call(#"{"id":"b"}"#).wrongField() == "id")
    let beside = Call(
      verb: "POST", variables: [("sub.name", "a")], query: "id=i", body: #"["t"]"#,
      bodyField: "tags")
    #expect(try beside.bound() == #"{"id":"i","sub":{"name":"a"},"tags":["t"]}"#)
  }
}
