import Testing

@Suite("Required fields")
struct RequiredFieldTests {
  static let fields = [
    Contract.field("text", 1, .string) { $0.required = true },
    Contract.field("count", 2, .int32) { $0.required = true },
    Contract.field("flag", 3, .bool) { $0.required = true },
    Contract.field("state", 4, .enum, of: "State") { $0.required = true },
    Contract.field("data", 5, .bytes) { $0.required = true },
    Contract.field("share", 6, .double) { $0.required = true },
    Contract.field("note", 7, .string, optional: true) { $0.required = true },
    Contract.field("tags", 8, .string, repeated: true) { $0.required = true },
  ]

  static let complete =
    Wire.string(1, "a") + Wire.number(2, 1 as UInt64) + Wire.number(3, 1 as UInt64)
    + Wire.number(4, 1 as UInt64) + Wire.bytes(5, [0]) + Wire.fixed64(6, 1.5.bitPattern)
    + Wire.string(7, "n") + Wire.string(8, "")

  @Test("accepts a message in which each has a value")
  func complete() throws {
    #expect(try Contract(Self.fields).check(Self.complete) == .valid)
  }

  @Test("names each that is absent")
  func absent() throws {
    let names = ["text", "count", "flag", "state", "data", "share", "note", "tags"]
    #expect(try Contract(Self.fields).check([]) == .violations(names.map { "\($0) is required" }))
  }

  @Test("takes a default for no value, also in a field with presence")
  func defaults() throws {
    let contract = Contract(Self.fields)
    let defaults =
      Wire.string(1, "") + Wire.number(2, 0 as UInt64) + Wire.number(3, 0 as UInt64)
      + Wire.number(4, 0 as UInt64) + Wire.bytes(5, []) + Wire.fixed64(6, (-0.0).bitPattern)
      + Wire.string(7, "")
    #expect(try contract.check(defaults) == contract.check([]))
  }

  @Test("takes the low 32 bits of a 32-bit number, as decoders do")
  func truncation() throws {
    let contract = Contract([Contract.field("count", 1, .int32) { $0.required = true }])
    #expect(
      try contract.check(Wire.number(1, 1 << 32 as UInt64)) == .violations(["count is required"]))
    #expect(try contract.check(Wire.number(1, 1 << 32 | 7 as UInt64)) == .valid)
  }

  @Test("counts the last occurrence")
  func lastWins() throws {
    let contract = Contract([Contract.field("text", 1, .string) { $0.required = true }])
    #expect(
      try contract.check(Wire.string(1, "a") + Wire.string(1, ""))
        == .violations(["text is required"]))
    #expect(try contract.check(Wire.string(1, "") + Wire.string(1, "a")) == .valid)
  }

  @Test("does not count a value of another wire type")
  func otherWireType() throws {
    let contract = Contract([Contract.field("text", 1, .string) { $0.required = true }])
    #expect(try contract.check(Wire.number(1, 5 as UInt64)) == .violations(["text is required"]))
  }

  @Test("is satisfied by an empty submessage, whose own fields are then required")
  func submessages() throws {
    var contract = Contract([
      Contract.field("member", 1, .message, of: "Member") { $0.required = true }
    ])
    contract.add("Member", [Contract.field("subject", 1, .string) { $0.required = true }])
    #expect(try contract.check([]) == .violations(["member is required"]))
    #expect(try contract.check(Wire.bytes(1, [])) == .violations(["member.subject is required"]))
    #expect(try contract.check(Wire.bytes(1, Wire.string(1, "s"))) == .valid)
  }

  @Test("asks nothing of the fields of an absent submessage")
  func absentSubmessage() throws {
    var contract = Contract([Contract.field("member", 1, .message, of: "Member")])
    contract.add("Member", [Contract.field("subject", 1, .string) { $0.required = true }])
    #expect(try contract.check([]) == .valid)
  }
}
