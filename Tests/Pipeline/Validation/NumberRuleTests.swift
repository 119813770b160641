import Testing

@Suite("Rules of numbers, enums and counts")
struct NumberRuleTests {
  private func verdict(
    _ type: Contract.Field.TypeEnum, _ bytes: [UInt8], from minimum: Int64? = nil,
    to maximum: Int64? = nil
  ) throws -> Verdict {
    let field = Contract.field("f", 1, type) {
      if let minimum { $0.minimum = minimum }
      if let maximum { $0.maximum = maximum }
    }
    return try Contract([field]).check(bytes)
  }

  @Test("bounds signed numbers of each encoding")
  func signed() throws {
    let encodings: [(Contract.Field.TypeEnum, (Int64) -> [UInt8])] = [
      (.int32, { Wire.number(1, $0) }),
      (.int64, { Wire.number(1, $0) }),
      (.sint32, { Wire.number(1, ($0 << 1) ^ ($0 >> 63)) }),
      (.sint64, { Wire.number(1, ($0 << 1) ^ ($0 >> 63)) }),
      (.sfixed32, { Wire.fixed32(1, UInt32(bitPattern: Int32($0))) }),
      (.sfixed64, { Wire.fixed64(1, UInt64(bitPattern: $0)) }),
    ]
    for (type, encode) in encodings {
      for value in [-10, -1, 1, 10] as [Int64] {
        #expect(try verdict(type, encode(value), from: -10, to: 10) == .valid)
      }
      #expect(
        try verdict(type, encode(-11), from: -10, to: 10) == .violations(["f is less than -10"]))
      #expect(
        try verdict(type, encode(11), from: -10, to: 10) == .violations(["f is greater than 10"]))
    }
  }

  @Test("bounds unsigned numbers up to the last bit")
  func unsigned() throws {
    #expect(
      try verdict(.uint64, Wire.number(1, .max as UInt64), to: .max)
        == .violations(["f is greater than 9223372036854775807"]))
    #expect(try verdict(.fixed64, Wire.fixed64(1, .max), from: 5) == .valid)
    #expect(
      try verdict(.uint64, Wire.number(1, 4 as UInt64), from: 5)
        == .violations(["f is less than 5"]))
    #expect(
      try verdict(.uint32, Wire.number(1, UInt64(UInt32.max)), to: 7)
        == .violations(["f is greater than 7"]))
    #expect(try verdict(.fixed32, Wire.fixed32(1, 7), from: 7, to: 7) == .valid)
  }

  @Test("bounds 64-bit numbers at their ends")
  func ends() throws {
    #expect(
      try verdict(.int64, Wire.number(1, Int64.min), from: .min + 1)
        == .violations(["f is less than -9223372036854775807"]))
    #expect(try verdict(.int64, Wire.number(1, Int64.max), to: .max) == .valid)
    #expect(try verdict(.sint64, Wire.number(1, UInt64.max), to: -1) == .valid)
  }

  @Test("bounds fractions, and refuses what is no number")
  func fractions() throws {
    #expect(try verdict(.double, Wire.fixed64(1, 1.5.bitPattern), from: 1, to: 2) == .valid)
    #expect(
      try verdict(.double, Wire.fixed64(1, 2.5.bitPattern), from: 1, to: 2)
        == .violations(["f is greater than 2"]))
    #expect(
      try verdict(.float, Wire.fixed32(1, Float(0.5).bitPattern), from: 1)
        == .violations(["f is less than 1"]))
    #expect(
      try verdict(.double, Wire.fixed64(1, Double.nan.bitPattern), to: 2)
        == .violations(["f is greater than 2"]))
    #expect(
      try verdict(.double, Wire.fixed64(1, Double.infinity.bitPattern), to: .max)
        == .violations(["f is greater than 9223372036854775807"]))
  }

  @Test("checks elements packed and apart, and mixed")
  func lists() throws {
    let contract = Contract([
      Contract.field("f", 1, .uint32, repeated: true) {
        $0.maximum = 9
        $0.maxItems = 4
      }
    ])
    #expect(try contract.check(Wire.bytes(1, [1, 2]) + Wire.number(1, 9 as UInt64)) == .valid)
    #expect(
      try contract.check(Wire.number(1, 10 as UInt64) + Wire.bytes(1, [1, 11]))
        == .violations(["f[1] is greater than 9", "f[3] is greater than 9"]))
    #expect(
      try contract.check(Wire.bytes(1, [1, 2, 3]) + Wire.bytes(1, [4, 5]))
        == .violations(["f has more than 4 items"]))
    #expect(try contract.check(Wire.bytes(1, [])) == .valid)
    #expect(try contract.check(Wire.bytes(1, [1, 0x80])) == .malformed)
  }

  @Test("refuses packed numbers of fixed size with a part of one left over")
  func packedFixed() throws {
    let contract = Contract([
      Contract.field("f", 1, .fixed32, repeated: true) { $0.maximum = 9 }
    ])
    #expect(try contract.check(Wire.bytes(1, [1, 0, 0, 0, 2, 0, 0, 0])) == .valid)
    #expect(try contract.check(Wire.bytes(1, [1, 0, 0, 0, 2])) == .malformed)
  }

  @Test("knows the named values of an enum")
  func enums() throws {
    let contract = Contract([
      Contract.field("f", 1, .enum, of: "State") { $0.definedOnly = true },
      Contract.field("g", 2, .enum, of: "State", repeated: true) { $0.definedOnly = true },
    ])
    #expect(try contract.check(Wire.number(1, 5 as UInt64) + Wire.bytes(2, [0, 1, 5])) == .valid)
    #expect(
      try contract.check(Wire.number(1, 2 as UInt64) + Wire.bytes(2, [1, 3]))
        == .violations(
          ["g[2] is not a value of test.State", "f is not a value of test.State"]))
    #expect(
      try contract.check(Wire.number(1, -1 as Int64))
        == .violations(["f is not a value of test.State"]))
  }
}
