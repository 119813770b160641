/// How failures look.
enum ErrorSchemas {
  /// AIP-193.
  static let error: JSONValue = [
    "type": "object",
    "description": "Why a request failed (AIP-193).",
    "required": ["error"],
    "properties": [
      "error": [
        "type": "object",
        "required": ["code", "message", "status"],
        "properties": [
          "code": [
            "type": "integer", "format": "int32", "description": "The HTTP status.",
            "minimum": 400, "maximum": 599,
          ],
          "message": ["type": "string", "description": "What happened, for developers."],
          "status": [
            "type": "string", "description": "The code of gRPC.",
            "enum": [
              "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
              "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
              "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL",
              "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
            ],
          ],
          "details": [
            "type": "array",
            "description": """
            More, by `@type`: `google.rpc.ErrorInfo` has the reason for programs, \
            `google.rpc.BadRequest` the fields at fault, `google.rpc.LocalizedMessage` a text for \
            people in the language of `Accept-Language`, `google.rpc.RetryInfo` when to try again.
            """,
            "items": [
              "type": "object", "required": ["@type"], "additionalProperties": true,
              "properties": [
                "@type": ["type": "string", "description": "The URL of the detail's type."]
              ],
            ],
          ],
        ],
      ]
    ],
    "example": [
      "error": [
        "code": 404, "message": "there is no such unit", "status": "NOT_FOUND",
        "details": [
          [
            "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "UNIT_NOT_FOUND",
            "domain": "artel",
          ]
        ],
      ]
    ],
  ]

  /// RFC 6749 section 5.2.
  static let oauth: JSONValue = [
    "type": "object",
    "description": "Why a token was not issued (RFC 6749 section 5.2).",
    "required": ["error"],
    "properties": [
      "error": ["type": "string", "description": "The code, such as `invalid_client`."],
      "error_description": ["type": "string", "description": "What happened, for developers."],
    ],
    "example": ["error": "invalid_client", "error_description": "the client is not known"],
  ]
}
