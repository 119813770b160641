import TestSupport
import Testing

@testable import OpenAPI

@Suite("Schemas of a document")
struct DocumentSchemaTests {
  private static let book = "library.v1.Book"
  private static let input = "library.v1.Book-Input"

  /// The schemas of a message that is the body of a request and the answer.
  private func schemas(
    _ fields: [FieldProto], nested: [MessageProto] = [], oneofs: [String] = [],
    comments: [[Int32]: String] = [:], patch: Bool = false
  ) throws -> ReadDocument {
    let messages = [
      Library.message("Book", fields, nested: nested, oneofs: oneofs),
      Library.message(
        "Ask",
        [
          Library.field("book", 1, .message, ".library.v1.Book"),
          Library.field("update_mask", 2, .message, ".google.protobuf.FieldMask"),
        ]),
    ]
    let rule = patch ? Library.patch("/v1/b", "book") : Library.post("/v1/b", "book")
    return try ReadDocument(
      Library.documents(
        messages, [Library.method("Make", "Ask", "Book", rule)],
        enums: ["Color": ["COLOR_UNSPECIFIED", "RED", "BLUE"]], comments: comments
      ).whole.json)
  }

  private func property(
    _ field: FieldProto, _ keyword: String, in name: String = DocumentSchemaTests.input
  ) throws -> Any? {
    try schemas([field]).value("components", "schemas", name, "properties", "f", keyword)
  }

  @Test("keep what comes in apart from what goes out")
  func directions() throws {
    let document = try schemas([
      Library.field("name", 1, is: [.outputOnly]), Library.field("secret", 2, is: [.inputOnly]),
      Library.field("title", 3, is: [.required]),
    ])
    let place = { (name: String) in document.names("components", "schemas", name, "properties") }
    #expect(place(Self.book) == ["name", "title"])
    #expect(place(Self.input) == ["secret", "title"])
    let flag = { (name: String, field: String, keyword: String) in
      document.flag("components", "schemas", name, "properties", field, keyword)
    }
    #expect(flag(Self.book, "name", "readOnly") == true)
    #expect(flag(Self.input, "secret", "writeOnly") == true)
    #expect(flag(Self.input, "title", "writeOnly") == nil)
    #expect(document.texts("components", "schemas", Self.input, "required") == ["title"])
    #expect(document.value("components", "schemas", Self.book, "required") == nil)
    #expect(
      document.flag("components", "schemas", Self.input, "additionalProperties") == false)
    #expect(document.value("components", "schemas", Self.book, "additionalProperties") == nil)
  }

  @Test(
    "write each type as JSON has it",
    arguments: [
      (FieldProto.TypeEnum.int64, "string", "int64"), (.uint64, "string", "uint64"),
      (.fixed64, "string", "uint64"), (.sint32, "integer", "int32"),
      (.uint32, "integer", "uint32"), (.bool, "boolean", nil), (.bytes, "string", "byte"),
      (.string, "string", nil),
    ] as [(FieldProto.TypeEnum, String, String?)])
  func scalars(type: FieldProto.TypeEnum, name: String, format: String?) throws {
    #expect(try property(Library.field("f", 1, type), "type") as? String == name)
    #expect(try property(Library.field("f", 1, type), "format") as? String == format)
  }

  @Test("know numbers that are none, times, masks and wrappers")
  func wellKnown() throws {
    #expect((try property(Library.field("f", 1, .double), "anyOf") as? [Any])?.count == 2)
    let time = Library.field("f", 1, .message, ".google.protobuf.Timestamp")
    #expect(try property(time, "format") as? String == "date-time")
    let wrapper = Library.field("f", 1, .message, ".google.protobuf.Int64Value")
    #expect(try property(wrapper, "format") as? String == "int64")
    let empty = Library.field("f", 1, .message, ".google.protobuf.Empty")
    #expect(try property(empty, "additionalProperties") as? Bool == false)
  }

  @Test("say the rules of values")
  func rules() throws {
    func text(_ keyword: String, _ rules: (inout Rules) -> Void) throws -> Any? {
      try property(Library.field("f", 1, rules: Rules.with(rules)), keyword)
    }
    #expect(try text("minLength") { $0.required = true } as? Int == 1)
    #expect(try text("maxLength") { $0.maxLength = 7 } as? Int == 7)
    #expect(try text("format") { $0.format = .uuid } as? String == "uuid")
    let label = try text("pattern") { $0.format = .dnsLabel } as? String
    let expression = try Regex(try #require(label))
    #expect("a-1".wholeMatch(of: expression) != nil && "1a".wholeMatch(of: expression) == nil)
    let number = Library.field(
      "f", 1, .int32,
      rules: .with {
        $0.minimum = 0; $0.maximum = 9
      })
    #expect(try property(number, "minimum") as? Int == 0)
    #expect(try property(number, "maximum") as? Int == 9)
    let needed = Library.field(
      "f", 1, .int32,
      rules: .with {
        $0.minimum = 0; $0.required = true
      })
    #expect(try property(needed, "minimum") as? Int == 1, "0 is the same as nothing")
    let list = Library.field(
      "f", 1, repeated: true,
      rules: .with {
        $0.maxItems = 3; $0.required = true; $0.maxLength = 2
      })
    #expect(try property(list, "maxItems") as? Int == 3)
    #expect(try property(list, "minItems") as? Int == 1)
    #expect((try property(list, "items") as? [String: Any])?["maxLength"] as? Int == 2)
    let needs = Library.field(
      "f", 1, .enum, ".library.v1.Color", rules: .with { $0.required = true })
    #expect(
      (try property(needs, "not") as? [String: String])?["const"] == "COLOR_UNSPECIFIED")
    #expect(
      try property(
        Library.field("f", 1, rules: .with { $0.maxLength = 7 }), "maxLength", in: Self.book)
        == nil, "what comes out is not checked")
  }

  @Test("let one member of a oneof exclude the others")
  func oneofs() throws {
    let document = try schemas(
      [Library.field("a", 1, oneof: 0), Library.field("b", 2, oneof: 0)], oneofs: ["kind"])
    let place = ["components", "schemas", Self.input, "dependentSchemas"]
    #expect(document.names(place[0], place[1], place[2], place[3]) == ["a", "b"])
    #expect(
      document.flag(place[0], place[1], place[2], place[3], "a", "properties", "b") == false)
  }

  @Test("write maps as objects, and messages that contain themselves once")
  func mapsAndCircles() throws {
    var entry = Library.message(
      "LabelsEntry", [Library.field("key", 1, .int32), Library.field("value", 2, .bool)])
    entry.options.mapEntry = true
    let document = try schemas(
      [
        Library.field("labels", 1, .message, ".library.v1.Book.LabelsEntry", repeated: true),
        Library.field("next", 2, .message, ".library.v1.Book"),
      ], nested: [entry])
    let place = ["components", "schemas", Self.book, "properties"]
    #expect(
      document.text(
        place[0], place[1], place[2], place[3], "labels", "additionalProperties", "type")
        == "boolean")
    #expect(
      document.text(place[0], place[1], place[2], place[3], "next", "$ref")
        == "#/components/schemas/\(Self.book)")
    #expect(!document.names("components", "schemas").contains("library.v1.Book.LabelsEntry"))
  }

  @Test("let null clear in a PATCH, and demand nothing that the contract does not check")
  func patches() throws {
    let document = try schemas(
      [
        Library.field("title", 1, is: [.required]), Library.field("pages", 2, .int32),
        Library.field("kept", 3, rules: .with { $0.required = true }),
      ], patch: true)
    let name = "library.v1.Book-Patch"
    #expect(document.texts("components", "schemas", name, "required") == ["kept"])
    #expect(
      document.texts("components", "schemas", name, "properties", "pages", "type")
        == ["integer", "null"])
    #expect(
      document.names("paths", "/v1/b", "patch", "requestBody", "content")
        == ["application/json", "application/merge-patch+json"])
  }

  @Test("tell what fields and values mean, and which are not to be used any more")
  func comments() throws {
    var old = Library.field("old", 2)
    old.options.deprecated = true
    var hidden = Library.field("hidden", 3)
    hidden.options.Artel_Options_V1_dataClass = .secret
    let document = try schemas(
      [Library.field("color", 1, .enum, ".library.v1.Color"), old, hidden],
      comments: [
        [4, 0, 2, 0]: " The color\n of the cover.\n", [5, 0]: " A color.\n",
        [5, 0, 2, 1]: " Like blood.\n",
      ])
    let place = ["components", "schemas", Self.book, "properties"]
    #expect(
      document.text(place[0], place[1], place[2], place[3], "color", "description")
        == "The color of the cover.")
    #expect(document.flag(place[0], place[1], place[2], place[3], "old", "deprecated") == true)
    #expect(
      document.text(place[0], place[1], place[2], place[3], "hidden", "format") == "password")
    #expect(
      document.text("components", "schemas", "library.v1.Color", "x-enum-descriptions", "RED")
        == "Like blood.")
    #expect(
      document.text("components", "schemas", "library.v1.Color", "description")?
        .contains("- `RED`: Like blood.") == true)
  }
}
