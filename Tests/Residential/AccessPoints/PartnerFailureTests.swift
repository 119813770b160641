import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("A partner that fails")
struct PartnerFailureTests {
  /// Opens, expects `PARTNER_FAILED`, and returns what the command says of it.
  private func failure(_ world: World) async throws -> [String] {
    let metadata = await expectRefusal(.unavailable, "PARTNER_FAILED") {
      try await world.open(World.point, as: "anna")
    }
    let command = try await world.command(try #require(metadata["command"]))
    #expect(command.state == .failed)
    #expect(metadata["failure"] == command.failure.code)
    #expect(try await world.changes(of: command.name).last == "SENT -> FAILED")
    #expect(try await world.journal() == [.failed])
    return [command.failure.code, command.failure.partnerCode]
  }

  @Test("refuses: failed, with the partner's reason", .covers("B21", "B24"))
  func refuses() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answer(409, #"{"error":{"code":"device_offline"}}"#))
      #expect(try await failure(world) == ["PARTNER_REFUSED", "device_offline"])
      #expect(world.partner.count(.open) == 1)
    }
  }

  @Test("has no time now: repeated, and opened once", arguments: [408, 425, 429])
  func throttles(status: Int) async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answer(status, ""), times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.open) == 2 && world.partner.openings == 1)
      #expect(world.partner.count(.status) == 0)
    }
  }

  @Test("gives no token now: repeated, and opened once")
  func throttlesTokens() async throws {
    try await World.run { world async throws in
      world.partner.fail(.token, .answer(429, ""), times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.open) == 1 && world.partner.openings == 1)
    }
  }

  @Test("refuses in words that do not belong into a record: only the status is kept")
  func refusesOddly() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answer(400, #"{"error":{"code":"a\r\nb"}}"#))
      #expect(try await failure(world) == ["PARTNER_REFUSED", "http_400"])
    }
  }

  @Test("answers 500 and takes nothing: asked, repeated with the same key, given up")
  func breaks() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answer(500, "oops"))
      #expect(try await failure(world) == ["PARTNER_ERROR", "http_500"])
      let keys = Set(world.partner.requests.compactMap { $0.headers["idempotency-key"] })
      #expect(keys.count == 1)
      #expect(world.partner.count(.open) == 3 && world.partner.count(.status) == 3)
      #expect(world.partner.openings == 0)
    }
  }

  @Test("answers 500 once: repeated with the same key, opened once")
  func breaksOnce() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answer(500, "oops"), times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.open) == 2 && world.partner.openings == 1)
      let opens = world.partner.requests.filter {
        $0.method == "POST" && $0.path != "/oauth2/token"
      }
      #expect(Set(opens.map(\.body)).count == 1)
    }
  }

  @Test("breaks off before it does anything: repeated, opened once")
  func dropsBefore() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .dropBeforeEffect, times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.openings == 1 && world.partner.count(.status) == 1)
    }
  }

  @Test("dies after the door opened: asked, and never sent again")
  func diesAfterEffect() async throws {
    try await World.run { world async throws in
      world.partner.opens(into: "EXECUTED")
      world.partner.fail(.open, .dropAfterEffect, times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .executed)
      #expect(world.partner.count(.open) == 1 && world.partner.openings == 1)
    }
  }

  @Test(
    "answers with what is no answer, after the effect: asked, and never sent again",
    arguments: [
      "not json", "[]", "{}", #"{"state":"MAYBE"}"#, #"{"state":1}"#,
      String(repeating: " ", count: 70_000) + #"{"state":"ACKNOWLEDGED"}"#,
    ])
  func badAnswer(body: String) async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answerAfterEffect(200, body), times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.open) == 1 && world.partner.count(.status) == 1)
    }
  }

  @Test(
    "answers with a redirect that says nothing of the effect: asked, and never sent again",
    arguments: [300, 302, 303])
  func redirectsBehindEffect(status: Int) async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answerAfterEffect(status, ""), times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.open) == 1 && world.partner.count(.status) == 1)
    }
  }

  @Test(
    "sends elsewhere: not followed, and no token goes there", arguments: [301, 307, 308])
  func redirects(status: Int) async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .redirect(status, "/v1/devices/other/open"))
      #expect(try await failure(world) == ["PARTNER_REFUSED", "http_\(status)"])
      #expect(world.partner.count(.open) == 1 && world.partner.openings == 0)
    }
  }

  @Test("says that the device failed")
  func deviceFails() async throws {
    try await World.run { world async throws in
      world.partner.opens(into: "FAILED")
      world.partner.fail(.open, .dropAfterEffect, times: 1)
      #expect(try await failure(world) == ["PARTNER_ERROR", "jammed"])
    }
  }

  @Test("is away: nothing was sent, and that is known")
  func isAway() async throws {
    try await World.run { world async throws in
      try await world.partner.stop()
      #expect(try await failure(world) == ["PARTNER_UNREACHABLE", ""])
    }
  }

  @Test("refuses the platform's credentials: the command is never sent", .covers("A19"))
  func tokenRefused() async throws {
    try await World.run { world async throws in
      world.partner.fail(.token, .answer(400, #"{"error":"unauthorized_client"}"#))
      #expect(try await failure(world) == ["PARTNER_REFUSED", "unauthorized_client"])
      #expect(world.partner.count(.open) == 0)
    }
  }

  @Test(
    "gives no token that could be used",
    arguments: ["{}", "no", #"{"access_token":"a b","token_type":"Bearer"}"#])
  func badToken(body: String) async throws {
    try await World.run { world async throws in
      world.partner.fail(.token, .answer(200, body))
      #expect(try await failure(world) == ["PARTNER_ERROR", "token_bad_answer"])
      #expect(world.partner.count(.open) == 0)
    }
  }

  @Test("breaks at the token endpoint for a moment: the command goes out after it")
  func tokenBreaksOnce() async throws {
    try await World.run { world async throws in
      world.partner.fail(.token, .answer(503, ""), times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.token) == 2 && world.partner.count(.open) == 1)
    }
  }

  @Test("no longer takes a token: a new one is asked for, once", .covers("A19"))
  func tokenRevoked() async throws {
    try await World.run { world async throws in
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(try await world.open(World.gate, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.token) == 1)
      world.partner.fail(.open, .rejectToken, times: 1)
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.token) == 2)
      world.partner.fail(.open, .rejectToken)
      let metadata = await expectRefusal(.unavailable, "PARTNER_FAILED") {
        try await world.open(World.point, as: "anna")
      }
      #expect(metadata["partner_code"] == "invalid_token")
      #expect(world.partner.count(.token) == 3)
    }
  }
}
