import GeneratedPeople
import GeneratedPrivacy
import LibCrypto
import Logging
import Pipeline
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("An erasure that was begun")
struct BegunErasureTests {
  private typealias Methods = Artel_Privacy_V1_PrivacyService.Method

  private func privacy(_ desk: SignInDesk) -> PrivacyService {
    PrivacyService(database: desk.fixture.tenants, revocations: desk.fixture.platform.revocations)
  }

  private func erase(
    _ desk: SignInDesk, _ subject: String
  ) async throws -> Artel_Privacy_V1_Erasure {
    try await privacy(desk).eraseSubject(
      request: .with {
        $0.subject = subject
        $0.reason = "asked for it"
      }, context: desk.administrator(Methods.EraseSubject.descriptor, subject: "artel:boss"))
  }

  private func list(
    _ desk: SignInDesk, _ state: Artel_Privacy_V1_Erasure.State = .unspecified, size: Int32 = 0
  ) async throws -> [Artel_Privacy_V1_Erasure] {
    var found: [Artel_Privacy_V1_Erasure] = []
    var token = ""
    repeat {
      let page = try await privacy(desk).listErasures(
        request: .with {
          $0.state = state
          $0.pageSize = size
          $0.pageToken = token
        }, context: desk.administrator(Methods.ListErasures.descriptor))
      found += page.erasures
      token = page.nextPageToken
    } while !token.isEmpty
    return found
  }

  private func subject(_ name: String) -> String { "artel:\(name.dropFirst("members/".count))" }

  /// What every process has.
  private func process(_ fixture: PlatformFixture) -> BegunErasures {
    BegunErasures(pool: fixture.dispatcherPool, database: fixture.tenants, logger: .silent)
  }

  /// Whoever was at it is believed to be dead.
  private func letLeasesEnd(_ fixture: PlatformFixture) async throws {
    try await fixture.database.sql("UPDATE artel.erasure SET next_time = now()")
  }

  /// Whether the key store destroys keys.
  private func destroying(_ works: Bool, _ fixture: PlatformFixture) async throws {
    let function = "FUNCTION artel_keys.destroy_subject(uuid, bytea, uuid)"
    try await fixture.database.sql(
      works
        ? "GRANT EXECUTE ON \(function) TO artel_keys"
        : "REVOKE EXECUTE ON \(function) FROM artel_keys, PUBLIC")
  }

  @Test(
    "of somebody whom nobody knows says so, and leaves nothing", .covers("S-H4", "B03", "E182"))
  func stranger() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      _ = try await desk.person("ann@example.org")
      for subject in ["artel:\(UUIDv7.make())", "artel:anna", "keycloak:typo"] {
        for _ in 0..<2 {
          let answer = try await erase(desk, subject)
          #expect(answer.state == .nothingHeld)
          #expect(answer.name.isEmpty && !answer.hasEraseTime)
        }
        // Somebody may be called so one day.
        #expect(
          try await fixture.vault.keyIDs(ofSubject: subject, tenantID: desk.tenant.id).isEmpty)
      }
      #expect(try await list(desk).isEmpty)
      #expect(try await fixture.database.sql("SELECT count(*) FROM artel.revocation") == "0")
      let said = try await fixture.audit(desk.tenant).filter { $0.contains("nothing held of one") }
      #expect(said.count == 6)
      #expect(!said.contains { $0.contains("typo") })
    }
  }

  @Test("of a member is for ever: nobody lets the member in again", .covers("S-H4", "E182"))
  func noWayBack() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("ann@example.org")
      #expect(try await erase(desk, subject(name)).state == .erased)
      typealias Members = Artel_People_V1_MemberService.Method
      await expectRefusal(.failedPrecondition, "MEMBER_ERASED") {
        try await desk.members.enableMember(
          request: .with { $0.name = name },
          context: desk.administrator(Members.EnableMember.descriptor))
      }
      await expectRefusal(.failedPrecondition, "MEMBER_ERASED") {
        try await desk.members.updateMember(
          request: .with {
            $0.member.name = name
            $0.member.administrator = true
          }, context: desk.administrator(Members.UpdateMember.descriptor))
      }
      // One that came back before that was refused goes by being erased again.
      try await fixture.database.sql(
        "UPDATE artel.person SET disabled = false, password_hash = 'x' WHERE person_id = "
          + "'\(name.dropFirst("members/".count))'")
      #expect(try await erase(desk, subject(name)).state == .erased)
      let left = try await fixture.database.sql(
        "SELECT disabled, password_hash IS NULL FROM artel.person WHERE person_id = "
          + "'\(name.dropFirst("members/".count))'")
      #expect(left == "t|t")
    }
  }

  @Test(
    "of somebody of whom the audit alone tells is one, and the same when it is asked for again",
    .covers("S-H4", "B03", "E182"))
  func auditAlone() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let caller = Caller(
        tenant: desk.tenant, principal: Principal(kind: .user, subject: "keycloak:ann"),
        rows: .tenant)
      let facts = CallFacts(
        id: UUIDv7.make(), caller: caller, address: "192.0.2.77", door: .rest)
      try await CallFacts.$current.withValue(facts) {
        try await fixture.tenants.record(
          as: Actor(caller), action: "test", resource: "things/1", change: "made", deadline: nil)
      }
      let first = try await erase(desk, "keycloak:ann")
      #expect(first.state == .erased && first.hasEraseTime)
      #expect(try await erase(desk, "keycloak:ann") == first)
      #expect(try await list(desk) == [first])
      #expect(try await list(desk, .erasing).isEmpty)
    }
  }

  @Test(
    "goes on at any process, unasked, wherever the one that began it died",
    .covers("S-H4", "B03", "E182"), arguments: [false, true])
  func died(keysAreGone: Bool) async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("ann@example.org")
      let erasure = SubjectErasure(subject: subject(name))
      let keys = try await erasure.keys(fixture.vault, tenantID: desk.tenant.id)
      let begun = try await fixture.tenants.change(
        as: Actor(tenantID: desk.tenant.id, service: "test"), action: "test", deadline: nil
      ) { try await erasure.begin(reason: "asked for it", keys, $0)?.id }
      let id = try #require(begun)
      if keysAreGone {
        try await fixture.vault.erase(subject: subject(name), tenantID: desk.tenant.id)
      }
      // Nobody takes it while its process may live.
      #expect(try await process(fixture).end() == 0)
      #expect(try await list(desk, .erasing).map(\.name) == ["erasures/\(id)"])
      try await letLeasesEnd(fixture)
      let (one, other) = (process(fixture), process(fixture))
      async let first = one.end()
      async let second = other.end()
      #expect(try await [first, second].sorted() == [0, 1])
      let ended = try await list(desk)
      #expect(ended.map(\.name) == ["erasures/\(id)"])
      #expect(ended.first?.state == .erased && ended.first?.hasEraseTime == true)
      #expect(
        try await fixture.vault.isErased(subject: subject(name), tenantID: desk.tenant.id))
      #expect(
        try await fixture.audit(desk.tenant).filter { $0.contains("keys destroyed") }
          == ["services/privacy artel.privacy/EndErasure erasures/\(id): keys destroyed"])
      #expect(
        try await fixture.database.sql(
          "SELECT count(*) FROM artel.outbox_event WHERE type = 'privacy.subject.erased'") == "1")
      #expect(
        try await fixture.database.sql("SELECT count(*) FROM artel.erasure WHERE key_name IS NULL")
          == "1")
      #expect(try await erase(desk, subject(name)) == ended.first)
    }
  }

  @Test(
    "is seen to be running while the key store cannot be asked, and tried again",
    .covers("S-H4", "E182"))
  func keyStoreAway() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      var names: [String] = []
      for login in ["ann@example.org", "vera@example.org", "zoe@example.org"] {
        names.append(try await desk.person(login))
      }
      try await destroying(false, fixture)
      var begun: [Artel_Privacy_V1_Erasure] = []
      for name in names { begun.append(try await erase(desk, subject(name))) }
      #expect(begun.allSatisfy { $0.state == .erasing && !$0.hasEraseTime && !$0.name.isEmpty })
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.password(try await desk.begin("ann@example.org").token)
      }
      try await letLeasesEnd(fixture)
      #expect(try await process(fixture).end() == 3)
      #expect(try await list(desk, .erasing, size: 2) == begun.reversed())
      #expect(try await list(desk, .erased).isEmpty)
      try await destroying(true, fixture)
      // What was tried just now waits a little.
      #expect(try await process(fixture).end() == 0)
      try await letLeasesEnd(fixture)
      #expect(try await process(fixture).end() == 3)
      #expect(try await list(desk, .erased, size: 1).map(\.name) == begun.reversed().map(\.name))
      #expect(try await process(fixture).end() == 0)
    }
  }
}
