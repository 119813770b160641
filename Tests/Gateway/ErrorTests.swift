import Gateway
import GeneratedGoogle
import RPC
import SwiftProtobuf
import TestSupport
import Testing

@Suite("The REST door: errors")
struct ErrorTests {
  private let resident = "/v1/complexes/c1/residents/r1"

  @Test("maps every code to its HTTP status and an AIP-193 body", .covers("T69"))
  func codes() async throws {
    let expected: [(RPCError.Code, Int)] = [
      (.cancelled, 499), (.unknown, 500), (.invalidArgument, 400), (.deadlineExceeded, 504),
      (.notFound, 404), (.alreadyExists, 409), (.permissionDenied, 403),
      (.resourceExhausted, 429), (.failedPrecondition, 400), (.aborted, 409), (.outOfRange, 400),
      (.unimplemented, 501), (.internalError, 500), (.unavailable, 503), (.dataLoss, 500),
      (.unauthenticated, 401),
    ]
    for (code, status) in expected {
      let error = RPCError(code: code, message: "why \"so\"")
      try await Door.with([Methods.failing(error)]) { door throws in
        let client = try door.connect()
        let response = try client.exchange("GET", resident)
        #expect(response.status == status)
        #expect(response["content-type"] == "application/json")
        #expect(response["x-content-type-options"] == "nosniff")
        #expect(response["cache-control"] == "no-store")
        #expect(response.json("error", "code") == "\(status)")
        #expect(response.json("error", "status") == code.name)
        #expect(response.json("error", "message") == "why \"so\"")
        #expect(try client.exchange("GET", resident).status == status)
      }
    }
  }

  @Test("prints the details of an error", .covers("T69", "T70"))
  func details() async throws {
    let info = Google_Rpc_ErrorInfo.with {
      $0.reason = "GONE"
      $0.domain = "artel"
    }
    let status = try Google_Rpc_Status.with {
      $0.details = [
        try Google_Protobuf_Any(message: info),
        .with {
          $0.typeURL = "type.googleapis.com/no.such.Type"
          $0.value = .init([1, 2, 3])
        },
      ]
    }
    let error = RPCError(
      code: .notFound, message: "gone", statusDetails: try status.serializedBytes())
    try await Door.with([Methods.failing(error)]) { door throws in
      let response = try door.exchange("GET", resident)
      #expect(response.json("error", "details", "0", "reason") == "GONE")
      #expect(
        response.json("error", "details", "1", "@type") == "type.googleapis.com/no.such.Type")
      #expect(response.json("error", "details", "1", "value") == "AQID")
    }
  }

  @Test("says nothing of an error that is not an RPCError")
  func unknownError() async throws {
    struct Secret: Error {}
    try await Door.with([Methods.getResident { _, _ in throw Secret() }]) { door throws in
      let response = try door.exchange("GET", resident)
      #expect(response.status == 500)
      #expect(!response.text.contains("Secret"))
    }
  }

  @Test("answers 500 where a handler's bytes are not its message")
  func corruptAnswer() async throws {
    let method = Methods.getResident { _, _ in UnaryReply(message: MessageBytes([0x0A, 0xFF])) }
    try await Door.with([method]) { door throws in
      let response = try door.exchange("GET", resident)
      #expect(response.status == 500)
      #expect(response.json("error", "message") == "internal error")
    }
  }

  @Test("challenges with Bearer, whatever the error says", .covers("T66"))
  func challenge() async throws {
    let error = RPCError(
      code: .unauthenticated, message: "secret hint",
      metadata: ["www-authenticate": "Bearer error=\"x\""])
    try await Door.with([Methods.failing(error)]) { door throws in
      #expect(try door.exchange("GET", resident)["www-authenticate"] == "Bearer")
    }
  }

  @Test("makes headers of a few metadata keys only", .covers("S-A18", "S-F1"))
  func metadata() async throws {
    let error = RPCError(
      code: .permissionDenied, message: "",
      metadata: [
        "retry-after": "7", "www-authenticate": "Bearer scope=\"a\"", "x-internal": "secret",
        "location": "/a\r\nset-cookie: b",
      ])
    try await Door.with([Methods.failing(error)]) { door throws in
      let response = try door.exchange("GET", resident)
      #expect(response["retry-after"] == "7")
      #expect(response["www-authenticate"] == "Bearer scope=\"a\"")
      #expect(response["x-internal"] == nil)
      #expect(response["location"] == nil)
      #expect(response["set-cookie"] == nil)
    }
  }

  @Test("makes headers of a reply's metadata", .covers("T85"))
  func replyMetadata() async throws {
    let method = Methods.getResident { bytes, _ in
      UnaryReply(message: MessageBytes([]), initialMetadata: ["etag": "\"e1\"", "x-no": "n"])
    }
    try await Door.with([method]) { door throws in
      let response = try door.exchange("GET", resident)
      #expect(response["etag"] == "\"e1\"")
      #expect(response["x-no"] == nil)
    }
  }

  @Test("keeps answers to a credential out of caches")
  func privateAnswers() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let client = try door.connect()
      #expect(try client.exchange("GET", resident)["cache-control"] == nil)
      #expect(
        try client.exchange("GET", resident, ["Authorization: Bearer t"])["cache-control"]
          == "no-store")
    }
  }

  // MARK: RFC 6749

  private let form = "Content-Type: application/x-www-form-urlencoded"

  @Test("answers an OAuth method's success without caching", .covers("S-C1"))
  func oauthSuccess() async throws {
    let method = Methods.createToken { _, _ in
      UnaryReply(
        message: try Methods.bytes("artel.auth.v1.Token", #"{"access_token":"t","expires_in":600}"#)
      )
    }
    try await Door.with([method]) { door throws in
      let response = try door.exchange("POST", "/oauth2/token", [form], body: "grant_type=a")
      #expect(response.status == 200)
      #expect(response["cache-control"] == "no-store")
      #expect(response["pragma"] == "no-cache")
      #expect(response.json("expires_in") == "600")
    }
  }

  @Test("answers an OAuth method's errors as RFC 6749 has them", .covers("S-C2", "S-C9", "S-C10"))
  func oauthErrors() async throws {
    let cases: [(RPCError.Code, String?, Int, String)] = [
      (.invalidArgument, nil, 400, "invalid_request"),
      (.invalidArgument, "UNSUPPORTED_GRANT_TYPE", 400, "unsupported_grant_type"),
      (.invalidArgument, "INVALID_SCOPE", 400, "invalid_scope"),
      (.unauthenticated, nil, 401, "invalid_client"),
      (.unauthenticated, "INVALID_CLIENT", 401, "invalid_client"),
      (.internalError, nil, 500, "server_error"),
      (.unavailable, nil, 503, "temporarily_unavailable"),
      // OAuth knows no such codes, and its clients neither.
      (.resourceExhausted, "RATE_LIMITED", 429, "temporarily_unavailable"),
      (.invalidArgument, "FIELD_INVALID", 400, "invalid_request"),
      (.invalidArgument, "bad\"reason", 400, "invalid_request"),
    ]
    for (code, reason, status, name) in cases {
      let details = try reason.map { reason in
        try Google_Rpc_Status.with {
          $0.details = [
            try Google_Protobuf_Any(message: Google_Rpc_ErrorInfo.with { $0.reason = reason })
          ]
        }.serializedBytes() as [UInt8]
      }
      let error = RPCError(
        code: code, message: "a \"b\" \\ ä", statusDetails: details ?? [])
      try await Door.with([Methods.createToken { _, _ in throw error }]) { door throws in
        let response = try door.exchange("POST", "/oauth2/token", [form], body: "grant_type=a")
        #expect(response.status == status)
        #expect(response.json("error") == name)
        #expect(response.json("error_description") == "a 'b' ? ??")
        #expect(response["cache-control"] == "no-store")
        #expect(response["pragma"] == "no-cache")
        #expect(response["www-authenticate"] == (status == 401 ? "Basic" : nil))
      }
    }
  }

  @Test("answers an OAuth method's wrong requests as RFC 6749 has them", .covers("S-C4", "S-C7"))
  func oauthRequests() async throws {
    let method = Methods.createToken { _, _ in throw RPCError(code: .internalError, message: "") }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      let twice = try client.exchange(
        "POST", "/oauth2/token", [form], body: "grant_type=a&grant_type=b")
      #expect(twice.status == 400)
      #expect(twice.json("error") == "invalid_request")
      let query = try client.exchange(
        "POST", "/oauth2/token?client_secret=s", [form], body: "grant_type=a")
      #expect(query.status == 400)
      #expect(query.json("error") == "invalid_request")
    }
  }

  @Test("answers GET on an OAuth method with 405", .covers("S-C5"))
  func oauthMethod() async throws {
    let method = Methods.createToken { _, _ in throw RPCError(code: .internalError, message: "") }
    try await Door.with([method]) { door throws in
      let response = try door.exchange("GET", "/oauth2/token")
      #expect(response.status == 405)
      #expect(response["allow"] == "OPTIONS, POST")
    }
  }
}
