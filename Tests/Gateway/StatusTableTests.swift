import Foundation
import GeneratedGoogle
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: the table of statuses")
struct StatusTableTests {
  /// The rows of the tables of docs/http.md, cell by cell.
  private static let rows: [[String]] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/http.md")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }()

  @Test("is the one of docs/http.md", .covers("T69"))
  func exceptions() {
    let written = StatusTable.exceptions.map { exception in
      let condition =
        switch exception.condition {
        case .always: "always"
        case .ifMatch: "`If-Match` was used"
        case .ifMatchAny: "`If-Match: *` was used"
        case .ifNoneMatchAny: "`If-None-Match: *` was used"
        }
      return [
        exception.code.map { "`\($0.name)`" } ?? "any",
        exception.reason.map { "`\($0)`" } ?? "any", condition, "\(exception.httpCode)",
      ]
    }
    #expect(Self.rows.filter { $0.count == 4 && Int($0[3]) != nil } == written)
  }

  @Test("of this door's own statuses is the one of docs/http.md")
  func own() {
    let written = StatusTable.own.map { ["\($0.httpCode)", "`\($0.reason)`", $0.about] }
    #expect(Self.rows.filter { $0.count == 3 && Int($0[0]) != nil } == written)
  }

  @Test("of codes is the one of docs/http.md", .covers("T69"))
  func codes() {
    let codes: [Status.Code] = [
      .ok, .cancelled, .unknown, .invalidArgument, .deadlineExceeded, .notFound, .alreadyExists,
      .permissionDenied, .resourceExhausted, .failedPrecondition, .aborted, .outOfRange,
      .unimplemented, .internalError, .unavailable, .dataLoss, .unauthenticated,
    ]
    let written = codes.map { ["`\($0.name)`", "\(HTTPStatus.code(for: $0))"] }
    #expect(Self.rows.filter { $0.count == 2 && Int($0[1]) != nil } == written)
  }

  @Test(
    "answers a reason with its status",
    arguments: [
      (RPCError.Code.failedPrecondition, "PAYMENT_REQUIRED", 402),
      (.alreadyExists, "REQUEST_ID_REUSED", 422), (.invalidArgument, "REQUEST_ID_REUSED", 422),
      (.aborted, "THING_LOCKED", 423), (.aborted, "OTHER", 409),
    ])
  func reasons(code: RPCError.Code, reason: String, status: Int) async throws {
    let method = try Things.fail("Create", code, Things.reason(reason))
    try await Door.with([method], schema: Things.schema) { door throws in
      let response = try door.exchange(
        "POST", "/v1/things", ["Content-Type: application/json"], body: "{}")
      #expect(response.status == status)
      #expect(response.json("error", "code") == "\(status)")
      #expect(response.json("error", "status") == code.name)
    }
  }

  @Test(
    "gives a code that gRPC does not know 500, and lives on", .covers("T69"), arguments: [17, 99])
  func unknownCode(number: Int) async throws {
    let code = RPCError.Code(Status.Code(rawValue: number) ?? .unknown)
    #expect(code == .unknown)
    try await Door.with([try Things.fail("Get", code ?? .unknown)], schema: Things.schema) {
      door throws in
      let client = try door.connect()
      #expect(try client.exchange("GET", "/v1/things/a").status == 500)
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("says by RetryInfo when to come back", arguments: [(0, 1, "1"), (7, 0, "7"), (-1, 0, "0")])
  func retry(seconds: Int64, nanos: Int32, expected: String) async throws {
    let method = try Things.fail(
      "Get", .unavailable,
      Google_Rpc_RetryInfo.with {
        $0.retryDelay.seconds = seconds
        $0.retryDelay.nanos = nanos
      })
    try await Door.with([method], schema: Things.schema) { door throws in
      let response = try door.exchange("GET", "/v1/things/a")
      #expect(response.status == 503)
      #expect(response["retry-after"] == expected)
    }
  }
}
