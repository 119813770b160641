import Foundation
import SwiftProtobuf
import TestSupport
import Testing

@testable import Transcoding

/// Random messages of every kind of field through our coder, with and without a tree, and through
/// SwiftProtobuf's.
@Suite("Random messages")
struct RandomMessageTests {
  private let type: MessageSchema

  /// How many of each; many more in a long run.
  static let count =
    ProcessInfo.processInfo.environment["ARTEL_LONG"] == "1" ? 10_000 : 1000

  init() throws {
    type = try Kinds.type()
  }

  private func ours(_ wire: [UInt8], _ options: PrintOptions = []) throws -> [UInt8] {
    try wire.withUnsafeBytes { try type.json(fromWire: $0, options: options) }
  }

  private func theirs(_ message: Test_V1_Kinds, _ options: PrintOptions) throws -> String {
    var encoding = JSONEncodingOptions()
    encoding.alwaysPrintEnumsAsInts = options.contains(.enumNumbers)
    encoding.preserveProtoFieldNames = options.contains(.protoNames)
    encoding.alwaysPrintInt64sAsNumbers = options.contains(.numericInt64)
    encoding.useDeterministicOrdering = true
    return try message.jsonString(options: encoding)
      // The same values in another spelling.
      .replacing(/\.0(?=[,}\]])/, with: "")
      .replacing("\\u007F", with: "\u{7f}").replacing("\\u001F", with: "\\u001f")
  }

  @Test("print as SwiftProtobuf prints them, with every option, and come back the same")
  func printing() throws {
    var generator = WireGenerator(seed: 17)
    for round in 0..<RandomMessageTests.count {
      generator.mapLimit = round % 2 == 0 ? 1 : 3
      let wire = generator.message(type)
      let message = try Test_V1_Kinds(serializedBytes: wire)
      let options: PrintOptions = [
        [], .enumNumbers, .protoNames, .numericInt64, [.enumNumbers, .protoNames],
      ][round % 5]
      let json = try ours(wire, options)
      let text = String(decoding: json, as: UTF8.self)
      #expect(try Test_V1_Kinds(jsonString: text).canonical() == message.canonical(), "\(text)")
      if round % 2 == 0 { #expect(try text == theirs(message, options)) }
      #expect(try text == TreeCoder.json(wire, as: type, options))
      let back = try type.wire(fromJSON: json)
      #expect(
        try Test_V1_Kinds(serializedBytes: back).canonical() == message.canonical(), "\(text)")
      #expect(try back == TreeCoder.wire(json, as: type))
    }
  }

  @Test("that no serializer writes mean what they mean to SwiftProtobuf")
  func wild() throws {
    var generator = WireGenerator(seed: 19, isWild: true)
    for _ in 0..<RandomMessageTests.count {
      let wire = generator.message(type)
      let message: Test_V1_Kinds
      let text: String
      message = try Test_V1_Kinds(serializedBytes: wire)
      do {
        text = String(decoding: try ours(wire), as: UTF8.self)
      } catch let error as TranscodingError {
        // Merging can make a time that has no JSON, or two members of a Value.
        #expect(error.kind == .corrupt)
        continue
      }
      #expect(try text == TreeCoder.json(wire, as: type))
      var known = message
      known.unknownFields = .init()
      // Through JSON, unknown fields are lost in every message; SwiftProtobuf's own way loses them too.
      let other = try Test_V1_Kinds(jsonString: try message.jsonString())
      #expect(try Test_V1_Kinds(jsonString: text).canonical() == other.canonical(), "\(text)")
    }
  }

  @Test("read SwiftProtobuf's JSON as SwiftProtobuf does")
  func reading() throws {
    var generator = WireGenerator(seed: 23)
    for _ in 0..<RandomMessageTests.count {
      let message = try Test_V1_Kinds(serializedBytes: generator.message(type))
      let json: [UInt8] = try message.jsonUTF8Bytes()
      let wire = try type.wire(fromJSON: json)
      #expect(
        try Test_V1_Kinds(serializedBytes: wire).canonical() == message.canonical(),
        "\(String(decoding: json, as: UTF8.self))")
      #expect(try wire == TreeCoder.wire(json, as: type))
    }
  }

  @Test("with bytes changed print, or not, as a tree does")
  func changed() throws {
    var generator = WireGenerator(seed: 41)
    var printed = 0
    for _ in 0..<RandomMessageTests.count * 4 {
      var wire = generator.message(type)
      for _ in 0..<Int.random(in: 1...3, using: &generator.random) where !wire.isEmpty {
        let index = Int.random(in: 0..<wire.count, using: &generator.random)
        wire[index] = .random(in: 0...255, using: &generator.random)
      }
      let tree: String?
      do throws(TranscodingError) {
        tree = try TreeCoder.json(wire, as: type)
      } catch {
        tree = nil
      }
      let direct = DirectText.print(wire, as: type.plan.pointer)
      if let direct {
        printed += 1
        #expect(direct == tree, "\(wire)")
      }
    }
    #expect(printed > 100)
  }

  @Test("print the defaults that the mapping asks for, and mean the same")
  func defaults() throws {
    var generator = WireGenerator(seed: 29)
    for _ in 0..<RandomMessageTests.count / 10 {
      let wire = generator.message(type)
      let json = try ours(wire, .defaults)
      #expect(
        try String(decoding: json, as: UTF8.self) == TreeCoder.json(wire, as: type, .defaults))
      #expect(try type.wire(fromJSON: json) == type.wire(fromJSON: ours(wire)))
    }
  }

  @Test("indented mean the same")
  func pretty() throws {
    var generator = WireGenerator(seed: 31)
    for _ in 0..<RandomMessageTests.count / 10 {
      let wire = generator.message(type)
      let json = try ours(wire, .pretty)
      #expect(try type.wire(fromJSON: json) == type.wire(fromJSON: ours(wire)))
    }
  }
}

extension Test_V1_Kinds {
  /// The message as bytes that are the same for the same content: an Any that was read from JSON
  /// does not equal one from the wire, and neither does NaN itself.
  func canonical() throws -> [UInt8] {
    var options = BinaryEncodingOptions()
    options.useDeterministicOrdering = true
    return try serializedBytes(options: options)
  }
}

/// The contract test/v1/kinds.proto.
enum Kinds {
  static func type() throws -> MessageSchema {
    Google_Protobuf_Any.register(messageType: Test_V1_Kinds.self)
    let set = try #require(Data(base64Encoded: KindsDescriptors.base64))
    let schema = try Schema(descriptorSet: [UInt8](set))
    return try #require(schema.message(named: "test.v1.Kinds"))
  }
}
