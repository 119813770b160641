import GeneratedGoogle
import GeneratedOptions
import SwiftProtobuf
import TestSupport
import Testing

@testable import Transcoding

@Suite("Schemas")
struct SchemaTests {
  private func load(_ change: (inout FileProto) -> Void) throws -> Schema {
    var file = Contract.test
    change(&file)
    return try Schema(
      descriptorSet: Descriptors.set([Descriptors.wellKnown, file]))
  }

  private func code(_ change: (inout FileProto) -> Void) -> SchemaError.Code? {
    do {
      _ = try load(change)
      return nil
    } catch {
      return (error as? SchemaError)?.code
    }
  }

  @Test("know fields by number, by name and by JSON name")
  func fields() throws {
    let request = try Contract.shared.message("Req")
    #expect(request.fullName == "test.v1.Req")
    #expect(request.fields.map(\.number) == Array(1...24))
    let token = try #require(request.field(number: 24))
    #expect(token.name == "page_token" && token.jsonName == "pageToken")
    #expect(request.field(jsonOrProtoName: "page_token") === token)
    #expect(request.field(jsonOrProtoName: "pageToken") === token)
    #expect(request.field(jsonOrProtoName: "nope") == nil)
    #expect(request.field(number: 25) == nil && request.field(number: -1) == nil)
    let wide = try Contract.shared.message("Wide")
    #expect(wide.field(number: 100_000)?.name == "far")
    #expect(wide.field(number: 99_999) == nil && wide.field(number: 1 << 40) == nil)
  }

  @Test("give a name that is one field's in JSON and another's in the contract to the former")
  func names() throws {
    let file = Descriptors.file(
      "names.proto", package: "names",
      messages: [
        Descriptors.message(
          "M",
          [
            Descriptors.field("a_b", 1, .string), Descriptors.field("c", 2, .string, json: "a_b"),
            Descriptors.field("d", 3, .string, json: "e"),
            Descriptors.field("e", 4, .string, json: "d"),
          ])
      ])
    let schema = try Schema(descriptorSet: Descriptors.set([file]))
    let message = try #require(schema.message(named: "names.M"))
    let text = #"{"aB":"1","a_b":"2","e":"3","d":"4"}"#
    let wire = try message.wire(fromJSON: Array(text.utf8))
    #expect(
      (1...4).map { WireParts(wire).delimited($0).map { $0.map(Int.init) } }
        == [[[49]], [[50]], [[51]], [[52]]])
    #expect(String(decoding: try Contract.shared.json(wire, message), as: UTF8.self) == text)
  }

  @Test("know what kind of field each is")
  func kinds() throws {
    let request = try Contract.shared.message("Req")
    func field(_ name: String) throws -> FieldSchema {
      try #require(request.field(jsonOrProtoName: name))
    }
    #expect(try field("name").kind == .string && !field("name").hasPresence)
    #expect(try field("opt").hasPresence && field("opt").oneofIndex == nil)
    #expect(try field("user").hasPresence && field("user").oneofIndex == 0)
    #expect(request.oneofNames[0] == "who")
    #expect(try field("tags").isRepeated && !field("tags").isMap && !field("tags").hasPresence)
    #expect(try field("labels").isMap && field("labels").isRepeated)
    #expect(try field("labels").message?.isMapEntry == true)
    #expect(try field("labels").message?.field(number: 2)?.kind == .string)
    #expect(try field("sub").message?.fullName == "test.v1.Sub")
    #expect(try field("sub").hasPresence)
    let sub = try Contract.shared.message("Sub")
    #expect(sub.field(jsonOrProtoName: "sub")?.message?.fullName == sub.fullName)
    let color = try #require(try field("color").enumeration)
    #expect(color.fullName == "test.v1.Color" && color.values.count == 3)
    #expect(color.defines(-1) && color.defines(1) && !color.defines(2))
  }

  @Test("carry the rules of fields and the policies of methods")
  func options() throws {
    let schema = try load { file in
      file.messageType[0].field[0].options.Artel_Options_V1_rules = .with {
        $0.required = true
        $0.maxLength = 5
      }
      file.messageType[0].field[0].options.Artel_Options_V1_dataClass = .personal
      file.service[0].method[0].options.Artel_Options_V1_policy = .with { $0.access.public = true }
      file.service[0].method[0].options.Google_Api_http = .with {
        $0.post = "/v1/x"
        $0.body = "*"
        $0.additionalBindings = [
          .with {
            $0.custom = .with {
              $0.kind = "HEAD"
              $0.path = "/v1/y"
            }
            $0.responseBody = "sub"
          }
        ]
      }
      file.service[0].method[1].serverStreaming = true
    }
    let field = try #require(schema.message(named: "test.v1.Req")?.field(number: 1))
    #expect(field.isRequired && field.rules?.maxLength == 5 && field.dataClass == .personal)
    let other = try #require(schema.message(named: "test.v1.Req")?.field(number: 2))
    #expect(!other.isRequired && other.rules == nil && other.dataClass == .unspecified)
    let call = try #require(schema.method(path: "/test.v1.Tests/Call"))
    #expect(call.policy?.access.public == true)
    #expect(call.serviceName == "test.v1.Tests" && call.name == "Call")
    #expect(
      call.bindings == [
        HTTPBinding(verb: "POST", template: "/v1/x", body: "*", responseBody: ""),
        HTTPBinding(verb: "HEAD", template: "/v1/y", body: "", responseBody: "sub"),
      ])
    #expect(!call.clientStreaming && !call.serverStreaming)
    let form = try #require(schema.method(path: "/test.v1.Tests/Form"))
    #expect(form.serverStreaming && form.policy == nil && form.bindings.isEmpty)
    #expect(form.output.fullName == "google.protobuf.Empty")
    #expect(schema.methods.map(\.name) == ["Call", "Form", "Wide"])
    #expect(schema.method(path: "/test.v1.Tests/Nope") == nil)
  }

  @Test("refuse additional bindings inside additional bindings", .covers("T5"))
  func nestedBindings() {
    let code = code { file in
      file.service[0].method[0].options.Google_Api_http = .with {
        $0.get = "/a"
        $0.additionalBindings = [
          .with {
            $0.get = "/b"
            $0.additionalBindings = [.with { $0.get = "/c" }]
          }
        ]
      }
    }
    #expect(code == .invalidBinding)
  }

  @Test("refuse a rule without a pattern, verb or path")
  func emptyBindings() {
    func code(_ rule: Google_Api_HttpRule) -> SchemaError.Code? {
      self.code { $0.service[0].method[0].options.Google_Api_http = rule }
    }
    #expect(code(.with { $0.body = "*" }) == .invalidBinding)
    #expect(code(.with { $0.get = "" }) == .invalidBinding)
    #expect(code(.with { $0.custom.path = "/x" }) == .invalidBinding)
  }

  @Test("refuse bytes that are no descriptor set, and types that are missing or double")
  func wrongSets() {
    #expect(throws: SchemaError.self) { try Schema(descriptorSet: [1, 2, 3]) }
    #expect(code { $0.messageType[0].field[10].typeName = ".no.Such" } == .unresolvedType)
    #expect(code { $0.messageType[0].field[9].typeName = ".test.v1.Sub" } == .unresolvedType)
    #expect(code { $0.service[0].method[0].inputType = ".no.Such" } == .unresolvedType)
    #expect(code { $0.service[0].method[0].outputType = ".test.v1.Color" } == .unresolvedType)
    #expect(code { $0.messageType.append($0.messageType[0]) } == .unresolvedType)
    #expect(code { $0.enumType.append($0.enumType[0]) } == .unresolvedType)
    #expect(code { $0.service.append($0.service[0]) } == .unresolvedType)
    #expect(code { $0.messageType[0].field[1].number = 1 } == .unresolvedType)
    #expect(code { $0.messageType[0].field[20].oneofIndex = 9 } == .unresolvedType)
  }

  @Test("refuse what the bridge does not speak")
  func unsupported() {
    #expect(code { $0.messageType[0].field[10].type = .group } == .unsupported)
    #expect(code { $0.syntax = "editions" } == .unsupported)
    #expect(code { $0.messageType[0].field[0].number = 0 } == .unsupported)
    #expect(code { $0.messageType[0].field[0].number = 536_870_912 } == .unsupported)
    #expect(code { $0.messageType[0].field[0].jsonName = "id" } == .unsupported)
    #expect(throws: SchemaError.self) {
      var file = Descriptors.wellKnown
      file.messageType[0].field[0].type = .string
      _ = try Schema(descriptorSet: Descriptors.set([file]))
    }
  }

  @Test("take an empty set")
  func empty() throws {
    let schema = try Schema(descriptorSet: [])
    #expect(schema.methods.isEmpty && schema.message(named: "x") == nil)
    #expect(
      StatusPrinter(schema: schema).json(
        httpCode: 404, statusName: "NOT_FOUND", message: "m", statusDetails: []
      ).count > 0)
  }

  @Test("read proto2 fields with presence")
  func proto2() throws {
    let file = FileProto.with {
      $0.name = "old.proto"
      $0.package = "old"
      $0.messageType = [
        Descriptors.message(
          "Old",
          [
            Descriptors.field("a", 1, .int32), Descriptors.field("b", 2, .int32, repeated: true),
          ])
      ]
    }
    let schema = try Schema(descriptorSet: Descriptors.set([file]))
    let old = try #require(schema.message(named: "old.Old"))
    #expect(old.field(number: 1)?.hasPresence == true)
    let wire = try old.wire(fromJSON: Array("{\"a\":0,\"b\":[1,2]}".utf8))
    #expect(wire == [0x08, 0, 0x10, 1, 0x10, 2])
  }

  @Test("escape names that JSON cannot hold as they are")
  func strangeNames() throws {
    let schema = try load { $0.messageType[0].field[0].jsonName = "a\"b\\" }
    let message = try #require(schema.message(named: "test.v1.Req"))
    let json = Array("{\"a\\\"b\\\\\":\"x\"}".utf8)
    let wire = try message.wire(fromJSON: json)
    #expect(try wire.withUnsafeBytes { try message.json(fromWire: $0) } == json)
  }

  @Test("hold messages with more fields than fit one word of flags")
  func manyFields() throws {
    let file = Descriptors.file(
      "many.proto", package: "many",
      messages: [
        Descriptors.message(
          "Many",
          (1...200).map { number in
            number % 2 == 0
              ? Descriptors.field("f\(number)", Int32(number) * 3, .int32)
              : Descriptors.field("f\(number)", Int32(number) * 3, .message, ".many.Many")
          })
      ])
    let schema = try Schema(descriptorSet: Descriptors.set([file]))
    let many = try #require(schema.message(named: "many.Many"))
    let text =
      "{"
      + (1...200).map { $0 % 2 == 0 ? "\"f\($0)\":\($0)" : "\"f\($0)\":{\"f2\":\($0)}" }
      .joined(separator: ",") + "}"
    let wire = try many.wire(fromJSON: Array(text.utf8))
    let printed = try wire.withUnsafeBytes { try many.json(fromWire: $0) }
    #expect(String(decoding: printed, as: UTF8.self) == text)
    let double = text.dropLast() + ",\"f180\":1}"
    #expect(throws: TranscodingError.self) { try many.wire(fromJSON: Array(double.utf8)) }
    // Fields beyond the 64th share a flag of the scan, which costs a rewrite and nothing else.
    #expect(try (wire + wire).withUnsafeBytes { try many.json(fromWire: $0) } == printed)
  }
}
