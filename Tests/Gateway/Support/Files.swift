import GeneratedGoogle
import GeneratedOptions
import RPC
import SwiftProtobuf
import Transcoding

@testable import Gateway

/// A contract whose bodies are `google.api.HttpBody`, written in code.
enum Files {
  typealias Field = Google_Protobuf_FieldDescriptorProto
  typealias Rule = Google_Api_HttpRule
  typealias Profile = Artel_Options_V1_RestProfile

  /// Where a `Piece` has its body.
  static var place: HTTPBodyPlace? {
    schema.message(named: "test.v1.Piece").flatMap { HTTPBodyPlace("file", of: $0) }
  }

  static let schema: Schema = {
    do {
      return try Schema(descriptorSet: try set().serializedBytes())
    } catch {
      preconditionFailure("the contract of the tests does not load: \(error)")
    }
  }()

  static func set() -> Google_Protobuf_FileDescriptorSet {
    .with { set in
      set.file = [
        file("google/protobuf/any.proto", "google.protobuf") {
          $0.messageType = [
            message("Any", [field("type_url", 1, .string), field("value", 2, .bytes)])
          ]
        },
        file("google/api/httpbody.proto", "google.api") {
          $0.dependency = ["google/protobuf/any.proto"]
          var extensions = field("extensions", 3, .message, ".google.protobuf.Any")
          extensions.label = .repeated
          $0.messageType = [
            message(
              "HttpBody",
              [field("content_type", 1, .string), field("data", 2, .bytes), extensions])
          ]
        },
        file("test/v1/files.proto", "test.v1") {
          $0.dependency = ["google/api/httpbody.proto"]
          $0.messageType = [
            message(
              "Piece",
              [
                field("name", 1, .string), field("file", 2, .message, body),
                field("note", 3, .string),
              ]),
            message("Receipt", [field("name", 1, .string), field("note", 2, .string)]),
            message("Name", [field("name", 1, .string), field("count", 2, .int32)]),
          ]
          $0.service = [
            .with { service in
              service.name = "Files"
              service.method = methods
            }
          ]
        },
      ]
    }
  }

  private static let body = ".google.api.HttpBody"

  private static var methods: [Google_Protobuf_MethodDescriptorProto] {
    [
      method("Hook", body, body) {
        $0.post = "/v1/hooks"
        $0.body = "*"
      },
      method("Put", ".test.v1.Piece", ".test.v1.Receipt") {
        $0.put = "/v1/{name=files/*}"
        $0.body = "file"
      },
      method("Upload", ".test.v1.Piece", ".test.v1.Receipt", client: true) {
        $0.put = "/v1/{name=uploads/*}"
        $0.body = "file"
      },
      method("Stream", body, ".test.v1.Receipt", client: true) {
        $0.post = "/v1/streams"
        $0.body = "*"
      },
      method("Small", ".test.v1.Piece", ".test.v1.Receipt", client: true) {
        $0.put = "/v1/{name=small/*}"
        $0.body = "file"
      } profile: {
        $0.maxBodyBytes = 1_000
      },
      method("Get", ".test.v1.Name", body) { $0.get = "/v1/{name=files/*}" },
      method("Download", ".test.v1.Name", body, server: true) {
        $0.get = "/v1/{name=downloads/*}"
      },
      method("Show", ".test.v1.Name", ".test.v1.Receipt") { $0.get = "/v1/{name=notes/*}" },
      method("Plain", ".test.v1.Name", ".test.v1.Receipt") {
        $0.get = "/v1/{name=plain/*}"
      } profile: {
        $0.noCompression = true
      },
      method("Read", ".test.v1.Name", ".test.v1.Receipt") { $0.get = "/v1/reads" },
      method("Write", ".test.v1.Receipt", ".test.v1.Receipt") {
        $0.post = "/v1/notes"
        $0.body = "*"
      },
      method("Batch", ".test.v1.Piece", ".test.v1.Receipt", client: true) {
        $0.post = "/v1/{name=batches/*}"
        $0.body = "file"
      } profile: {
        $0.acceptsForms = true
        $0.maxPartBytes = 100_000
      },
      method("Sign", ".test.v1.Receipt", ".test.v1.Receipt") {
        $0.post = "/v1/signed"
        $0.body = "*"
      } profile: {
        $0.rawBody = true
      },
      method("List", ".test.v1.Name", ".test.v1.Receipt", server: true) {
        $0.get = "/v1/{name=lists/*}"
      },
      method("Scan", ".test.v1.Receipt", ".test.v1.Receipt", server: true) {
        $0.post = "/v1/scans"
        $0.body = "*"
      },
      method("Both", ".test.v1.Piece", ".test.v1.Receipt", client: true, server: true) {
        $0.post = "/v1/both"
        $0.body = "*"
      },
      method("Objects", ".test.v1.Name", ".test.v1.Receipt", client: true) {
        $0.post = "/v1/objects"
        $0.body = "*"
      },
      method("Fill", ".test.v1.Receipt", ".test.v1.Receipt", client: true) {
        $0.post = "/v1/{name=sets/*}:fill"
        $0.body = "*"
      },
      method("Talk", ".test.v1.Receipt", ".test.v1.Receipt", client: true, server: true) {
        $0.post = "/v1/{name=talks/*}"
        $0.body = "*"
      },
    ]
  }

  /// A method with the code of a test.
  static func serve(_ name: String, _ handler: RegisteredMethod.Handler) -> RegisteredMethod {
    let kind: MethodKind =
      switch handler {
      case .unary: .unary
      case .clientStreaming: .clientStreaming
      case .serverStreaming: .serverStreaming
      case .bidirectionalStreaming: .bidirectionalStreaming
      }
    return Methods.method("test.v1.Files", name, kind, handler)
  }

  /// Sends pieces of a body.
  static func download(
    _ name: String = "Download",
    _ handler: @escaping @Sendable (any MessageSink) async throws -> Void
  ) -> RegisteredMethod {
    serve(
      name,
      .serverStreaming { _, sink, _ in
        try await handler(sink)
        return [:]
      })
  }

  /// Reads an upload to its end.
  static func upload(
    _ name: String = "Upload",
    _ handler: @escaping @Sendable (any MessageSource, ServerContext) async throws -> MessageBytes
  ) -> RegisteredMethod {
    serve(name, .clientStreaming { UnaryReply(message: try await handler($0, $1)) })
  }

  /// The wire bytes of a body.
  static func body(_ contentType: String, _ data: [UInt8]) throws -> MessageBytes {
    try MessageBytes(
      serializing: Google_Api_HttpBody.with {
        $0.contentType = contentType
        $0.data = .init(data)
      })
  }

  /// The wire bytes of a receipt.
  static func receipt(_ name: String, note: String = "") -> MessageBytes {
    var wire: [UInt8] = []
    StringField(number: 1).append(name, to: &wire)
    StringField(number: 2).append(note, to: &wire)
    return MessageBytes(wire)
  }

  /// A string field of a message.
  static func text(_ number: Int, _ message: MessageBytes) -> String? {
    message.withUnsafeBytes { StringField(number: number).value(in: $0) }
  }

  /// The body of a `Piece`, or of a message that is one.
  static func content(
    _ message: MessageBytes, _ place: HTTPBodyPlace? = Files.place
  ) -> (type: String, data: [UInt8]) {
    message.withUnsafeBytes { wire in
      guard let parts = place?.parts(wire) else { return ("broken", []) }
      return (
        String(decoding: wire[parts.contentType], as: UTF8.self), Array(wire[parts.data])
      )
    }
  }

  static func method(
    _ name: String, _ input: String, _ output: String, client: Bool = false, server: Bool = false,
    rule: (inout Rule) -> Void, profile: (inout Profile) -> Void = { _ in }
  ) -> Google_Protobuf_MethodDescriptorProto {
    .with {
      $0.name = name
      $0.inputType = input
      $0.outputType = output
      $0.clientStreaming = client
      $0.serverStreaming = server
      $0.options.Google_Api_http = .with(rule)
      if name == "Read" { $0.options.idempotencyLevel = .noSideEffects }
      $0.options.Artel_Options_V1_policy = .with { $0.rest = .with(profile) }
    }
  }

  static func file(
    _ name: String, _ package: String,
    _ fill: (inout Google_Protobuf_FileDescriptorProto) -> Void
  ) -> Google_Protobuf_FileDescriptorProto {
    .with {
      $0.name = name
      $0.package = package
      $0.syntax = "proto3"
      fill(&$0)
    }
  }

  static func message(
    _ name: String, _ fields: [Field]
  ) -> Google_Protobuf_DescriptorProto {
    .with {
      $0.name = name
      $0.field = fields
    }
  }

  static func field(
    _ name: String, _ number: Int32, _ type: Field.TypeEnum, _ typeName: String = ""
  ) -> Field {
    .with {
      $0.name = name
      $0.number = number
      $0.type = type
      $0.label = .optional
      if !typeName.isEmpty { $0.typeName = typeName }
    }
  }
}
