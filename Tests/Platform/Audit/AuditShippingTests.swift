import Foundation
import GeneratedDescriptors
import LibCrypto
import Pipeline
import Postgres
import Storage
import StorageTestSupport
import TestSupport
import Testing
import Transcoding

@testable import Platform

@Suite("The way of calls from the spool to the database")
struct AuditShippingTests {
  private func inFolder<R>(_ body: (String) async throws -> R) async throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("shipping-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
  }

  private func writer(
    _ fixture: PlatformFixture, _ folder: String, patience: Duration = .seconds(15)
  ) throws -> AuditWriter {
    try AuditWriter(
      contracts: AuditContracts(Schema(descriptorSet: ArtelDescriptors.descriptorSet)),
      spools: folder, limit: 8 << 20, pool: fixture.app, vault: fixture.vault,
      holding: AuditWriterLab.holding, pace: AuditWriter.Pace(shipping: patience), logger: .silent)
  }

  private func entry(
    of tenantID: String, _ action: String, kind: AuditEntry.Kind = .call, body: String = ""
  ) -> [UInt8] {
    var entry = AuditEntry(tenantID: tenantID, id: UUIDv7.make(), kind: kind)
    entry.action = action
    entry.call.requestBody = body
    return SpooledEntry.bytes(of: CallEntry(entry: entry), sealed: nil)
  }

  private func actions(_ fixture: PlatformFixture) async throws -> String {
    try await fixture.database.sql(
      "SELECT string_agg(DISTINCT action, ' ' ORDER BY action) || ' ' || count(*)"
        + " FROM artel.audit_entry WHERE kind <> 'CHANGE'")
  }

  @Test("writes a great batch in pieces", .covers("S-H8"))
  func pieces() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let records = (0..<1203).map { _ in entry(of: alpha.id, "many") }
      #expect(SpooledRows.all(of: records).map(\.rows.count) == [500, 500, 203])
      let long = String(repeating: "x", count: 700_000)
      let longs = (0..<3).map { _ in entry(of: alpha.id, "long", body: long) }
      #expect(SpooledRows.all(of: longs).map(\.rows.count) == [1, 1, 1])
      try await inFolder { folder in
        let writer = try writer(fixture, folder)
        try await writer.onDisk { try $0.append(records + longs) }
        try await writer.ship()
        #expect(writer.statistics.spooled == 0 && writer.statistics.written == 1206)
      }
      #expect(try await actions(fixture) == "long many 1206")
    }
  }

  @Test("drops what is of no tenant, and writes no loss that makes another one", .covers("S-H8"))
  func nobodysLosses() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.database.sql(
        """
        ALTER TABLE artel.audit_entry
          ADD CHECK (kind <> 'LOSS'), ADD CHECK (request_body <> 'bad')
        """)
      try await inFolder { folder in
        let writer = try writer(fixture, folder)
        let unknown = UUIDv7.make()
        try await writer.onDisk {
          try $0.append(
            (0..<4).map { _ in self.entry(of: unknown, "unknown") }
              + [self.entry(of: unknown, "unknown", kind: .loss)])
        }
        try await writer.ship()
        #expect(writer.statistics.lost == 5)
        await writer.flush()
        #expect(writer.statistics.spooled == 0, "no loss of a tenant that is not there")
        // One bad row takes no other along; its loss cannot be written either, and that is its end.
        try await writer.onDisk {
          try $0.append(
            (0..<9).map { self.entry(of: alpha.id, "some", body: $0 == 4 ? "bad" : "") })
        }
        for _ in 0..<3 {
          try await writer.ship()
          await writer.flush()
        }
        #expect(writer.statistics.spooled == 0)
        #expect(writer.statistics.lost == 7 && writer.statistics.written == 8)
      }
      #expect(try await actions(fixture) == "some 8")
    }
  }

  @Test("sets aside what takes too long, and lets nothing wait behind it", .covers("S-H8"))
  func slow() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.database.sql(
        """
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN IF NEW.request_body = ''slow'' THEN PERFORM pg_sleep(60); END IF; RETURN NEW; END';
        CREATE TRIGGER wait BEFORE INSERT ON artel.audit_entry
          FOR EACH ROW EXECUTE FUNCTION wait()
        """)
      try await inFolder { folder in
        let writer = try writer(fixture, folder, patience: .milliseconds(300))
        try await writer.onDisk {
          try $0.append(
            (0..<4).map { self.entry(of: alpha.id, "first", body: $0 == 2 ? "slow" : "") })
          _ = $0.segments()
          try $0.append([self.entry(of: alpha.id, "second")])
        }
        try await writer.ship()
        #expect(writer.statistics.setAside == 1 && writer.statistics.written == 4)
        #expect(writer.statistics.spooled == 0)
        #expect(try await actions(fixture) == "first second 4")
        // Where nothing goes at all, everything waits.
        try await writer.onDisk {
          try $0.append([self.entry(of: alpha.id, "third", body: "slow")])
        }
        await #expect(throws: PostgresError.self) { try await writer.ship() }
        #expect(writer.statistics.setAside == 1 && writer.statistics.spooled > 0)
      }
    }
  }

  @Test("writes what processes have left that are no more", .covers("S-H8", "E181"))
  func abandoned() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await inFolder { folder in
        let own = try writer(fixture, folder)
        do {
          let killed = try writer(fixture, folder)
          try await killed.onDisk { try $0.append([self.entry(of: alpha.id, "left")]) }
          try await own.shipAbandoned()
          #expect(own.statistics.written == 0, "it is still there")
        }
        try await own.ship()
        #expect(own.statistics.written == 0)
        try await own.shipAbandoned()
        #expect(own.statistics.written == 1)
        try await own.shipAbandoned()
        #expect(own.statistics.written == 1)
        #expect(own.statistics.spooled == 0)
      }
      #expect(try await actions(fixture) == "left 1")
    }
  }

  @Test("writes nothing of a tenant that was erased, which begins no log anew")
  func erased() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.administration.suspend(alpha, reason: "gone")
      try await fixture.database.sql("UPDATE artel.tenant SET suspend_time = NULL")
      _ = try await fixture.administration.erase(alpha, owner: fixture.pool("owner"))
      try await inFolder { folder in
        let writer = try writer(fixture, folder)
        try await writer.onDisk { try $0.append([self.entry(of: alpha.id, "late")]) }
        try await writer.ship()
        #expect(writer.statistics.spooled == 0)
      }
      #expect(try await fixture.database.sql("SELECT count(*) FROM artel.audit_entry") == "0")
    }
  }
}
