import SwiftProtobuf

extension Descriptors {
  /// The well-known types that have a JSON form of their own, and Empty.
  static let wellKnown = file(
    "google/protobuf/well_known.proto", package: "google.protobuf",
    messages: [
      message("Timestamp", [field("seconds", 1, .int64), field("nanos", 2, .int32)]),
      message("Duration", [field("seconds", 1, .int64), field("nanos", 2, .int32)]),
      message("FieldMask", [field("paths", 1, .string, repeated: true)]),
      message("Empty", []),
      message("Any", [field("type_url", 1, .string), field("value", 2, .bytes)]),
      message(
        "Struct",
        [field("fields", 1, .message, ".google.protobuf.Struct.FieldsEntry", repeated: true)],
        nested: [
          entry(
            "FieldsEntry", key: .string,
            value: field("value", 2, .message, ".google.protobuf.Value"))
        ]),
      message(
        "Value",
        [
          field("null_value", 1, .enum, ".google.protobuf.NullValue", oneof: 0),
          field("number_value", 2, .double, oneof: 0),
          field("string_value", 3, .string, oneof: 0),
          field("bool_value", 4, .bool, oneof: 0),
          field("struct_value", 5, .message, ".google.protobuf.Struct", oneof: 0),
          field("list_value", 6, .message, ".google.protobuf.ListValue", oneof: 0),
        ], oneofs: ["kind"]),
      message(
        "ListValue", [field("values", 1, .message, ".google.protobuf.Value", repeated: true)]),
      message("DoubleValue", [field("value", 1, .double)]),
      message("FloatValue", [field("value", 1, .float)]),
      message("Int64Value", [field("value", 1, .int64)]),
      message("UInt64Value", [field("value", 1, .uint64)]),
      message("Int32Value", [field("value", 1, .int32)]),
      message("UInt32Value", [field("value", 1, .uint32)]),
      message("BoolValue", [field("value", 1, .bool)]),
      message("StringValue", [field("value", 1, .string)]),
      message("BytesValue", [field("value", 1, .bytes)]),
    ],
    enums: [`enum`("NullValue", [("NULL_VALUE", 0)])])

  /// Some of google/rpc, whose generated types the differential tests compare with.
  static let rpc = file(
    "google/rpc/all.proto", package: "google.rpc",
    messages: [
      message(
        "Status",
        [
          field("code", 1, .int32), field("message", 2, .string),
          field("details", 3, .message, ".google.protobuf.Any", repeated: true),
        ]),
      message(
        "ErrorInfo",
        [
          field("reason", 1, .string), field("domain", 2, .string),
          field("metadata", 3, .message, ".google.rpc.ErrorInfo.MetadataEntry", repeated: true),
        ],
        nested: [entry("MetadataEntry", key: .string, value: field("value", 2, .string))]),
      message(
        "RetryInfo", [field("retry_delay", 1, .message, ".google.protobuf.Duration")]),
      message(
        "DebugInfo",
        [field("stack_entries", 1, .string, repeated: true), field("detail", 2, .string)]),
      message(
        "QuotaFailure",
        [
          field(
            "violations", 1, .message, ".google.rpc.QuotaFailure.Violation", repeated: true)
        ],
        nested: [
          message("Violation", [field("subject", 1, .string), field("description", 2, .string)])
        ]),
      message(
        "BadRequest",
        [
          field(
            "field_violations", 1, .message, ".google.rpc.BadRequest.FieldViolation",
            repeated: true)
        ],
        nested: [
          message(
            "FieldViolation",
            [
              field("field", 1, .string), field("description", 2, .string),
              field("reason", 3, .string),
              field("localized_message", 4, .message, ".google.rpc.LocalizedMessage"),
            ])
        ]),
      message("LocalizedMessage", [field("locale", 1, .string), field("message", 2, .string)]),
    ])

  /// The policy messages of artel.options.v1, for their enums and lists of enums.
  static let options = file(
    "artel/options/v1/all.proto", package: "artel.options.v1",
    messages: [
      message(
        "FieldRules",
        [
          field("required", 1, .bool),
          optional(field("min_length", 2, .uint32), synthetic: 0),
          optional(field("max_length", 3, .uint32), synthetic: 1),
          field("resource", 4, .string),
          field("format", 5, .enum, ".artel.options.v1.StringFormat"),
          optional(field("minimum", 6, .int64), synthetic: 2),
          optional(field("maximum", 7, .int64), synthetic: 3),
          optional(field("max_items", 8, .uint32), synthetic: 4),
          field("defined_only", 9, .bool),
        ], oneofs: ["_min_length", "_max_length", "_minimum", "_maximum", "_max_items"]),
      message(
        "Access",
        [
          field("public", 1, .bool),
          field("principals", 2, .enum, ".artel.options.v1.PrincipalKind", repeated: true),
          field("scopes", 3, .string, repeated: true),
          field("roles", 4, .string, repeated: true),
          field("tenant_kinds", 5, .enum, ".artel.options.v1.TenantKind", repeated: true),
          field("step_up_seconds", 6, .int32),
        ]),
    ],
    enums: [
      `enum`(
        "StringFormat",
        [
          ("STRING_FORMAT_UNSPECIFIED", 0), ("STRING_FORMAT_UUID", 1),
          ("STRING_FORMAT_HTTPS_URI", 2), ("STRING_FORMAT_DNS_LABEL", 3),
          ("STRING_FORMAT_TOKEN", 4),
        ]),
      `enum`(
        "PrincipalKind",
        [
          ("PRINCIPAL_KIND_UNSPECIFIED", 0), ("PRINCIPAL_KIND_USER", 1),
          ("PRINCIPAL_KIND_PARTNER", 2), ("PRINCIPAL_KIND_SERVICE", 3),
          ("PRINCIPAL_KIND_ADMINISTRATOR", 4),
        ]),
      `enum`(
        "TenantKind",
        [
          ("TENANT_KIND_UNSPECIFIED", 0), ("TENANT_KIND_RESIDENTIAL", 1), ("TENANT_KIND_BANK", 2),
          ("TENANT_KIND_COOPERATIVE", 3), ("TENANT_KIND_STORE", 4),
        ]),
    ])
}
