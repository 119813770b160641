import GeneratedDescriptors
import GeneratedGoogle
import RPC
import SwiftProtobuf
import Transcoding

@testable import Gateway

/// A contract that says how its answers look over HTTP, written in code.
enum Things {
  static let schema: Schema = {
    do {
      // Errors are shown by the types of google.rpc, as the platform's contracts import them.
      let all = try Google_Protobuf_FileDescriptorSet(
        serializedBytes: ArtelDescriptors.descriptorSet)
      let errors: Set = [
        "google/protobuf/any.proto", "google/protobuf/duration.proto", "google/rpc/status.proto",
        "google/rpc/error_details.proto",
      ]
      var set = set()
      set.file += all.file.filter { errors.contains($0.name) }
      return try Schema(descriptorSet: try set.serializedBytes())
    } catch {
      preconditionFailure("the contract of the tests does not load: \(error)")
    }
  }()

  static func set() -> Google_Protobuf_FileDescriptorSet {
    .with { set in
      set.file = [
        Files.file("google/protobuf/field_mask.proto", "google.protobuf") {
          var paths = Files.field("paths", 1, .string)
          paths.label = .repeated
          $0.messageType = [Files.message("FieldMask", [paths])]
        },
        Files.file("test/v1/things.proto", "test.v1") {
          $0.dependency = ["google/protobuf/field_mask.proto"]
          $0.messageType = [
            Files.message(
              "Thing",
              [
                Files.field("name", 1, .string), Files.field("etag", 2, .string),
                Files.field("note", 3, .string),
              ]),
            Files.message(
              "Ask",
              [
                Files.field("name", 1, .string), Files.field("etag", 2, .string),
                Files.field("request_id", 3, .string),
                Files.field("thing", 4, .message, ".test.v1.Thing"),
                Files.field("update_mask", 5, .message, ".google.protobuf.FieldMask"),
              ]),
            Files.message(
              "Change",
              [
                Files.field("name", 1, .string),
                Files.field("thing", 2, .message, ".test.v1.Thing"),
                Files.field("update_mask", 3, .message, ".google.protobuf.FieldMask"),
              ]),
            Files.message(
              "Draft",
              [
                Files.field("name", 1, .string), Files.field("allow_missing", 2, .bool),
                Files.field("thing", 3, .message, ".test.v1.Thing"),
              ]),
          ]
          $0.service = [
            .with { service in
              service.name = "Things"
              service.method = reads + writes
            }
          ]
        },
      ]
    }
  }

  private static let ask = ".test.v1.Ask"
  private static let thing = ".test.v1.Thing"

  private static var reads: [Google_Protobuf_MethodDescriptorProto] {
    [
      Files.method("Get", ask, thing) { $0.get = "/v1/{name=things/*}" },
      Files.method("Digest", ask, thing) {
        $0.get = "/v1/{name=digests/*}"
      } profile: {
        $0.entityTag = .hash
        $0.cacheControl = "private, max-age=60"
      },
      Files.method("Bare", ask, thing) {
        $0.get = "/v1/{name=bare/*}"
      } profile: {
        $0.entityTag = .none
        $0.host = true
        $0.cookie = "__Host-thing"
      },
      Files.method("Watch", ask, thing, server: true) { $0.get = "/v1/{name=things/*}:watch" },
    ]
  }

  private static var writes: [Google_Protobuf_MethodDescriptorProto] {
    [
      Files.method("Create", ask, thing) {
        $0.post = "/v1/things"
        $0.body = "thing"
      } profile: {
        $0.successStatus = 201
        $0.location = "/v1/{name}"
        $0.errorStatuses = [
          .with {
            $0.reason = "THING_LOCKED"
            $0.httpStatus = 423
          }
        ]
      },
      Files.method("Start", ask, thing) {
        $0.post = "/v1/{name=things/*}:start"
        $0.body = "*"
      } profile: {
        $0.successStatus = 202
        $0.location = "/v1/runs/{note}"
      },
      Files.method("Delete", ask, thing) {
        $0.delete = "/v1/{name=things/*}"
      } profile: {
        $0.successStatus = 204
      },
      Files.method("Update", ".test.v1.Change", thing) {
        $0.patch = "/v1/{name=things/*}"
        $0.body = "thing"
      },
      Files.method("Replace", ask, thing) {
        $0.put = "/v1/{name=things/*}"
        $0.body = "thing"
      } profile: {
        $0.requireIfMatch = true
      },
      Files.method("Save", ".test.v1.Draft", thing) {
        $0.patch = "/v1/{name=drafts/*}"
        $0.body = "thing"
      },
      Files.method("Loose", ask, thing) {
        $0.post = "/v1/loose"
        $0.body = "*"
      } profile: {
        $0.lenient = true
        $0.acceptsForms = true
        $0.cookie = "__Host-thing"
      },
    ]
  }

  /// A method that answers with a thing, and says with what it was called.
  static func serve(
    _ name: String, _ handler: @escaping RegisteredMethod.UnaryHandler
  ) -> RegisteredMethod {
    Methods.method("test.v1.Things", name, .unary, .unary(handler))
  }

  /// A method that answers with this thing.
  static func answer(
    _ method: String, name: String = "", etag: String = "", note: String = "",
    metadata: Metadata = [:]
  ) -> RegisteredMethod {
    serve(method) { _, _ in
      UnaryReply(message: thing(name, etag: etag, note: note), initialMetadata: metadata)
    }
  }

  /// A method that fails.
  static func fail(
    _ method: String, _ code: RPCError.Code, _ details: any Message...
  ) throws -> RegisteredMethod {
    let error = RPCError(
      code: code, message: "why",
      statusDetails: try Google_Rpc_Status.with { status in
        status.code = Int32(code.status.rawValue)
        status.details = try details.map { try Google_Protobuf_Any(message: $0) }
      }.serializedBytes())
    return serve(method) { _, _ in throw error }
  }

  static func reason(_ reason: String) -> Google_Rpc_ErrorInfo {
    .with {
      $0.reason = reason
      $0.domain = "test"
    }
  }

  /// The wire bytes of a thing.
  static func thing(_ name: String, etag: String = "", note: String = "") -> MessageBytes {
    var wire: [UInt8] = []
    for (number, value) in [(1, name), (2, etag), (3, note)] where !value.isEmpty {
      StringField(number: number).append(value, to: &wire)
    }
    return MessageBytes(wire)
  }

  /// A message of the contract as JSON.
  static func json(_ message: MessageBytes, of name: String = "Ask") throws -> String {
    let schema = Things.schema.message(named: "test.v1.\(name)")
    return String(
      decoding: try message.withUnsafeBytes { try schema?.json(fromWire: $0) ?? [] },
      as: UTF8.self)
  }
}

extension Response {
  /// The fields that a 400 names.
  var violations: [String] {
    (0..<9).compactMap { json("error", "details", "0", "fieldViolations", "\($0)", "field") }
  }

  /// A value of the first detail of a type.
  func detail(_ type: String, _ name: String) -> String? {
    for index in 0..<9 {
      if json("error", "details", "\(index)", "@type") == "type.googleapis.com/google.rpc.\(type)" {
        return json("error", "details", "\(index)", name)
      }
    }
    return nil
  }
}
