import Foundation
import GeneratedPeople
import GeneratedPrivacy
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf
import TestSupport
import Testing

@testable import Platform

@Suite("What rows say of people")
struct PersonSealingTests {
  private typealias Methods = Artel_Privacy_V1_PrivacyService.Method

  private func privacy(_ fixture: PlatformFixture) -> PrivacyService {
    PrivacyService(database: fixture.tenants, revocations: fixture.platform.revocations)
  }

  private func member(_ desk: SignInDesk, _ name: String) async throws -> Artel_People_V1_Member {
    try await desk.members.getMember(
      request: .with { $0.name = name },
      context: desk.administrator(Artel_People_V1_MemberService.Method.GetMember.descriptor))
  }

  private func erase(
    _ desk: SignInDesk, _ subject: String, by administrator: String = "artel:boss"
  ) async throws -> Artel_Privacy_V1_Erasure {
    try await privacy(desk.fixture).eraseSubject(
      request: .with {
        $0.subject = subject
        $0.reason = "asked for it"
      },
      context: desk.administrator(Methods.EraseSubject.descriptor, subject: administrator))
  }

  /// Everything that the database holds, as text, with bytes as they are.
  private func dump(_ fixture: PlatformFixture) async throws -> String {
    let tables = try await fixture.database.sql(
      "SELECT relname FROM pg_class WHERE relnamespace = 'artel'::regnamespace AND relkind = 'r'")
    var text = ""
    for table in tables.split(separator: "\n") {
      text += try await fixture.database.sql("SELECT t::text FROM artel.\(table) AS t")
    }
    return text
  }

  @Test("is nowhere in clear, and found by its index alone", .covers("S-H3", "A10"))
  func sealed() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("canary.login@example.org")
      _ = try await desk.members.updateMember(
        request: .with {
          $0.member.name = name
          $0.member.displayName = "Canary Name"
        },
        context: desk.administrator(Artel_People_V1_MemberService.Method.UpdateMember.descriptor))
      _ = try await desk.password(
        try await desk.begin("Canary.Login@example.org").token, address: "ipv4:192.0.2.77:5")
      let dump = try await dump(fixture)
      for canary in ["canary.login", "Canary Name", "192.0.2.77"] {
        #expect(!dump.localizedCaseInsensitiveContains(canary))
        let bytes = Hexadecimal.encode(Array(canary.utf8))
        #expect(!dump.contains(bytes))
      }
      let member = try await member(desk, name)
      #expect(member.login == "canary.login@example.org")
      #expect(member.displayName == "Canary Name")
    }
  }

  @Test("is refused where it was moved to another row or column", .covers("S-H1", "A10"))
  func moved() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let (ann, vera) = (
        try await desk.create("ann@example.org").member.name,
        try await desk.create("vera@example.org").member.name
      )
      let id = vera.dropFirst("members/".count)
      for forgery in [
        "sealed_login = (SELECT sealed_login FROM artel.person WHERE person_id = "
          + "'\(ann.dropFirst("members/".count))')",
        "sealed_login = sealed_display_name",
        "sealed_login = set_byte(sealed_login, 40, get_byte(sealed_login, 40) # 1)",
        "sealed_login = substr(sealed_login, 1, 50)",
      ] {
        try await fixture.database.sql(
          "CREATE TABLE kept AS SELECT * FROM artel.person; "
            + "UPDATE artel.person SET \(forgery) WHERE person_id = '\(id)'")
        await #expect(throws: (any Error).self) { _ = try await member(desk, vera) }
        try await fixture.database.sql(
          "UPDATE artel.person AS p SET sealed_login = k.sealed_login FROM kept AS k "
            + "WHERE k.person_id = p.person_id; DROP TABLE kept")
      }
      #expect(try await member(desk, vera).login == "vera@example.org")
    }
  }

  @Test(
    "reads [erased] once its subject is erased, also from a backup of before",
    .covers("S-H4", "B03", "E23"))
  func erased() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("ann@example.org")
      let other = try await desk.person("vera@example.org")
      let subject = "artel:\(name.dropFirst("members/".count))"
      try await fixture.database.sql("CREATE TABLE backup AS SELECT * FROM artel.person")
      let erasure = try await erase(desk, subject)
      #expect(erasure.state == .erased)
      #expect(erasure.hasEraseTime)
      #expect(try await erase(desk, subject).name == erasure.name)
      let found = try await privacy(fixture).getErasure(
        request: .with { $0.name = erasure.name },
        context: desk.administrator(Methods.GetErasure.descriptor))
      #expect(found == erasure)
      let member = try await member(desk, name)
      #expect(member.login == "[erased]")
      #expect(member.displayName == "[erased]")
      #expect(member.state == .disabled)
      // The row as it was does not help.
      try await fixture.database.sql(
        "UPDATE artel.person AS p SET sealed_login = b.sealed_login, login_index = b.login_index, "
          + "sealed_display_name = b.sealed_display_name FROM backup AS b "
          + "WHERE b.person_id = p.person_id")
      #expect(try await self.member(desk, name).login == "[erased]")
      #expect(try await self.member(desk, other).login == "vera@example.org")
      // Nobody can be told from the audit, nor from the erasure.
      #expect(try await !fixture.audit(desk.tenant).contains { $0.contains("ann@") })
    }
  }

  @Test("leaves who is erased no way in, and its login to somebody else", .covers("B03"))
  func noWayIn() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("ann@example.org")
      let id = name.dropFirst("members/".count)
      _ = try await erase(desk, "artel:\(id)")
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.password(try await desk.begin("ann@example.org").token)
      }
      let revoked = try await fixture.database.sql(
        "SELECT count(*) FROM artel.revocation WHERE kind = 'SUBJECT' AND id = 'artel:\(id)'")
      #expect(revoked == "1")
      _ = try await desk.person("ann@example.org")
      await expectRefusal(.failedPrecondition, "OWN_MEMBER") {
        _ = try await erase(desk, "artel:boss", by: "artel:boss")
      }
    }
  }

  @Test("is exported whole, before it is erased", .covers("S-H4", "B03", "E23"))
  func exported() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("ann@example.org")
      let id = String(name.dropFirst("members/".count))
      _ = try await desk.password(try await desk.begin().token, address: "ipv4:192.0.2.77:5")
      var records: [Artel_Privacy_V1_SubjectRecord] = []
      var token = ""
      repeat {
        let page = try await privacy(fixture).exportSubject(
          request: .with {
            $0.subject = "artel:\(id)"
            $0.reason = "asked for it"
            $0.pageSize = 2
            $0.pageToken = token
          }, context: desk.administrator(Methods.ExportSubject.descriptor))
        records += page.records
        token = page.nextPageToken
      } while !token.isEmpty
      let text = try records.map { "\($0.collection) \(try $0.fields.jsonString())" }
      #expect(text.contains { $0.contains("ann@example.org") })
      #expect(text.contains { $0.hasPrefix("session") && $0.contains("192.0.2.77") })
      #expect(Set(records.map(\.collection)).isSuperset(of: ["person", "session"]))
      #expect(!text.contains { $0.contains("password") || $0.contains("hash") })
      let stranger = try await privacy(fixture).exportSubject(
        request: .with {
          $0.subject = "people:nobody"
          $0.reason = "asked for it"
        }, context: desk.administrator(Methods.ExportSubject.descriptor))
      #expect(stranger.records.isEmpty)
    }
  }

  @Test("goes into an export of its tenant, opened", .covers("B03"))
  func tenantExport() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      for number in 0..<3 { _ = try await desk.person("p\(number)@example.org") }
      let lines = ExportedLines()
      let counts = try await fixture.administration.export(
        desk.tenant, reason: "asked for", to: lines)
      #expect(counts["person_names"] == 3)
      let text = await lines.text.joined(separator: "\n")
      #expect(text.contains("p2@example.org"))
    }
  }

  @Test("is sealed anew while it is read and written", .covers("S-H2", "A11"))
  func rotated() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      var names: [String] = []
      for number in 0..<5 {
        names.append(try await desk.create("p\(number)@example.org").member.name)
      }
      let people = names
      try await fixture.vault.rotate(tenantID: desk.tenant.id)
      let resealing = Resealing(database: fixture.tenants)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { _ = try await resealing.run(tenantID: desk.tenant.id) }
        for (number, name) in people.enumerated() {
          group.addTask {
            for round in 0..<4 {
              _ = try await desk.members.updateMember(
                request: .with {
                  $0.member.name = name
                  $0.member.displayName = "P\(number) \(round)"
                },
                context: desk.administrator(
                  Artel_People_V1_MemberService.Method.UpdateMember.descriptor))
              #expect(try await self.member(desk, name).login == "p\(number)@example.org")
            }
          }
        }
        try await group.waitForAll()
      }
      _ = try await resealing.run(tenantID: desk.tenant.id)
      #expect(try await resealing.run(tenantID: desk.tenant.id) == 0)
      for (number, name) in people.enumerated() {
        #expect(try await member(desk, name).displayName == "P\(number) 3")
      }
    }
  }
}

private actor ExportedLines: TenantExportSink {
  var text: [String] = []
  func begin(table: String) async throws {}
  func write(row: String) async throws { text.append(row) }
}
