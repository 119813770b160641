import GeneratedDescriptors
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
import Transcoding

@testable import Platform

@Suite("What is handed out of somebody")
struct SubjectExportTests {
  private typealias Methods = Artel_Privacy_V1_PrivacyService.Method
  private typealias Record = Artel_Privacy_V1_SubjectRecord
  private typealias Export = Artel_Privacy_V1_SubjectExport

  /// Sealed columns that are not handed out, and why that is right. Reviewed: who adds a line says it.
  private static let exceptions: [String: String] = [
    "idempotency_key.sealed_answer":
      "another one's answer of the last day, made of what is exported from where it is",
    "message.sealed_recipient": "the person's login, which is exported from its row",
    "message.sealed_text": "codes and links: secrets that let in",
    "person.sealed_authenticator": "a secret that lets in",
    "refresh_family.sealed_secret": "a secret that lets in, sealed for the tenant",
    "sign_in.sealed_authenticator": "a secret that lets in",
    "tenant_authority.sealed_key": "the tenant's own",
    "tenant_signing_key.sealed_private_key": "the tenant's own",
  ]

  /// Opened by hand with the audit's entries.
  private static let ofEntries: Set = ["audit_entry.sealed_origin", "audit_entry.sealed_personal"]

  private static var opened: Set<String> {
    Set(SubjectColumns.opened.map { "\($0.table).\($0.name)" })
  }

  private func page(
    _ desk: SignInDesk, _ subject: String, size: Int32 = 0, token: String = ""
  ) async throws -> Export {
    try await PrivacyService(
      database: desk.fixture.tenants, revocations: desk.fixture.platform.revocations
    ).exportSubject(
      request: .with {
        $0.subject = subject
        $0.reason = "asked for it"
        $0.pageSize = size
        $0.pageToken = token
      }, context: desk.administrator(Methods.ExportSubject.descriptor))
  }

  /// All of it, page by page.
  private func export(
    _ desk: SignInDesk, _ subject: String, size: Int32 = 0,
    between: (Export) async throws -> Void = { _ in }
  ) async throws -> [Record] {
    var records: [Record] = []
    var token = ""
    repeat {
      let page = try await page(desk, subject, size: size, token: token)
      records += page.records
      token = page.nextPageToken
      try await between(page)
    } while !token.isEmpty
    return records
  }

  private func subject(_ name: String) -> String { "artel:\(name.dropFirst("members/".count))" }

  @Test("is every sealed column, or there is a reason", .covers("S-H4", "B03", "E182"))
  func everyColumn() async throws {
    let columns = try await PlatformFixture.with { fixture in
      try await fixture.database.sql(
        """
        SELECT c.relname || '.' || a.attname FROM pg_class AS c
        JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attname LIKE 'sealed\\_%' AND NOT a.attisdropped
        """)
    }
    let sealed = Set(columns.split(separator: "\n").map(String.init))
    let known = Self.opened.union(Self.ofEntries).union(Self.exceptions.keys)
    #expect(sealed.subtracting(known).sorted() == [])
    #expect(known.subtracting(sealed).sorted() == [])
  }

  @Test(
    "is what any domain's contract seals for a person, for who has the scopes for all of it",
    .covers("S-H4", "S-H5", "E182"))
  func everyField() throws {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    var waiting = schema.methods.filter { $0.serviceName.hasPrefix("artel.") }
      .flatMap { [$0.input, $0.output] }
    var seen: Set<String> = []
    var scopes: Set<String> = [AuditService.personalScope]
    while let message = waiting.popLast() {
      guard seen.insert(message.fullName).inserted else { continue }
      waiting += message.fields.compactMap(\.message)
      for field in message.fields {
        guard let sealed = field.sealed, !sealed.subject.isEmpty else { continue }
        #expect(Self.opened.contains("\(sealed.table).\(sealed.column)"))
        if let scope = field.shownWith { scopes.insert(scope) }
      }
    }
    let method = try #require(schema.method(path: "/artel.privacy.v1.PrivacyService/ExportSubject"))
    let wanted = Set(try #require(method.policy).access.scopes)
    #expect(scopes.subtracting(wanted).sorted() == [])
    #expect(scopes.count >= 3)
  }

  @Test(
    "has the sealed fields of each row, refresh tokens' families, and entries of the audit",
    .covers("S-H4", "B03", "E182"))
  func whole() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("ann@example.org")
      let id = String(name.dropFirst("members/".count))
      _ = try await desk.person("vera@example.org")
      _ = try await desk.password(try await desk.begin().token, address: "ipv4:192.0.2.77:5")
      try await addPasskey(of: id, desk)
      try await addFamily(of: id, desk)
      try await addEntries(of: id, desk)
      let records = try await export(desk, subject(name), size: 2)
      func fields(_ collection: String, _ name: String) -> [String] {
        records.filter { $0.collection == collection }.compactMap {
          $0.fields.fields[name]?.stringValue
        }
      }
      #expect(fields("person", "login") == ["ann@example.org"])
      #expect(fields("person", "display_name").count == 1)
      #expect(fields("session", "address").contains("192.0.2.77"))
      #expect(fields("session", "device").count == fields("session", "address").count)
      #expect(fields("passkey", "display_name") == ["Canary Key"])
      #expect(fields("refresh_family", "client_id") == ["app"])
      let actors = fields("audit_entry", "actor")
      #expect(actors.contains(subject(name)) && actors.contains("services/sign-in"))
      #expect(fields("audit_entry", "address").contains("192.0.2.78"))
      #expect(fields("audit_entry", "personal") == [#"{"request.actor":"canary"}"#])
      #expect(!actors.contains("artel:boss"))
      let all = try records.map { try $0.fields.jsonString() }
      #expect(!all.contains { $0.contains("vera") || $0.contains("sealed_") })

      try await fixture.vault.erase(subject: subject(name), tenantID: desk.tenant.id)
      let left = try await export(desk, subject(name))
      #expect(left.count == records.count)
      let texts = try left.map { try $0.fields.jsonString() }
      #expect(!texts.contains { $0.contains("192.0.2") || $0.contains("anary") })
      #expect(left.contains { $0.fields.fields["personal"]?.stringValue == "[erased]" })
    }
  }

  private func change(
    _ desk: SignInDesk, _ body: (TenantChange) async throws -> Void
  ) async throws {
    try await desk.fixture.tenants.change(
      as: Actor(tenantID: desk.tenant.id, service: "test"), action: "test", deadline: nil, body)
  }

  private func addPasskey(of person: String, _ desk: SignInDesk) async throws {
    let id = UUIDv7.make()
    try await change(desk) { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.passkey (tenant_id, passkey_id, person_id, credential_id, algorithm,
            public_key, sign_count, backup_eligible, backed_up, sealed_display_name)
          VALUES ($1, $2, $3, '\\x01', -7, '\\x01', 0, false, false, $4)
          """, .uuid(desk.tenant.id), .uuid(id), .uuid(person),
          try await Artel_People_V1_Passkey.Sealed.displayName.sealed(
            "Canary Key", tenantID: desk.tenant.id, key: id, of: "artel:\(person)", change.vault)))
    }
  }

  private func addFamily(of person: String, _ desk: SignInDesk) async throws {
    try await desk.fixture.database.sql(
      """
      INSERT INTO artel.tenant_client (tenant_id, client_id, kind, display_name, scopes,
        auth_method, redirect_uris, secret_hashes)
      VALUES ('\(desk.tenant.id)', 'app', 'APP', 'App', '{}', 'NONE', '{https://a.example/}', '{}');
      INSERT INTO artel.refresh_family (tenant_id, family_id, client_id, subject, person_grant,
        sealed_secret, use_time, expire_time)
      VALUES ('\(desk.tenant.id)', '\(UUIDv7.make())', 'app', '\(person)', '{}', '\\x', now(),
        now() + interval '1 day')
      """)
  }

  /// An entry of the person's own call, with personal data of its messages, and one of a job that
  /// signed it in.
  private func addEntries(of person: String, _ desk: SignInDesk) async throws {
    let caller = Caller(
      tenant: desk.tenant, principal: Principal(kind: .user, subject: "artel:\(person)"),
      rows: .tenant)
    for own in [true, false] {
      let facts = CallFacts(
        id: UUIDv7.make(), caller: own ? caller : nil, address: "192.0.2.78", door: .rest)
      if !own { facts.tell(of: "artel:\(person)") }
      try await CallFacts.$current.withValue(facts) {
        try await desk.fixture.tenants.record(
          as: own ? Actor(caller) : Actor(tenantID: desk.tenant.id, service: "sign-in"),
          action: "test", resource: own ? "things/own" : "things/job", change: "made",
          deadline: nil)
      }
    }
    let id = try await desk.fixture.database.sql(
      "SELECT audit_entry_id FROM artel.audit_entry WHERE resource = 'things/own'")
    let sealed = try await desk.fixture.vault.seal(
      Random.bytes(16) + Array(#"{"request.actor":"canary"}"#.utf8),
      at: SealedPlace(
        tenant: desk.tenant.id, table: "audit_entry", column: "sealed_personal", row: id),
      subject: "artel:\(person)")
    try await desk.fixture.database.sql(
      """
      UPDATE artel.audit_entry SET sealed_personal = '\\x\(Hexadecimal.encode(sealed))'
      WHERE audit_entry_id = '\(id)'
      """)
  }

  @Test(
    "comes in pages that a message can hold, each row once whatever is written meanwhile",
    .covers("S-H4", "E182"))
  func pages() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.person("ann@example.org")
      let person = String(name.dropFirst("members/".count))
      try await fixture.database.sql(
        """
        INSERT INTO artel.audit_entry (tenant_id, audit_entry_id, actor, action, resource, change,
          request_body, response_body)
        SELECT '\(desk.tenant.id)', ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
          'artel:\(person)', 'test', 'things/' || n, 'made', repeat('a', 4096), repeat('b', 4096)
        FROM generate_series(1, 2000) AS n;
        INSERT INTO artel.session (tenant_id, session_id, person_id, methods, epoch, sign_in_time,
          use_time, expire_time)
        SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(person)', '{pwd}', 0, now(), now(),
          now() + interval '1 day' FROM generate_series(1, 1200)
        """)
      var sizes: [Int] = []
      let records = try await export(desk, subject(name), size: 500) { page in
        let bytes: [UInt8] = try page.serializedBytes()
        sizes.append(bytes.count)
        #expect(page.records.count <= 500)
        try await fixture.database.sql(
          """
          UPDATE artel.session SET use_time = now();
          INSERT INTO artel.session (tenant_id, session_id, person_id, methods, epoch,
            sign_in_time, use_time, expire_time)
          VALUES ('\(desk.tenant.id)', gen_random_uuid(), '\(person)', '{otp}', 0, now(), now(),
            now() + interval '1 day')
          """)
      }
      #expect(sizes.max() ?? 0 < SubjectRecords.mostBytes + 4096)
      #expect(sizes.count > 16)
      let things = records.compactMap { $0.fields.fields["resource"]?.stringValue }
        .filter { $0.hasPrefix("things/") }
      #expect(things.count == 2000 && Set(things).count == 2000)
      let sessions = records.filter { $0.collection == "session" }
        .filter { $0.fields.fields["methods"]?.listValue.values.first?.stringValue == "pwd" }
        .compactMap { $0.fields.fields["session_id"]?.stringValue }
      #expect(sessions.count >= 1200 && Set(sessions).count == sessions.count)
    }
  }
}
