import GeneratedGoogle
import SwiftProtobuf
import TestSupport
import Testing

@testable import Transcoding

@Suite("Schemas of foreign contracts")
struct TolerantTests {
  /// `Good` and `Uses`, `Bad` with a fault, and a service over them.
  private func set(_ bad: MessageProto, _ change: (inout FileProto) -> Void = { _ in }) throws
    -> [UInt8]
  {
    var file = Descriptors.file(
      "f.proto", package: "f",
      messages: [
        Descriptors.message("Good", [Descriptors.field("a", 1, .string)]), bad,
        Descriptors.message("Uses", [Descriptors.field("bad", 1, .message, ".f.Bad")]),
        Descriptors.message("UsesUses", [Descriptors.field("uses", 1, .message, ".f.Uses")]),
      ],
      services: [
        .with {
          $0.name = "S"
          $0.method = [
            Descriptors.method("Good", ".f.Good", ".f.Good"),
            Descriptors.method("Bad", ".f.Good", ".f.UsesUses"),
          ]
        }
      ])
    change(&file)
    return try Descriptors.set([Descriptors.wellKnown, file])
  }

  private let bads: [MessageProto] = [
    Descriptors.message("Bad", [Descriptors.field("a", 1, .group, ".f.Good")]),
    Descriptors.message(
      "Bad",
      [Descriptors.field("b", 1, .string), Descriptors.field("c", 2, .string, json: "b")]
    ),
    Descriptors.message("Bad", [Descriptors.field("a", 1, .message, ".no.Such")]),
    Descriptors.message("Bad", [Descriptors.field("a", 1, .enum, ".no.Such")]),
    Descriptors.message("Bad", [Descriptors.field("a", 0, .string)]),
  ]

  @Test("leave out the types they cannot speak, what uses them, and their methods")
  func types() throws {
    for bad in bads {
      let schema = try Schema(
        descriptorSet: set(bad), options: SchemaOptions(isTolerant: true))
      #expect(schema.methods.map(\.path) == ["/f.S/Good"])
      #expect(schema.message(named: "f.Good") != nil)
      for name in ["Bad", "Uses", "UsesUses"] {
        #expect(schema.message(named: "f.\(name)") == nil)
      }
      #expect(schema.omissions.count == 4)
      #expect(schema.omissions.last?.subject == "/f.S/Bad")
      #expect(throws: SchemaError.self) { try Schema(descriptorSet: set(bad)) }
    }
  }

  @Test("leave out files of a language they do not know, and doubles")
  func files() throws {
    let good = Descriptors.message("Bad", [Descriptors.field("a", 1, .string)])
    let strange = try Schema(
      descriptorSet: set(good) { $0.syntax = "proto9" }, options: SchemaOptions(isTolerant: true))
    #expect(strange.methods.isEmpty && strange.omissions.count == 3)
    let double = try Schema(
      descriptorSet: set(good) {
        $0.messageType.append($0.messageType[0])
        $0.enumType = [Descriptors.enum("E", [("A", 0)]), Descriptors.enum("E", [("A", 0)])]
        $0.service.append($0.service[0])
      }, options: SchemaOptions(isTolerant: true))
    #expect(double.methods.count == 2 && double.omissions.count == 4)
    var wrong = Descriptors.wellKnown
    wrong.messageType[0].field[0].type = .string
    let shapes = try Schema(
      descriptorSet: Descriptors.set([wrong]), options: SchemaOptions(isTolerant: true))
    #expect(shapes.omissions.map(\.subject) == ["google.protobuf.Timestamp"])
    #expect(throws: SchemaError.self) {
      try Schema(descriptorSet: [1, 2, 3], options: SchemaOptions(isTolerant: true))
    }
  }

  @Test("read the features of an edition")
  func editions() throws {
    let file = FileProto.with {
      $0.name = "e.proto"
      $0.package = "e"
      $0.syntax = "editions"
      $0.edition = .edition2023
      $0.messageType = [
        Descriptors.message(
          "M",
          [
            Descriptors.field("a", 1, .int32), Descriptors.field("b", 2, .int32, repeated: true),
            Descriptors.field("c", 3, .int32), Descriptors.field("d", 4, .int32, repeated: true),
          ])
      ]
      $0.messageType[0].field[2].options.features.fieldPresence = .implicit
      $0.messageType[0].field[3].options.features.repeatedFieldEncoding = .expanded
    }
    let schema = try Schema(descriptorSet: Descriptors.set([file]))
    let message = try #require(schema.message(named: "e.M"))
    #expect(message.fields.map(\.hasPresence) == [true, false, false, false])
    let wire = try message.wire(fromJSON: Array("{\"a\":0,\"b\":[1,2],\"c\":0,\"d\":[1,2]}".utf8))
    #expect(wire == [0x08, 0, 0x12, 2, 1, 2, 0x20, 1, 0x20, 2])
    var delimited = file
    delimited.options.features.messageEncoding = .delimited
    delimited.messageType[0].field[0].type = .message
    delimited.messageType[0].field[0].typeName = ".e.M"
    var future = file
    future.edition = .edition99999TestOnly
    for wrong in [delimited, future] {
      #expect(throws: SchemaError.self) { try Schema(descriptorSet: Descriptors.set([wrong])) }
    }
    var implicit = file
    implicit.options.features.fieldPresence = .implicit
    let other = try Schema(descriptorSet: Descriptors.set([implicit]))
    #expect(other.message(named: "e.M")?.field(number: 1)?.hasPresence == false)
  }

  @Test("serve methods without a rule where asked to")
  func unbound() throws {
    let good = Descriptors.message("Bad", [Descriptors.field("a", 1, .string)])
    let bytes = try set(good) {
      $0.service[0].method[1].options.Google_Api_http.get = "/v1/bad"
      $0.service[0].method.append(Descriptors.method("Stream", ".f.Good", ".f.Good"))
      $0.service[0].method[2].clientStreaming = true
    }
    let schema = try Schema(
      descriptorSet: bytes, options: SchemaOptions(mapsUnboundMethods: true))
    #expect(
      schema.methods.map(\.bindings) == [
        [HTTPBinding(verb: "POST", template: "/f.S/Good", body: "*", responseBody: "")],
        [HTTPBinding(verb: "GET", template: "/v1/bad", body: "", responseBody: "")], [],
      ])
    _ = try PathTemplate(parsing: schema.methods[0].bindings[0].template)
    #expect(try Schema(descriptorSet: bytes).methods[0].bindings.isEmpty)
  }

  @Test("take rules from a service configuration")
  func rules() throws {
    let bytes = try set(Descriptors.message("Bad", [Descriptors.field("a", 1, .string)])) {
      $0.service[0].method[0].options.Google_Api_http.get = "/v1/own"
    }
    func bindings(_ rules: ServiceRules) throws(SchemaError) -> [HTTPBinding] {
      try Schema(descriptorSet: bytes, options: SchemaOptions(rules: rules)).methods[0].bindings
    }
    let json =
      "{\"type\":\"google.api.Service\",\"http\":{\"rules\":[{\"selector\":\"f.S.Good\","
      + "\"get\":\"/v1/a\"},{\"selector\":\"f.S.Good\",\"post\":\"/v1/b\",\"body\":\"*\","
      + "\"additionalBindings\":[{\"get\":\"/v1/c\"}]}]}}"
    let two = [
      HTTPBinding(verb: "POST", template: "/v1/b", body: "*", responseBody: ""),
      HTTPBinding(verb: "GET", template: "/v1/c", body: "", responseBody: ""),
    ]
    #expect(try bindings(ServiceRules(json: Array(json.utf8))) == two)
    let alone = "{\"rules\":[{\"selector\":\"f.S.Good\",\"get\":\"/v1/a\"}]}"
    #expect(try bindings(ServiceRules(json: Array(alone.utf8))).map(\.template) == ["/v1/a"])
    let http = Google_Api_Http.with {
      $0.rules = [
        .with {
          $0.selector = "f.S.Good"
          $0.get = "/v1/d"
        }
      ]
    }
    #expect(
      try bindings(ServiceRules(serialized: http.serializedBytes())).map(\.template) == ["/v1/d"])
  }

  @Test("refuse rules for no method, without a selector, or that are none")
  func wrongRules() throws {
    let bytes = try set(Descriptors.message("Bad", []))
    for json in [
      "[]", "{\"http\":{\"rules\":[{\"get\":\"/v1/a\"}]}}", "{\"http\":1}",
      "{\"http\":{\"rules\":[{\"selector\":\"f.S.Good\"}]}}",
    ] {
      #expect(throws: SchemaError.self) { try ServiceRules(json: Array(json.utf8)) }
    }
    #expect(throws: SchemaError.self) { try ServiceRules(serialized: [0xff]) }
    let rules = try ServiceRules(
      json: Array("{\"http\":{\"rules\":[{\"selector\":\"f.S.No\",\"get\":\"/v1/a\"}]}}".utf8))
    #expect(throws: SchemaError.self) {
      try Schema(descriptorSet: bytes, options: SchemaOptions(rules: rules))
    }
  }
}
