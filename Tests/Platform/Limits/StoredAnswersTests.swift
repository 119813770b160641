import GeneratedTenancy
import Postgres
import RPC
import Storage
import StorageTestSupport
import TestSupport
import Testing
import Transcoding

@testable import Pipeline
@testable import Platform

@Suite("Answers that are kept")
struct StoredAnswersTests {
  private typealias Methods = Artel_Tenancy_V1_ClientService.Method

  /// `CreateClient` with a key, as the pipeline calls it.
  private struct Desk {
    let fixture: PlatformFixture
    let tenant: Tenant
    let answers: StoredAnswers
    let service: ClientService

    init(_ fixture: PlatformFixture) async throws {
      self.fixture = fixture
      tenant = try await fixture.tenant("alpha")
      answers = StoredAnswers(database: fixture.tenants, vault: EnvelopeVault(fixture.envelope))
      service = ClientService(
        clients: Clients(
          database: fixture.tenants, derivations: DerivationQueue(),
          baseDomain: fixture.baseDomain))
    }

    func create(_ id: String, _ call: KeyedCall) async throws -> UnaryReply {
      try await answers.keeping(call) {
        let client = try await service.createClient(
          request: .with {
            $0.clientID = id
            $0.client.kind = .partner
          }, context: .of(tenant, Methods.CreateClient.descriptor))
        return UnaryReply(message: try MessageBytes(serializing: client))
      }
    }

    func caller(_ subject: String = "artel:ann") -> Caller {
      Caller(
        tenant: tenant, principal: Principal(kind: .administrator, subject: subject),
        rows: .tenant)
    }

    func call(_ key: String, _ subject: String = "artel:ann") -> KeyedCall {
      KeyedCall(key, MessageBytes([]), path: "/m", of: caller(subject))
    }

    func rows() async throws -> String {
      try await fixture.database.sql("SELECT count(*) FROM artel.idempotency_key")
    }
  }

  @Test("are there with their effect, sealed, and for their caller alone", .covers("S-G2", "S-G6"))
  func kept() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let call = desk.call("k")
      let reply = try await desk.create("lift", call)
      let kept = try #require(
        try await desk.answers.answer(to: call, of: desk.caller(), deadline: nil))
      #expect(kept.message == reply.message.withUnsafeBytes { Array($0) })
      #expect(kept.fingerprint == call.fingerprint)
      let secret = try Artel_Tenancy_V1_ClientSecret(serializedBytes: kept.message).secret
      let found = try await fixture.database.sql(
        """
        SELECT count(*) FROM artel.idempotency_key
        WHERE position('\(secret)'::bytea IN sealed_answer) > 0
        """)
      #expect(found == "0")
      // Nobody else sees it, even one who had the hash.
      #expect(
        try await desk.answers.answer(to: call, of: desk.caller("artel:bob"), deadline: nil)
          == nil)
    }
  }

  @Test("are not there where the effect is not", .covers("S-G7"))
  func failed() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      _ = try await desk.create("lift", desk.call("one"))
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
        _ = try await desk.create("lift", desk.call("two"))
      }
      #expect(try await desk.rows() == "1")
      _ = try await desk.create("gate", desk.call("two"))
      #expect(try await desk.rows() == "2")
    }
  }

  @Test("undo the effect of a second call of their key", .covers("S-G5"))
  func twice() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      _ = try await desk.create("lift", desk.call("k"))
      // As another process would that has not seen the first.
      await expectRefusal(.aborted, "IDEMPOTENCY_KEY_RUNNING") {
        _ = try await desk.create("gate", desk.call("k"))
      }
      #expect(
        try await fixture.database.sql("SELECT string_agg(client_id, ' ') FROM artel.tenant_client")
          == "alpha.lift")
    }
  }

  @Test("are demanded of a method that takes keys")
  func forgotten() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let error = await #expect(throws: RPCError.self) {
        try await desk.answers.keeping(desk.call("k")) { UnaryReply(message: MessageBytes([])) }
      }
      #expect(error?.code == .internalError)
    }
  }

  @Test("are kept for a day, and then deleted", .covers("S-G7"))
  func ended() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      _ = try await desk.create("lift", desk.call("k"))
      let cleaner = EndedRows(pool: fixture.dispatcherPool, logger: .silent)
      try await fixture.database.sql(
        "UPDATE artel.idempotency_key SET expire_time = expire_time - interval '23 hours 59 minutes'"
      )
      _ = try await cleaner.delete()
      #expect(try await desk.rows() == "1")
      try await fixture.database.sql(
        "UPDATE artel.idempotency_key SET expire_time = expire_time - interval '2 minutes'")
      _ = try await cleaner.delete()
      #expect(try await desk.rows() == "0")
    }
  }
}
