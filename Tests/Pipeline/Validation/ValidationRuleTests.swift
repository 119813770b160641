import GeneratedOptions
import Pipeline
import Testing

@Suite("Rules that a contract may state")
struct ValidationRuleTests {
  @Test("makes no validator where no rule applies")
  func noRules() throws {
    var contract = Contract([
      Contract.field("text", 1, .string), Contract.field("child", 2, .message, of: "Child"),
      Contract.field("empty", 3, .string) { _ in },
    ])
    contract.add("Child", [Contract.field("again", 1, .message, of: "M")])
    #expect(try contract.validator() == nil)
  }

  @Test("makes one where a rule applies anywhere below, around a circle too")
  func rulesBelow() throws {
    var contract = Contract([Contract.field("child", 1, .message, of: "Child")])
    contract.add(
      "Child",
      [
        Contract.field("again", 1, .message, of: "M"),
        Contract.field("leaf", 2, .message, of: "Leaf", repeated: true),
      ])
    contract.add("Leaf", [Contract.field("text", 1, .string) { $0.maxLength = 1 }])
    let leaf = Wire.bytes(1, Wire.bytes(2, Wire.string(1, "ab")))
    #expect(
      try contract.check(Wire.bytes(1, Wire.bytes(1, leaf)))
        == .violations(["child.again.child.leaf[1].text has more than 1 characters"]))
  }

  static let wrong: [(Contract.Field, String)] = [
    (Contract.field("f", 1, .int32) { $0.minLength = 1 }, "min_length is for strings"),
    (Contract.field("f", 1, .bytes) { $0.minLength = 1 }, "min_length is for strings"),
    (Contract.field("f", 1, .bool) { $0.maxLength = 1 }, "max_length is for strings and bytes"),
    (Contract.field("f", 1, .bytes) { $0.resource = "a/*" }, "resource is for strings"),
    (Contract.field("f", 1, .int32) { $0.format = .uuid }, "format is for strings"),
    (Contract.field("f", 1, .string) { $0.minimum = 1 }, "minimum is for numbers"),
    (Contract.field("f", 1, .bool) { $0.maximum = 1 }, "maximum is for numbers"),
    (Contract.field("f", 1, .enum, of: "State") { $0.maximum = 1 }, "maximum is for numbers"),
    (Contract.field("f", 1, .string) { $0.maxItems = 1 }, "max_items is for lists and maps"),
    (Contract.field("f", 1, .int32) { $0.definedOnly = true }, "defined_only is for enums"),
    (
      Contract.field("f", 1, .string) {
        $0.minLength = 2
        $0.maxLength = 1
      }, "min_length is above max_length"
    ),
    (
      Contract.field("f", 1, .int32) {
        $0.minimum = 2
        $0.maximum = 1
      }, "minimum is above maximum"
    ),
    (Contract.field("f", 1, .uint64) { $0.minimum = -1 }, "minimum is outside the type"),
    (Contract.field("f", 1, .int32) { $0.maximum = 1 << 31 }, "maximum is outside the type"),
    (Contract.field("f", 1, .fixed32) { $0.maximum = 1 << 32 }, "maximum is outside the type"),
    (Contract.field("f", 1, .string) { $0.resource = "a//b" }, "a//b is no pattern of resources"),
    (Contract.field("f", 1, .string) { $0.resource = "/a" }, "/a is no pattern of resources"),
    (Contract.field("f", 1, .string) { $0.resource = "a/**" }, "a/** is no pattern of resources"),
    (Contract.field("f", 1, .string) { $0.resource = "a/{b}" }, "a/{b} is no pattern of resources"),
    (Contract.field("f", 1, .string) { $0.format = .UNRECOGNIZED(9) }, "format 9 is unknown"),
  ]

  @Test("refuses rules that make no sense for the field", arguments: wrong)
  func refuses(_ rule: (field: Contract.Field, reason: String)) {
    let error = #expect(throws: ValidationRuleError.self) {
      try Contract([rule.field]).validator()
    }
    #expect(error?.description == "test.M.f: \(rule.reason)")
  }

  @Test("refuses rules on values of a map, and a wrong rule anywhere below")
  func refusesBelow() throws {
    var map = Contract()
    map.add(
      "M", [Contract.field("f", 1, .message, of: "M.E", repeated: true) { $0.maxLength = 1 }],
      maps: [
        Contract.entry(
          "E", key: Contract.field("key", 1, .string), value: Contract.field("value", 2, .string))
      ])
    #expect(throws: ValidationRuleError.self) { try map.validator() }
    var below = Contract([Contract.field("child", 1, .message, of: "Child")])
    below.add("Child", [Contract.field("f", 1, .string) { $0.maximum = 1 }])
    #expect(throws: ValidationRuleError.self) { try below.validator() }
  }

  @Test("refuses bytes that are no descriptor set")
  func descriptors() {
    #expect(throws: (any Error).self) { try OutputOnlyFields(descriptorSet: [0xff]) }
  }
}
