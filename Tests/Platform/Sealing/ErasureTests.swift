import Foundation
import GeneratedPeople
import GeneratedPrivacy
import LibCrypto
import Postgres
import RPC
import Storage
import TestSupport
import Testing
import Transcoding

@testable import Pipeline
@testable import Platform

@Suite("What was kept of somebody who is erased")
struct ErasureTests {
  private func erase(
    _ desk: SignInDesk, _ subject: String
  ) async throws -> Artel_Privacy_V1_Erasure {
    try await PrivacyService(
      database: desk.fixture.tenants, revocations: desk.fixture.platform.revocations
    ).eraseSubject(
      request: .with {
        $0.subject = subject
        $0.reason = "asked for it"
      },
      context: desk.administrator(
        Artel_Privacy_V1_PrivacyService.Method.EraseSubject.descriptor, subject: "artel:boss"))
  }

  private func subject(_ name: String) -> String { "artel:\(name.dropFirst("members/".count))" }

  private func call(_ desk: SignInDesk) -> KeyedCall {
    KeyedCall("k", MessageBytes([]), path: "/m", of: caller(desk))
  }

  private func caller(_ desk: SignInDesk) -> Caller {
    Caller(
      tenant: desk.tenant, principal: Principal(kind: .administrator, subject: "artel:ann"),
      rows: .tenant)
  }

  /// Makes a member known by a call with a key.
  private func create(_ desk: SignInDesk, _ login: String) async throws -> String {
    let answers = StoredAnswers(database: desk.fixture.tenants, vault: desk.fixture.vault)
    let reply = try await answers.keeping(call(desk)) {
      UnaryReply(message: try MessageBytes(serializing: try await desk.create(login)))
    }
    return try reply.message.decode(Artel_People_V1_Invitation.self).member.name
  }

  @Test(
    "is answered to nobody who repeats a call, which is not made again either",
    .covers("S-H4", "B03", "S-G6"))
  func answers() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let answers = StoredAnswers(database: fixture.tenants, vault: fixture.vault)
      let name = try await create(desk, "ann@example.org")
      let kept = try #require(
        try await answers.answer(to: call(desk), of: caller(desk), deadline: nil))
      #expect(kept.fingerprint == call(desk).fingerprint)
      let invitation = try Artel_People_V1_Invitation(serializedBytes: kept.message)
      #expect(invitation.member.login == "ann@example.org")
      #expect(try await erase(desk, subject(name)).state == .erased)
      await expectRefusal(.failedPrecondition, "ANSWER_ERASED") {
        _ = try await answers.answer(to: call(desk), of: caller(desk), deadline: nil)
      }
    }
  }

  @Test("is sent to nobody, nor from a backup of before", .covers("S-H4", "B03"))
  func messages() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.allowCodes()
      let outbox = Outbox()
      let name = try await desk.person()
      _ = try await desk.send(try await desk.begin().token)
      // Its row's own, as it is: nothing was opened for it.
      let same = """
        SELECT count(*) FROM artel.message AS m JOIN artel.person AS p USING (person_id)
        WHERE m.sealed_recipient = p.sealed_login
        """
      #expect(try await fixture.database.sql(same) == "1")
      try await fixture.database.sql("CREATE TABLE backup AS SELECT * FROM artel.message")
      _ = try await erase(desk, subject(name))
      for table in ["message", "code_send", "sign_in"] {
        #expect(try await fixture.database.sql("SELECT count(*) FROM artel.\(table)") == "0")
      }
      try await fixture.database.sql("INSERT INTO artel.message SELECT * FROM backup")
      #expect(try await fixture.dispatch(outbox) == 1)
      #expect(outbox.messages.isEmpty)
    }
  }

  @Test("tells no login by a hash that takes no key", .covers("S-H3", "A10"))
  func hashes() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.allowCodes()
      _ = try await create(desk, "ann@example.org")
      for login in ["ann@example.org", "nobody@example.org"] {
        _ = try await desk.send(try await desk.begin(login).token)
      }
      // As it was once, and as it is in a request.
      let request = Artel_People_V1_CreateMemberRequest.with { $0.member.login = "ann@example.org" }
      let guesses = [
        SHA256.hash(Array("login \(desk.tenant.id) ann@example.org".utf8)),
        SHA256.hash(Array("login \(desk.tenant.id) nobody@example.org".utf8)),
        SHA256.hash(Array("ann@example.org".utf8)), call(desk).fingerprint,
        SHA256.hash(try request.serializedBytes() as [UInt8]),
      ]
      let held = try await Held.all(fixture)
      for guess in guesses {
        let digits = Hexadecimal.encode(guess)
        #expect(!held.contains { $0.text.contains(digits) })
      }
    }
  }

  @Test(
    "opens in no column of a backup of before", .covers("S-H4", "B03", "E23"))
  func backup() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.allowCodes()
      let name = try await create(desk, "ann@example.org")
      _ = try await desk.members.updateMember(
        request: .with {
          $0.member.name = name
          $0.member.displayName = "Canary Name"
        },
        context: desk.administrator(Artel_People_V1_MemberService.Method.UpdateMember.descriptor))
      let invited = try await desk.members.inviteMember(
        request: .with { $0.name = name },
        context: desk.administrator(Artel_People_V1_MemberService.Method.InviteMember.descriptor))
      _ = try await desk.accept(desk.token(invited))
      _ = try await desk.send(try await desk.begin().token)
      let backup = try await Held.all(fixture).filter { !$0.sealed.isEmpty }
      let before = try await opened(backup, fixture, desk)
      let telling = Set(before.filter { $0.text.contains("ann@example.org") }.map(\.column))
      #expect(
        telling == [
          "person.sealed_login", "message.sealed_recipient", "idempotency_key.sealed_answer",
        ])
      #expect(before.contains { $0.text.contains("Canary Name") })
      _ = try await erase(desk, subject(name))
      let after = try await opened(backup, fixture, desk)
      #expect(after.count < before.count)
      for canary in ["ann@example.org", "Canary Name", "sign-in#invitation"] {
        #expect(!after.contains { $0.text.contains(canary) })
      }
    }
  }

  /// A row of the database, with what is sealed in it.
  private struct Held {
    var table: String
    var text: String
    var sealed: [String: [UInt8]] = [:]
    /// Everything in it that may be the row's name in a seal.
    var names: [String] = []

    static func all(_ fixture: PlatformFixture) async throws -> [Held] {
      let tables = try await fixture.database.sql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'artel'::regnamespace AND relkind = 'r'")
      var all: [Held] = []
      for table in tables.split(separator: "\n") {
        let rows = try await fixture.database.sql(
          "SELECT to_jsonb(t)::text FROM artel.\(table) AS t")
        for row in rows.split(separator: "\n") {
          var held = Held(table: String(table), text: String(row))
          let fields = try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any]
          for case (let name, let text as String) in fields ?? [:] {
            let bytes =
              text.hasPrefix("\\x") ? Hexadecimal.decode(Array(text.utf8.dropFirst(2))) : nil
            held.names.append(text)
            guard let bytes else { continue }
            if name.hasPrefix("sealed_") { held.sealed[name] = bytes }
            held.names += [Hexadecimal.encode(bytes), Base64URL.encode(bytes)]
          }
          all.append(held)
        }
      }
      return all
    }
  }

  /// What opens, tried with every name that its row has.
  private func opened(
    _ rows: [Held], _ fixture: PlatformFixture, _ desk: SignInDesk
  ) async throws -> [(column: String, text: String)] {
    var found: [(column: String, text: String)] = []
    for row in rows {
      for (column, sealed) in row.sealed {
        var places = row.names.map {
          SealedPlace(tenant: desk.tenant.id, table: row.table, column: column, row: $0)
        }
        places += row.names.map {
          SealedPlace(tenant: desk.tenant.id, table: "person", column: "sealed_login", row: $0)
        }
        for place in places {
          let value = try? await fixture.vault.open(sealed, at: place)
          guard let bytes = value else { continue }
          found.append(("\(row.table).\(column)", String(decoding: bytes, as: UTF8.self)))
          break
        }
      }
    }
    return found
  }
}
