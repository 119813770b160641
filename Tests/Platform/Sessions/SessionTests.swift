import GeneratedPeople
import Pipeline
import Postgres
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The sessions of people")
struct SessionTests {
  typealias Methods = Artel_People_V1_SessionService.Method

  private func with(_ body: (SessionWorld, _ member: String) async throws -> Void) async throws {
    try await PlatformFixture.with { fixture in
      let world = try await SessionWorld(fixture)
      _ = try await world.desk.createRole("reader", scopes: ["a", "b"])
      try await body(world, try await world.desk.person(roles: ["roles/reader"]))
    }
  }

  @Test(
    "are listed with their device, their apps and their last use, the newest first", .covers("C83"))
  func list() async throws {
    try await with { world, member in
      let first = try await world.browser()
      let token = try await world.tokens(first)
      world.apps.clock.advance(30)
      _ = try await world.browser()
      let listed = try await world.list(member, token: token)
      #expect(listed.map(\.remembered) == [true, true])
      #expect(listed.map(\.current) == [false, true])
      #expect(listed.map { $0.apps.map(\.client) } == [[], ["clients/app"]])
      let session = try #require(listed.last)
      #expect(session.name.hasPrefix("\(member)/sessions/"))
      #expect(session.methods == ["pwd"])
      #expect(session.address == "10.0.0.1")
      #expect(session.useTime.seconds == session.signInTime.seconds)
      // The administrator sees the same, none of them its own.
      let seen = try await world.sessions.listSessions(
        request: .with { $0.parent = member },
        context: world.desk.administrator(Methods.ListSessions.descriptor))
      #expect(seen.sessions.map(\.name) == listed.map(\.name))
      #expect(seen.sessions.map(\.current) == [false, false])
      // What nobody remembers and no app uses any more is over.
      world.apps.clock.advance(3601)
      #expect(try await world.list(member).isEmpty)
    }
  }

  @Test("come in pages, whose tokens are good for one person alone")
  func pages() async throws {
    try await with { world, member in
      for _ in 0..<3 { _ = try await world.browser() }
      let context = try await world.own(Methods.ListOwnSessions.descriptor, member)
      let first = try await world.sessions.listOwnSessions(
        request: .with { $0.pageSize = 2 }, context: context)
      #expect(first.sessions.count == 2)
      let second = try await world.sessions.listOwnSessions(
        request: .with {
          $0.pageSize = 2
          $0.pageToken = first.nextPageToken
        }, context: context)
      #expect(second.sessions.count == 1)
      #expect(second.nextPageToken.isEmpty)
      let boris = try await world.desk.person("boris@example.org")
      await expectRefusal(.invalidArgument, "PAGE_INVALID") {
        _ = try await world.sessions.listOwnSessions(
          request: .with { $0.pageToken = first.nextPageToken },
          context: world.own(Methods.ListOwnSessions.descriptor, boris))
      }
    }
  }

  @Test(
    "end with their refresh tokens, their access tokens and their browser, and no other",
    .covers("S-C19", "C83"))
  func end() async throws {
    try await with { world, member in
      let (left, right) = (try await world.browser(), try await world.browser())
      let (dead, alive) = (try await world.tokens(left), try await world.tokens(right))
      let session = try #require(
        try await world.list(member, token: dead).first(where: \.current))
      let other = try await world.apps.process()
      _ = try await world.sessions.endOwnSession(
        request: .with { $0.name = session.name },
        context: world.own(Methods.EndOwnSession.descriptor, member, alive))
      #expect(try await !world.apps.isGood(dead.accessToken))
      #expect(try await world.apps.isGood(alive.accessToken))
      try await other.revocations.refresh()
      #expect(try await other.service.status.inspector.caller(token: dead.accessToken) == nil)
      await expectRefusal(.invalidArgument, "INVALID_GRANT") {
        _ = try await world.apps.endpoint.refresh(dead.refreshToken)
      }
      _ = try await world.apps.endpoint.refresh(alive.refreshToken)
      #expect(try await world.authorize(left).hasPrefix("/sign-in#"))
      #expect(try await world.authorize(right).contains("code="))
      // Once more changes nothing.
      _ = try await world.sessions.endOwnSession(
        request: .with { $0.name = session.name },
        context: world.own(Methods.EndOwnSession.descriptor, member))
      #expect(
        try await world.fixture.audit(world.tenant).filter { $0.contains("/sessions/") }.count == 1)
    }
  }

  @Test("give no tokens for a code that was handed out before they ended", .covers("S-C19"))
  func codes() async throws {
    try await with { world, member in
      let cookie = try await world.browser()
      let code = try #require(try AppWorld.answer(try await world.authorize(cookie))["code"])
      _ = try await world.sessions.endSessions(
        request: .with { $0.parent = member },
        context: world.desk.administrator(Methods.EndSessions.descriptor))
      await expectRefusal(.invalidArgument, "INVALID_GRANT") {
        _ = try await world.apps.redeem(code)
      }
    }
  }

  @Test("end all but the one that asks, or all where an administrator asks", .covers("S-C19"))
  func others() async throws {
    try await with { world, member in
      let cookies = [
        try await world.browser(), try await world.browser(), try await world.browser(),
      ]
      let token = try await world.tokens(cookies[1])
      let ended = try await world.sessions.endOtherSessions(
        request: .init(), context: world.own(Methods.EndOtherSessions.descriptor, member, token))
      // The one of the invitation, which nothing remembers, is among them.
      #expect(ended.ended == 3)
      #expect(try await world.list(member, token: token).map(\.current) == [true])
      #expect(try await world.apps.isGood(token.accessToken))
      let all = try await world.sessions.endSessions(
        request: .with { $0.parent = member },
        context: world.desk.administrator(Methods.EndSessions.descriptor))
      #expect(all.ended == 1)
      #expect(try await !world.apps.isGood(token.accessToken))
    }
  }

  @Test("are nobody else's to end or to see", .covers("S-D12"))
  func foreign() async throws {
    try await with { world, member in
      let cookie = try await world.browser()
      let session = try #require(try await world.list(member).first?.name)
      let boris = try await world.desk.person("boris@example.org")
      let beta = try await world.fixture.tenant("beta")
      let id = session.split(separator: "/")[3]
      for (name, context) in [
        (session, try await world.own(Methods.EndOwnSession.descriptor, boris)),
        ("\(boris)/sessions/\(id)", try await world.own(Methods.EndOwnSession.descriptor, boris)),
        ("members/x/sessions/y", try await world.own(Methods.EndOwnSession.descriptor, boris)),
        (
          session, .of(beta, Methods.EndOwnSession.descriptor, kind: .user, subject: "keycloak:ann")
        ),
      ] {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await world.sessions.endOwnSession(
            request: .with { $0.name = name }, context: context)
        }
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await world.sessions.endSession(
          request: .with { $0.name = session },
          context: .of(beta, Methods.EndSession.descriptor))
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await world.sessions.listSessions(
          request: .with { $0.parent = member },
          context: .of(beta, Methods.ListSessions.descriptor))
      }
      // Who signed in elsewhere has none here.
      let stranger = ServerContext.of(
        world.tenant, Methods.ListOwnSessions.descriptor, kind: .user, subject: "keycloak:ann")
      #expect(
        try await world.sessions.listOwnSessions(request: .init(), context: stranger).sessions
          .isEmpty)
      #expect(
        try await world.sessions.endOtherSessions(request: .init(), context: stranger).ended == 0)
      #expect(try await world.authorize(cookie).contains("code="))
    }
  }

  @Test("end with whatever ends the person's tokens", .covers("S-C19", "S-D19"))
  func subject() async throws {
    try await with { world, member in
      let cookie = try await world.browser()
      try await world.fixture.administration.revoke(
        .subject("artel:" + member.dropFirst("members/".count)), in: world.tenant)
      #expect(try await world.authorize(cookie).hasPrefix("/sign-in#"))
      world.apps.clock.advance(2)
      let next = try await world.browser()
      try await world.fixture.administration.revoke(.all, in: world.tenant)
      #expect(try await world.authorize(next).hasPrefix("/sign-in#"))
      #expect(try await world.list(member).isEmpty)
    }
  }

  @Test("are deleted a day after their end, and not before")
  func cleanup() async throws {
    try await with { world, member in
      let rows = EndedRows(pool: world.fixture.dispatcherPool, logger: .silent)
      _ = try await world.browser()
      _ = try await rows.delete()
      let count = { try await world.fixture.database.sql("SELECT count(*) FROM artel.session") }
      #expect(try await count() == "2")
      try await world.fixture.database.sql(
        "UPDATE artel.session SET expire_time = now() - interval '25 hours'")
      _ = try await rows.delete()
      #expect(try await count() == "0")
    }
  }
}
