import GeneratedOptions
import SwiftProtobuf
import Testing

@testable import Transcoding

/// A contract with a resource, an update of it, and uploads.
struct Resources {
  static let shared = Resources()

  let schema: Schema

  private init() {
    do {
      schema = try Schema(descriptorSet: Descriptors.set(Resources.files))
    } catch {
      preconditionFailure("the contract of the tests does not load: \(error)")
    }
  }

  static let files = [Descriptors.wellKnown, Descriptors.options, body, file]

  private static let body = Descriptors.file(
    "google/api/httpbody.proto", package: "google.api",
    messages: [
      Descriptors.message(
        "HttpBody",
        [
          Descriptors.field("content_type", 1, .string), Descriptors.field("data", 2, .bytes),
          Descriptors.field("extensions", 3, .message, ".google.protobuf.Any", repeated: true),
        ])
    ])

  private static let file = Descriptors.file(
    "res/v1/res.proto", package: "res.v1",
    messages: [
      Descriptors.message(
        "Thing",
        [
          Descriptors.field("name", 1, .string), Descriptors.field("n", 2, .int64),
          Descriptors.field("thing", 3, .message, ".res.v1.Thing"),
          Descriptors.field("etag", 4, .string),
          Descriptors.field("tags", 5, .string, repeated: true),
          Descriptors.field("labels", 6, .message, ".res.v1.Thing.LabelsEntry", repeated: true),
          Descriptors.field("create_time", 7, .message, ".google.protobuf.Timestamp"),
          Descriptors.field("any_json", 8, .message, ".google.protobuf.Value"),
        ],
        nested: [
          Descriptors.entry(
            "LabelsEntry", key: .string, value: Descriptors.field("value", 2, .string))
        ]),
      Descriptors.message(
        "Update",
        [
          Descriptors.field("thing", 1, .message, ".res.v1.Thing"),
          Descriptors.field("update_mask", 2, .message, ".google.protobuf.FieldMask"),
          Descriptors.field("request_id", 3, .string), Descriptors.field("key", 4, .string),
        ]),
      Descriptors.message(
        "Delete",
        [
          Descriptors.field("name", 1, .string), Descriptors.field("etag", 2, .string),
          Descriptors.field("request_id", 3, .string),
        ]),
      Descriptors.message(
        "Upload",
        [
          Descriptors.field("metadata", 1, .message, ".res.v1.Thing"),
          Descriptors.field("file", 2, .message, ".google.api.HttpBody"),
          Descriptors.field("files", 3, .message, ".google.api.HttpBody", repeated: true),
          Descriptors.field("raw", 4, .bytes),
          Descriptors.field("blobs", 5, .bytes, repeated: true),
          Descriptors.field("file_filename", 6, .string),
          Descriptors.field("files_filename", 7, .string, repeated: true),
          Descriptors.field("title", 8, .string),
          Descriptors.field("numbers", 9, .int32, repeated: true),
          Descriptors.field("things", 10, .message, ".res.v1.Thing", repeated: true),
          Descriptors.field("filename", 11, .string),
        ]),
    ],
    services: [
      .with {
        $0.name = "Things"
        $0.method = [
          Descriptors.method("Update", ".res.v1.Update", ".res.v1.Thing"),
          Descriptors.method("Delete", ".res.v1.Delete", ".google.protobuf.Empty"),
          Descriptors.method("Upload", ".res.v1.Upload", ".res.v1.Upload"),
          Descriptors.method("Raw", ".google.api.HttpBody", ".google.api.HttpBody"),
          lenient,
        ]
      }
    ])

  private static let lenient = {
    var method = Descriptors.method("Lenient", ".res.v1.Update", ".res.v1.Thing")
    method.options.Artel_Options_V1_policy = .with {
      $0.rest.lenient = true
      $0.rest.maxPartBytes = 16
    }
    return method
  }()
}

/// A request with everything that it may say.
struct Request {
  var verb = "POST"
  var method = "Update"
  var bodyField = "thing"
  var variables: [(String, String)] = []
  var query = ""
  var body: [UInt8] = []
  var kind = BodyKind.json
  var ifMatch: String?
  var idempotencyKey: String?
  var isLenient = false

  func bind() throws -> BoundRequest {
    let method = try #require(Resources.shared.schema.method(path: "/res.v1.Things/\(method)"))
    let binder = try RequestBinder(
      method: method,
      binding: HTTPBinding(verb: verb, template: "/v1/x", body: bodyField, responseBody: ""),
      variables: variables.map(\.0), isLenient: isLenient)
    return try body.withUnsafeBytes { bytes throws(TranscodingError) in
      try binder.bind(
        RequestFacts(
          verb: verb, pathValues: variables.map(\.1), query: query[...], body: bytes,
          bodyKind: body.isEmpty && kind == .json ? .none : kind, ifMatch: ifMatch,
          idempotencyKey: idempotencyKey))
    }
  }

  /// The request message as JSON.
  func bound() throws -> String {
    let method = try #require(Resources.shared.schema.method(path: "/res.v1.Things/\(method)"))
    let json = try bind().wire.withUnsafeBytes { try method.input.json(fromWire: $0) }
    return String(decoding: json, as: UTF8.self)
  }

  /// The error; nil where there is none.
  func error() throws -> TranscodingError? {
    do {
      _ = try bind()
      return nil
    } catch let error as TranscodingError {
      return error
    }
  }

  /// The field that is refused; nil if none is.
  func wrongField() throws -> String? { try error()?.violations.first?.field }
}
