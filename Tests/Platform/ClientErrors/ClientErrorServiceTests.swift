import FoundationEssentials
import GeneratedOperations
import LibCrypto
import Logging
import Pipeline
import Postgres
import RPC
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Platform
@testable import Telemetry

@Suite("The client error service")
struct ClientErrorServiceTests {
  private typealias Methods = Artel_Operations_V1_ClientErrorService.Method
  private typealias Event = Artel_Operations_V1_ClientErrorEvent
  private typealias Group = Artel_Operations_V1_ClientErrorGroup

  /// A process's service, its memory and its log.
  private final class Desk: Sendable {
    let fixture: PlatformFixture
    let service: ClientErrorService
    let keeper: ClientErrorKeeper
    private let log = LogBytes()

    init(_ fixture: PlatformFixture) {
      self.fixture = fixture
      let bytes = log
      let book = ClientErrorBook()
      let logger = Logger(label: "artel.client_errors") { label in
        JSONLogHandler(label: label) { bytes.append($0) }
      }
      service = ClientErrorService(
        directory: fixture.platform.directory, database: fixture.tenants,
        baseDomain: fixture.baseDomain, cell: "main", book: book,
        metrics: ClientErrorMetrics(registry: MetricRegistry()),
        log: ClientErrorLog(logger: logger))
      keeper = ClientErrorKeeper(
        book: book, store: StoredClientErrors(pool: fixture.dispatcherPool), logger: .silent)
    }

    var lines: [[String: String]] {
      get throws {
        try log.all.split(separator: UInt8(ascii: "\n")).map {
          try JSONDecoder().decode([String: String].self, from: Data($0))
        }
      }
    }

    @discardableResult
    func report(
      _ events: [Event], as tenant: Tenant
    ) async throws -> Artel_Operations_V1_ReportClientErrorsResponse {
      try await service.reportClientErrors(
        request: .with { $0.events = events },
        context: .of(tenant, Methods.ReportClientErrors.descriptor, kind: .user))
    }

    func groups(
      _ tenant: Tenant, state: Group.State = .unspecified, app: String = ""
    ) async throws -> [Group] {
      await keeper.flush()
      return try await service.listClientErrorGroups(
        request: .with {
          $0.state = state
          $0.app = app
        }, context: .of(tenant, Methods.ListClientErrorGroups.descriptor)
      ).clientErrorGroups
    }

    func resolve(_ name: String, _ version: String = "", as tenant: Tenant) async throws -> Group {
      try await service.resolveClientErrorGroup(
        request: .with {
          $0.name = name
          $0.version = version
        }, context: .of(tenant, Methods.ResolveClientErrorGroup.descriptor))
    }
  }

  private final class LogBytes: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    var all: [UInt8] { bytes.withLock { $0 } }
    func append(_ line: [UInt8]) { bytes.withLock { $0 += line } }
  }

  private static func event(
    _ message: String, version: String = "1.0", count: Int32 = 0, id: String = UUIDv7.make()
  ) -> Event {
    .with {
      $0.eventID = id
      $0.kind = .exception
      $0.message = message
      $0.app.name = "door"
      $0.app.version = version
      $0.app.platform = "ios"
      $0.count = count
    }
  }

  @Test(
    "adds up equal errors of all processes, and shows them to their tenant alone", .covers("C96"))
  func groups() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      let desks = [Desk(fixture), Desk(fixture)]
      let again = Self.event("unit 1 is gone", version: "1.9")
      let answer = try await desks[0].report(
        [again, again, Self.event("unit 2 is gone", version: "1.10", count: 5)], as: alpha)
      #expect((answer.takenCount, answer.duplicateCount, answer.droppedCount) == (2, 1, 0))
      try await desks[1].report(
        [Self.event("unit 3 is gone", version: "1.2"), Self.event("no network")], as: alpha)
      await desks[1].keeper.flush()

      let groups = try await desks[0].groups(alpha)
      #expect(groups.count == 2)
      let gone = try #require(groups.first { $0.title == "unit # is gone" })
      #expect(gone.count == 7)
      #expect(gone.versions == ["1.10", "1.9", "1.2"])
      #expect(gone.platforms == ["ios"])
      #expect(gone.app == "door" && !gone.anonymous && gone.state == .unresolved)
      #expect(gone.firstSeenTime.seconds > 0)
      #expect(try await desks[0].groups(alpha, app: "gate").isEmpty)

      #expect(try await desks[0].groups(beta).isEmpty)
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await desks[0].resolve(gone.name, as: beta)
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await desks[0].service.getClientErrorGroup(
          request: .with { $0.name = gone.name },
          context: .of(beta, Methods.GetClientErrorGroup.descriptor))
      }
      #expect(
        try await desks[0].service.getClientErrorGroup(
          request: .with { $0.name = gone.name },
          context: .of(alpha, Methods.GetClientErrorGroup.descriptor)) == gone)
    }
  }

  @Test("hands groups out in pages, the one that was seen last first", .covers("C96"))
  func pages() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let desk = Desk(fixture)
      for word in ["one", "two", "three", "four", "five"] {
        try await desk.report([Self.event(word)], as: alpha)
        await desk.keeper.flush()
      }
      func page(_ token: String) async throws -> Artel_Operations_V1_ListClientErrorGroupsResponse {
        try await desk.service.listClientErrorGroups(
          request: .with {
            $0.pageSize = 2
            $0.pageToken = token
          }, context: .of(alpha, Methods.ListClientErrorGroups.descriptor))
      }
      var (titles, token): ([String], String) = ([], "")
      repeat {
        let page = try await page(token)
        titles += page.clientErrorGroups.map(\.title)
        token = page.nextPageToken
      } while !token.isEmpty
      #expect(titles == ["five", "four", "three", "two", "one"])
    }
  }

  @Test("opens a resolved group again when a later version reports it", .covers("C96"))
  func regression() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let desk = Desk(fixture)
      func state(after version: String) async throws -> Group {
        try await desk.report([Self.event("boom", version: version)], as: alpha)
        return try #require(try await desk.groups(alpha).first)
      }
      let group = try await state(after: "2.9")
      let resolved = try await desk.resolve(group.name, as: alpha)
      #expect(resolved.state == .resolved && resolved.resolvedVersion == "2.9")
      #expect(try await state(after: "2.9").state == .resolved)
      #expect(try await state(after: "2.8").count == 3)
      #expect(try await state(after: "2.10").state == .regressed)
      #expect(try await desk.groups(alpha, state: .regressed).count == 1)

      #expect(try await desk.resolve(group.name, "3.0", as: alpha).resolvedVersion == "3.0")
      #expect(try await state(after: "2.11").state == .resolved)
      #expect(try await state(after: "3.0.1").state == .regressed)

      let context = ServerContext.of(alpha, Methods.MuteClientErrorGroup.descriptor)
      _ = try await desk.service.muteClientErrorGroup(
        request: .with { $0.name = group.name }, context: context)
      #expect(try await state(after: "9.0").state == .muted)
      let open = try await desk.service.reopenClientErrorGroup(
        request: .with { $0.name = group.name },
        context: .of(alpha, Methods.ReopenClientErrorGroup.descriptor))
      #expect(open.state == .unresolved && open.resolvedVersion.isEmpty)
      let audit = try await fixture.audit(alpha)
      #expect(audit.contains { $0.hasSuffix("\(group.name): resolved in 2.9") })
      #expect(audit.contains { $0.hasSuffix("\(group.name): muted") })
    }
  }

  @Test("writes a line for each event, redacted, whatever it holds", .covers("C96", "S-H9"))
  func log() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let desk = Desk(fixture)
      var event = Self.event(
        "a\r\n{\"level\":\"error\"}\u{1b}[31m password=hunter2 ann@example.org")
      event.stack = String(repeating: "at load (/main.js:1:1)\n", count: 300)
      event.traceID = "0AF7651916CD43DD8448EB211C80319C"
      event.requestID = "r-1"
      event.screen = "/units/42?token=abc"
      event.occurTime.seconds = 1_790_000_000
      event.labels = [
        .with {
          $0.name = "api-key"
          $0.value = "hunter3"
        },
        .with {
          $0.name = "theme"
          $0.value = "dark\nlight"
        },
      ]
      try await desk.report([event], as: alpha)
      let lines = try desk.lines
      #expect(lines.count == 1)
      let line = try #require(lines.first)
      #expect(line["level"] == "notice" && line["tenant"] == alpha.id)
      #expect(
        line["error"] == "a\r\n{\"level\":\"error\"}\u{1b}[31m password=[secret] [email]")
      #expect(line["call_trace_id"] == "0af7651916cd43dd8448eb211c80319c")
      #expect(line["call_request_id"] == "r-1")
      #expect(line["labels"] == "api-key=[secret] theme=dark\nlight")
      #expect(line["screen"] == "/units/42?…")
      #expect(line["occur_time"] == "2026-09-21T14:13:20Z")
      #expect(line["kind"] == "exception" && line["severity"] == "error")
      let group = try #require(try await desk.groups(alpha).first)
      #expect(group.name == "clientErrorGroups/\(line["fingerprint"] ?? "")")
      #expect(group.screen == "/units/#")
      #expect(group.traceID == line["call_trace_id"])
      let stored = try await fixture.database.sql(
        "SELECT g::text FROM artel.client_error_group AS g")
      for canary in ["hunter", "example.org", "level"] { #expect(!stored.contains(canary)) }
    }
  }

  @Test("takes reports of nobody for a tenant that there is, apart from all others", .covers("C96"))
  func anonymous() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let desk = Desk(fixture)
      func report(_ tenant: String, host: String = "") async throws -> Int32 {
        var context = ServerContext.of(nil, Methods.ReportAnonymousClientErrors.descriptor)
        if !host.isEmpty { context.metadata.add(host, for: "artel-host") }
        return try await desk.service.reportAnonymousClientErrors(
          request: .with {
            $0.tenant = tenant
            $0.events = [Self.event("boom")]
          }, context: context
        ).takenCount
      }
      #expect(try await report("alpha") == 1)
      #expect(try await report("", host: "alpha.artel.localhost:8443") == 1)
      for (tenant, host) in [("nobody", ""), ("", ""), ("", "artel.localhost")] {
        await expectRefusal(.notFound, "TENANT_NOT_FOUND") {
          _ = try await report(tenant, host: host)
        }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await report("beta", host: "alpha.artel.localhost")
      }
      try await desk.report([Self.event("boom")], as: alpha)
      let groups = try await desk.groups(alpha)
      #expect(groups.map(\.anonymous).sorted { !$0 && $1 } == [false, true])
      #expect(groups.first { $0.anonymous }?.count == 2)
    }
  }

  @Test("keeps so many groups of a tenant, the ones that matter", .covers("C96"))
  func bounds() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let desk = Desk(fixture)
      try await desk.report([Self.event("often", count: 100)], as: alpha)
      await desk.keeper.flush()
      try await fixture.database.sql(
        """
        INSERT INTO artel.client_error_group (tenant_id, fingerprint, app, anonymous, kind, severity,
          title, culprit, screen, count, versions, platforms, trace_id, last_seen_time)
        SELECT '\(alpha.id)', md5(n::text), 'app', false, 1, 1, 't', '', '', 1, '{}', '{}', '',
          now() + n * interval '1 second'
        FROM generate_series(1, 1500) AS n
        """)
      try await desk.report([Self.event("new")], as: alpha)
      await desk.keeper.flush()
      let titles = try await fixture.database.sql(
        "SELECT count(*), count(*) FILTER (WHERE title = 'often') FROM artel.client_error_group")
      #expect(titles == "\(StoredClientErrors.mostKnown)|1")

      // And what nobody has seen for a month is gone.
      try await fixture.database.sql(
        "UPDATE artel.client_error_group SET last_seen_time = now() - interval '31 days'")
      _ = try await EndedRows(pool: fixture.dispatcherPool, logger: .silent).delete()
      #expect(
        try await fixture.database.sql("SELECT count(*) FROM artel.client_error_group") == "0")
    }
  }

  @Test("refuses more than it would read, on either door")
  func size() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let desk = Desk(fixture)
      // Of more bytes than scalars.
      let events = (0..<50).map { _ in
        var event = Self.event("x")
        event.stack = String(repeating: "€", count: 8000)
        return event
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await desk.report(events, as: alpha)
      }
    }
  }
}
