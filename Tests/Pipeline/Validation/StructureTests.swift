import TestSupport
import Testing

@Suite("Submessages, oneofs, maps and fields of the service")
struct StructureTests {
  private static var unit: Contract {
    var contract = Contract([
      Contract.field("unit", 1, .message, of: "Unit"),
      Contract.field("units", 2, .message, of: "Unit", repeated: true) { $0.maxItems = 2 },
    ])
    contract.add(
      "Unit",
      [
        Contract.field("number", 1, .string) { $0.required = true },
        Contract.field("access_points", 2, .message, of: "Point", repeated: true),
        Contract.field("parent", 3, .message, of: "Unit"),
      ])
    contract.add("Point", [Contract.field("label", 1, .string) { $0.maxLength = 1 }])
    return contract
  }

  @Test("names places below lists and submessages")
  func paths() throws {
    let point = Wire.bytes(2, Wire.string(1, "ab"))
    let fine = Wire.bytes(2, Wire.string(1, "a"))
    let unit = Wire.string(1, "7") + fine + fine + point
    #expect(
      try Self.unit.check(Wire.bytes(1, unit) + Wire.bytes(2, Wire.bytes(3, [])))
        == .violations([
          "units[1].number is required",
          "units[1].parent.number is required",
          "unit.access_points[3].label has more than 1 characters",
        ]))
    #expect(
      try Self.unit.check(
        Wire.bytes(2, Wire.string(1, "a")) + Wire.bytes(2, Wire.string(1, "a"))
          + Wire.bytes(2, Wire.string(1, "a"))) == .violations(["units has more than 2 items"]))
  }

  @Test("merges the occurrences of a submessage")
  func merges() throws {
    let first = Wire.bytes(1, Wire.string(1, "7"))
    let second = Wire.bytes(1, Wire.bytes(2, Wire.string(1, "a")))
    #expect(try Self.unit.check(first + second) == .valid)
    #expect(try Self.unit.check(second + first) == .valid)
    #expect(try Self.unit.check(second) == .violations(["unit.number is required"]))
    // Elements go on counting across the parts.
    let bad = Wire.bytes(1, Wire.bytes(2, Wire.string(1, "ab")))
    #expect(
      try Self.unit.check(first + second + bad)
        == .violations(["unit.access_points[2].label has more than 1 characters"]))
    // The last value of the last part counts.
    #expect(
      try Self.unit.check(first + Wire.bytes(1, Wire.string(1, "")))
        == .violations(["unit.number is required"]))
    // Parts of parts merge as well.
    let parents = Wire.bytes(3, Wire.string(1, "p")) + Wire.bytes(3, Wire.bytes(2, []))
    #expect(try Self.unit.check(first + Wire.bytes(1, parents)) == .valid)
  }

  private static var choice: Contract {
    var contract = Contract(
      [
        Contract.field("a", 1, .string, oneof: 0) { $0.maxLength = 1 },
        Contract.field("b", 2, .message, of: "B", oneof: 0),
        Contract.field("c", 3, .int32, oneof: 0) { $0.minimum = 5 },
      ], oneofs: ["choice"])
    contract.add(
      "B",
      [
        Contract.field("x", 1, .string) { $0.required = true }, Contract.field("y", 2, .string),
      ])
    return contract
  }

  @Test("keeps the last member of a oneof")
  func oneofs() throws {
    let badA = Wire.string(1, "ab")
    let goodB = Wire.bytes(2, Wire.string(1, "x"))
    let badB = Wire.bytes(2, [])
    let badC = Wire.number(3, 1 as UInt64)
    #expect(try Self.choice.check(badA) == .violations(["a has more than 1 characters"]))
    #expect(try Self.choice.check(badA + goodB) == .valid)
    #expect(try Self.choice.check(goodB + badA) == .violations(["a has more than 1 characters"]))
    #expect(try Self.choice.check(badB + goodB) == .valid)
    #expect(try Self.choice.check(badB + badC) == .violations(["c is less than 5"]))
    // A member that was replaced in between starts anew.
    #expect(try Self.choice.check(goodB + badC + badB) == .violations(["b.x is required"]))
    // A member has a value even where it is its type's default.
    #expect(
      try Self.choice.check(Wire.number(3, 0 as UInt64)) == .violations(["c is less than 5"]))
    // Of another wire type it is an unknown field and replaces nothing.
    #expect(
      try Self.choice.check(badA + Wire.string(3, "x"))
        == .violations(["a has more than 1 characters"]))
  }

  private static func map(key: Contract.Field.TypeEnum) -> Contract {
    var contract = Contract()
    contract.add(
      "M",
      [
        Contract.field("units", 1, .message, of: "M.UnitsEntry", repeated: true) {
          $0.maxItems = 2
          $0.required = true
        }
      ],
      maps: [
        Contract.entry(
          "UnitsEntry", key: Contract.field("key", 1, key),
          value: Contract.field("value", 2, .message, of: "Unit"))
      ])
    contract.add(
      "Unit",
      [
        Contract.field("number", 1, .string) { $0.required = true },
        Contract.field("floor", 2, .int32) { $0.maximum = 9 },
      ])
    return contract
  }

  @Test("checks the values of a map and counts its keys")
  func maps() throws {
    let map = Self.map(key: .string)
    func entry(_ key: String, _ value: [UInt8]) -> [UInt8] {
      Wire.bytes(1, Wire.string(1, key) + Wire.bytes(2, value))
    }
    let fine = Wire.string(1, "1")
    #expect(try map.check([]) == .violations(["units is required"]))
    #expect(try map.check(entry("a", fine) + entry("b", fine)) == .valid)
    #expect(try map.check(entry("a", [])) == .violations([#"units["a"].number is required"#]))
    #expect(try map.check(entry("a\"]", [])) == .violations(["units[*].number is required"]))
    // The last entry with a key counts, and only that.
    #expect(try map.check(entry("a", []) + entry("a", fine) + entry("a", fine)) == .valid)
    #expect(
      try map.check(entry("a", fine) + entry("a", []))
        == .violations([#"units["a"].number is required"#]))
    #expect(
      try map.check(entry("a", fine) + entry("b", fine) + entry("c", fine))
        == .violations(["units has more than 2 items"]))
    // No value is an empty value; no key is an empty key.
    #expect(
      try map.check(Wire.bytes(1, Wire.string(1, "a")))
        == .violations([#"units["a"].number is required"#]))
    #expect(try map.check(Wire.bytes(1, [])) == .violations(["units[*].number is required"]))
    // The parts of a value merge.
    let parts = Wire.bytes(2, fine) + Wire.bytes(2, Wire.number(2, 10 as UInt64))
    #expect(
      try map.check(Wire.bytes(1, Wire.string(1, "a") + parts))
        == .violations([#"units["a"].floor is greater than 9"#]))
  }

  @Test("reads keys of every type")
  func mapKeys() throws {
    let keys: [(Contract.Field.TypeEnum, [UInt8], String)] = [
      (.int32, Wire.number(1, -1 as Int64), "-1"), (.bool, Wire.number(1, 1 as UInt64), "true"),
      (.uint64, Wire.number(1, .max as UInt64), "18446744073709551615"),
      (.sfixed32, Wire.fixed32(1, .max), "-1"), (.fixed64, Wire.fixed64(1, 3), "3"),
      (.sint64, Wire.number(1, 3 as UInt64), "-2"),
    ]
    for (type, key, text) in keys {
      #expect(
        try Self.map(key: type).check(Wire.bytes(1, key))
          == .violations([#"units["\#(text)"].number is required"#]))
    }
  }

  @Test("refuses fields that only the service sets", .covers("S-D22"))
  func outputOnly() throws {
    var contract = Contract([
      Contract.field("name", 1, .string, outputOnly: true) { $0.required = true },
      Contract.field("balance", 2, .int64, outputOnly: true),
      Contract.field("roles", 3, .string, repeated: true, outputOnly: true),
      Contract.field("unit", 4, .message, of: "Unit", outputOnly: true),
      Contract.field("units", 5, .message, of: "Unit", repeated: true, outputOnly: true),
      Contract.field("inner", 6, .message, of: "Inner"),
    ])
    contract.add("Unit", [Contract.field("number", 1, .string) { $0.required = true }])
    contract.add("Inner", [Contract.field("state", 1, .enum, of: "State", outputOnly: true)])
    #expect(try contract.check([]) == .valid)
    let all =
      Wire.string(1, "n") + Wire.number(2, 1 as UInt64) + Wire.string(3, "") + Wire.bytes(4, [])
      + Wire.bytes(5, []) + Wire.bytes(6, Wire.number(1, 1 as UInt64))
    let names = ["name", "balance", "roles", "unit", "units", "inner.state"]
    #expect(try contract.check(all) == .violations(names.map { "\($0) is output only" }))
    // What is no value is not set.
    #expect(try contract.check(Wire.string(1, "") + Wire.number(2, 0 as UInt64)) == .valid)
  }

  @Test("tells 20 violations at most")
  func atMost() throws {
    let many = (0..<50).flatMap { _ in Wire.bytes(2, []) }
    guard case .violations(let list) = try Self.unit.check(many) else {
      Issue.record("no violations")
      return
    }
    #expect(list.count == 20)
    #expect(list[19] == "units[20].number is required")
  }
}
