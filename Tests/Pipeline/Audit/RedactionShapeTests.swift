import GeneratedOptions
import LibCrypto
import Pipeline
import RPC
import SwiftProtobuf
import TestSupport
import Testing
import Transcoding

@Suite("Redaction of every shape of a body")
struct RedactionShapeTests {
  private let plan: RedactionPlan

  init() throws {
    let schema = try Schema(descriptorSet: Self.contracts())
    let method = try #require(schema.method(path: "/shape.v1.Shapes/Keep"))
    plan = RedactionPlan(method.input)
  }

  /// `Shape`: 1 name, 2 shape, 3 shapes, 4 numbers, 5 and 6 of a oneof, 7 a secret, 8 personal, 9 bytes,
  /// 10 by name, a map.
  private static func contracts() throws -> [UInt8] {
    typealias Field = Google_Protobuf_FieldDescriptorProto
    func field(
      _ name: String, _ number: Int32, _ type: Field.TypeEnum, isList: Bool = false,
      of message: String = ".shape.v1.Shape", holds data: Artel_Options_V1_DataClass = .unspecified
    ) -> Field {
      .with {
        $0.name = name
        $0.jsonName = name
        $0.number = number
        $0.type = type
        $0.label = isList ? .repeated : .optional
        if type == .message { $0.typeName = message }
        if data != .unspecified { $0.options.Artel_Options_V1_dataClass = data }
      }
    }
    let entry = Google_Protobuf_DescriptorProto.with {
      $0.name = "MapEntry"
      $0.field = [field("key", 1, .string), field("value", 2, .message)]
      $0.options.mapEntry = true
    }
    let shape = Google_Protobuf_DescriptorProto.with {
      $0.name = "Shape"
      $0.oneofDecl = [.with { $0.name = "choice" }]
      var (first, second) = (field("first", 5, .message), field("second", 6, .string))
      first.oneofIndex = 0
      second.oneofIndex = 0
      $0.nestedType = [entry]
      $0.field = [
        field("name", 1, .string), field("shape", 2, .message),
        field("shapes", 3, .message, isList: true), field("numbers", 4, .int32, isList: true),
        first, second, field("secret", 7, .bytes, holds: .secret),
        field("person", 8, .string, holds: .personal), field("bytes", 9, .bytes),
        field("map", 10, .message, isList: true, of: ".shape.v1.Shape.MapEntry"),
      ]
    }
    let file = Google_Protobuf_FileDescriptorProto.with {
      $0.name = "shape.proto"
      $0.package = "shape.v1"
      $0.syntax = "proto3"
      $0.messageType = [shape]
      $0.service = [
        .with {
          $0.name = "Shapes"
          $0.method = [
            .with {
              $0.name = "Keep"
              $0.inputType = ".shape.v1.Shape"
              $0.outputType = ".shape.v1.Shape"
            }
          ]
        }
      ]
    }
    return try Google_Protobuf_FileDescriptorSet.with { $0.file = [file] }.serializedBytes()
  }

  private func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    var (bytes, count) = ([UInt8(number << 3 | 2)], content.count)
    while count > 0x7f {
      bytes.append(UInt8(count & 0x7f | 0x80))
      count >>= 7
    }
    return bytes + [UInt8(count)] + content
  }

  private func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  private func body(
    _ bytes: [UInt8], limit: Int = .max, personalLimit: Int = .max
  ) throws -> RedactedBody {
    try #require(
      RedactedBody(
        MessageBytes(bytes), plan: plan,
        wish: .init(limit: limit, personalLimit: personalLimit, digests: true)))
  }

  @Test("shows a message that came twice as the handler gets it: merged", .covers("S-H6", "A09"))
  func merged() throws {
    let twice =
      field(2, field(1, "first") + field(2, field(1, "inner"))) + field(2, [])
      + field(2, field(2, field(9, [1, 2])))
    #expect(
      try body(twice).json
        == #"{"shape":{"name":"first","shape":{"name":"inner","bytes":"[2 bytes]"}}}"#)
    #expect(try body(field(1, "a") + field(1, "b")).json == #"{"name":"b"}"#)
    let list = field(3, field(1, "a")) + field(3, [])
    #expect(try body(list).json == #"{"shapes":[{"name":"a"},{}]}"#)
  }

  @Test("shows the member of a oneof that the handler gets: the last", .covers("S-H6", "A09"))
  func oneofs() throws {
    let first = field(5, field(1, "a"))
    let second = field(6, "b")
    #expect(try body(first + second).json == #"{"second":"b"}"#)
    #expect(try body(second + first).json == #"{"first":{"name":"a"}}"#)
    #expect(
      try body(first + second + field(5, field(6, "c"))).json == #"{"first":{"second":"c"}}"#)
    // A value of another type is none of the field's.
    #expect(try body(second + [5 << 3, 1]).json == #"{"second":"b"}"#)
  }

  @Test("hides secrets and personal data wherever they are", .covers("S-H6", "S-H4"))
  func nested() throws {
    let inner = field(7, "s3cret") + field(8, "Ann")
    let bytes =
      field(2, field(2, inner)) + field(3, inner) + field(3, field(8, "Bob"))
      + field(10, field(1, "key") + field(2, inner)) + field(5, inner)
    let body = try body(bytes)
    #expect(
      body.json == """
        {"shape":{"shape":{"secret":"[secret]","person":"[personal]"}},\
        "shapes":[{"secret":"[secret]","person":"[personal]"},{"person":"[personal]"}],\
        "first":{"secret":"[secret]","person":"[personal]"},\
        "map":[{"key":"key","value":{"secret":"[secret]","person":"[personal]"}}]}
        """)
    #expect(
      body.personal.map(\.path) == [
        "shape.shape.person", "shapes[0].person", "shapes[1].person", "first.person",
        "map[0].value.person",
      ])
    #expect(!body.isPersonalCut && !"\(body)".contains("s3cret"))
    // A secret has no part in the hash either, personal data has.
    let other = field(7, "other") + field(8, "Ann")
    #expect(try self.body(inner).digest == self.body(other).digest)
    #expect(try self.body(inner).digest != self.body(field(7, "s3cret") + field(8, "Eve")).digest)
    #expect(
      try self.body(inner).digest
        == SHA256.hash(Array(#"{"secret":"[secret]","person":"Ann"}"#.utf8)))
  }

  @Test("cuts what is long, says so, and is JSON still", .covers("S-H6"), arguments: [1, 60, 300])
  func cut(limit: Int) throws {
    let text = String(repeating: "\u{1}я", count: 100_000)
    let messages = [
      field(1, text) + field(6, "hidden"), field(2, field(2, field(1, text))) + field(6, "hidden"),
      Array(repeating: field(3, field(1, "some")), count: 20_000).flatMap { $0 },
      field(4, [UInt8](repeating: 1, count: 100_000)) + field(6, "hidden"),
      Array(repeating: field(3, []), count: 50_000).flatMap { $0 },
    ]
    for message in messages {
      let body = try body(message, limit: limit)
      #expect(body.json.utf8.count < limit + 100)
      #expect(body.json.hasSuffix(#""[truncated]":true}"#) && !body.json.contains("hidden"))
      #expect(throws: Never.self) {
        var options = JSONDecodingOptions()
        options.ignoreUnknownFields = true
        _ = try Google_Protobuf_Struct(jsonString: body.json, options: options)
      }
      // The hash is that of the whole all the same.
      #expect(try body.digest == SHA256.hash(Array(self.body(message).json.utf8)))
    }
    #expect(try !body(field(1, "short"), limit: 300).json.contains("truncated"))
  }

  @Test("keeps as much personal data as is wanted, and says that there was more")
  func personalLimit() throws {
    let people = (0..<50).flatMap { field(3, field(8, "person \($0)")) }
    let some = try body(people, personalLimit: 100)
    #expect(some.isPersonalCut && (1..<10).contains(some.personal.count))
    #expect(some.personal.first?.value == #""person 0""#)
    let none = try body(people, personalLimit: 0)
    #expect(none.personal.isEmpty && none.holdsPersonalData)
    #expect(try none.digest == body(people).digest)
    #expect(try !body(field(1, "a")).holdsPersonalData)
  }

  @Test("writes nothing of what nobody wants")
  func wishes() throws {
    let hashed = try body(field(1, "a"), limit: 0, personalLimit: 0)
    #expect(hashed.json.isEmpty && hashed.digest == SHA256.hash(Array(#"{"name":"a"}"#.utf8)))
    let unread = RedactedBody(
      MessageBytes([0xff]), plan: plan, wish: .init(limit: 0, personalLimit: 0, digests: false))
    #expect(unread?.json.isEmpty ?? false)
  }
}
