import Postgres
import TestSupport
import Testing

@Suite("Listening", .serialized)
struct ListenerTests {
  @Test("hears its channels and no others, in order")
  func channels() async throws {
    let database = try await TenantDatabase()
    let listener = try PostgresListener(
      database.configuration, channels: ["one", "two"], logger: .silent)
    var events = listener.events.makeAsyncIterator()
    #expect(await events.next() == .connected)
    try await database.fixture.sql(
      "NOTIFY three, 'x'; NOTIFY one, 'a'; NOTIFY two; NOTIFY one, 'b'")
    let expected = [("one", "a"), ("two", ""), ("one", "b")]
    for (channel, payload) in expected {
      #expect(
        await events.next()
          == .notification(PostgresNotification(channel: channel, payload: payload)))
    }
    listener.stop()
    #expect(await events.next() == nil)
  }

  @Test("says that it is connected again after its connection broke")
  func reconnects() async throws {
    let database = try await TenantDatabase()
    let listener = try PostgresListener(
      database.configuration, channels: ["one"], logger: .silent)
    var events = listener.events.makeAsyncIterator()
    #expect(await events.next() == .connected)
    try await database.fixture.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(database.user)'")
    #expect(await events.next() == .connected)
    try await database.fixture.sql("NOTIFY one, 'again'")
    #expect(
      await events.next() == .notification(PostgresNotification(channel: "one", payload: "again")))
  }

  @Test("closes its connection when nobody reads any more")
  func abandoned() async throws {
    let database = try await TenantDatabase()
    let listener = try PostgresListener(
      database.configuration, channels: ["one"], logger: .silent)
    let reader = Task {
      for await event in listener.events where event != .connected { return }
    }
    let connections =
      "SELECT count(*) FROM pg_stat_activity WHERE usename = '\(database.user)'"
    try await eventually { try await database.fixture.sql(connections) == "1" }
    reader.cancel()
    await reader.value
    try await eventually { try await database.fixture.sql(connections) == "0" }
  }

  @Test("refuses a channel that is not a plain name", arguments: ["", "a\"b", "A", "a b", "ä"])
  func names(_ channel: String) async throws {
    let configuration = PostgresConfiguration(
      host: "/nowhere", database: "d", user: "u", password: "p")
    #expect(throws: PostgresError.self) {
      try PostgresListener(configuration, channels: [channel], logger: .silent)
    }
  }
}
