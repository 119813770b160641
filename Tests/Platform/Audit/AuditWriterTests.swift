import Foundation
import GeneratedDescriptors
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import StorageTestSupport
import TestSupport
import Testing
import Transcoding

@testable import Platform

@Suite("The writer of calls")
struct AuditWriterTests {
  private let lab: AuditWriterLab

  init() throws { lab = try AuditWriterLab() }

  @Test("writes who called what, from where, with what result", .covers("S-H6", "A09"))
  func writes() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        writer.record(lab.record(of: alpha))
        writer.record(
          lab.record(
            of: alpha,
            error: RPCError(code: .permissionDenied, reason: "SCOPE_MISSING", message: "no")))
        await writer.flush()
        try await writer.ship()
        let entries = try await lab.calls(fixture, alpha)
        #expect(entries.map(\.call.code) == ["OK", "PERMISSION_DENIED"])
        #expect(entries.map(\.call.reason) == ["", "SCOPE_MISSING"])
        let dump = try await fixture.database.sql("SELECT e::text FROM artel.audit_entry AS e")
        #expect(!dump.contains("192.0.2.7") && !dump.contains("artel:ann"))
        let entry = try #require(entries.first)
        #expect(entry.kind == .call && entry.actor == "artel:ann")
        #expect(entry.action == "artel.tenancy.v1.TenantService/GetTenant")
        #expect(entry.call.principalKind == "ADMINISTRATOR" && entry.call.client == "console")
        #expect(entry.call.certificate == "thumb" && entry.call.door == "rest")
        #expect(entry.call.address == "ipv4:192.0.2.7:40000" && entry.call.trace == "00-trace")
        #expect(entry.call.latency == 1234)
        #expect(entry.call.startTime == Timestamp(microseconds: 1_700_000_000_123_456))
        #expect(entry.call.requestBody == "{}" && entry.call.responseBody == "")
        #expect(entry.call.requestDigest == SHA256.hash([]))
        _ = try await fixture.sealer().seal()
        #expect(try await fixture.verify(alpha).size == 3)
      }
    }
  }

  @Test("writes nothing twice, and what a killed process had on its disk", .covers("S-H8", "E181"))
  func restart() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        do {
          let killed = try lab.writer(fixture, folder)
          for _ in 0..<3 { killed.record(lab.record(of: alpha)) }
          await killed.flush()
        }
        #expect(try await lab.calls(fixture, alpha).isEmpty)
        // As if the process had died behind the commit, before it deleted the file.
        let file = "\(folder)/0/00000000000000000001.spool"
        let bytes = try #require(FileManager.default.contents(atPath: file))
        do {
          let next = try lab.writer(fixture, folder)
          try await next.ship()
          #expect(try await lab.calls(fixture, alpha).count == 3)
        }
        #expect(!FileManager.default.fileExists(atPath: file))
        try bytes.write(to: URL(fileURLWithPath: file))
        let again = try lab.writer(fixture, folder)
        #expect(again.statistics.spooled == bytes.count)
        try await again.ship()
        #expect(again.statistics.spooled == 0 && !FileManager.default.fileExists(atPath: file))
        #expect(try await lab.calls(fixture, alpha).count == 3)
      }
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        let rows = [UUIDv7.make(), UUIDv7.make()].map { id -> String in
          var entry = AuditEntry(tenantID: alpha.id, id: id, kind: .call)
          entry.action = "twice"
          return SpooledEntry.parts(
            of: SpooledEntry.bytes(of: CallEntry(entry: entry), sealed: nil))?.row ?? ""
        }
        for _ in 0..<2 {
          try await fixture.app.execute(
            SpooledEntry.insertion(rows, of: alpha.id), in: alpha.scope)
        }
        #expect(try await lab.calls(fixture, alpha).filter { $0.action == "twice" }.count == 2)
        withExtendedLifetime(writer) {}
      }
    }
  }

  @Test("keeps personal data sealed, and a commitment to it", .covers("S-H4", "S-H6"))
  func personal() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        let text = "artel:canary"
        writer.record(
          lab.record(
            of: alpha, "/artel.audit.v1.AuditService/ListAuditEntries", kind: .user,
            request: [4 << 3 | 2, UInt8(text.utf8.count)] + Array(text.utf8)))
        await writer.flush()
        try await writer.ship()
        let entry = try #require(try await lab.calls(fixture, alpha).first)
        #expect(entry.call.requestBody == #"{"actor":"[personal]"}"#)
        // Whom somebody else's call tells of nobody knows: nothing is kept.
        writer.record(
          lab.record(
            of: alpha, "/artel.audit.v1.AuditService/ListAuditEntries",
            request: [4 << 3 | 2, UInt8(text.utf8.count)] + Array(text.utf8)))
        await writer.flush()
        try await writer.ship()
        let other = try #require(try await lab.calls(fixture, alpha).last)
        #expect(other.personalDigest.isEmpty && other.call.requestBody == entry.call.requestBody)
        #expect(other.call.requestDigest != entry.call.requestDigest)
        #expect(writer.statistics == .init(written: 2, spoolLimit: 1 << 20))
        let dump = try await fixture.database.sql("SELECT e::text FROM artel.audit_entry AS e")
        #expect(!dump.contains("canary"))
        let rows = try await fixture.tenants.query(
          Statement(
            "SELECT sealed_personal FROM artel.audit_entry WHERE audit_entry_id = $1",
            .uuid(entry.id)), as: Actor(tenantID: alpha.id, service: "test"), deadline: nil)
        let opened = try await fixture.vault.open(
          try rows[0].bytes(0),
          at: SealedPlace(
            tenant: alpha.id, table: "audit_entry", column: "sealed_personal", row: entry.id))
        let value = try #require(opened)
        #expect(SHA256.hash(value) == entry.personalDigest)
        #expect(
          String(decoding: value.dropFirst(16), as: UTF8.self)
            == #"{"request.actor":"artel:canary"}"#)
      }
    }
  }

  @Test("sums up what is nobody's, by network and reason", .covers("S-H6"))
  func nobodys() async throws {
    try await PlatformFixture.with { fixture in
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        let refusal = RPCError(code: .unauthenticated, reason: "TOKEN_INVALID", message: "no")
        for _ in 0..<20 { writer.record(lab.record(of: nil, error: refusal)) }
        await writer.flush(isLast: true)
        await writer.flush(isLast: true)
        try await writer.ship()
        let rows = try await fixture.directoryPool.read(
          Statement(
            """
            SELECT count, network, reason FROM artel.platform_audit_entry
            ORDER BY platform_audit_entry_id
            """), in: nil)
        #expect(try rows.map { try $0.int(0) }.sorted() == [1, 1, 1, 1, 1, 15])
        #expect(try Set(rows.map { try $0.text(1) }) == ["192.0.2.7"])
        #expect(try Set(rows.map { try $0.text(2) }) == ["TOKEN_INVALID"])
      }
    }
  }

  @Test("keeps whatever texts callers send as one row", .covers("S-H9"))
  func injection() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        var record = lab.record(of: alpha)
        record.callersTrace =
          "a\r\n{\"kind\":\"LOSS\"}\u{0}\u{1b}[2J" + String(repeating: "x", count: 1 << 20)
        writer.record(record)
        await writer.flush()
        try await writer.ship()
        let entry = try #require(try await lab.calls(fixture, alpha).first)
        #expect(entry.call.trace.hasPrefix("a\r\n{\"kind\":\"LOSS\"}\u{fffd}\u{1b}[2Jxxx"))
        #expect(entry.call.trace.utf8.count <= CallEntries.textLimit + 2)
        let line = AuditLine.text(of: entry, tenant: "alpha", leaf: nil)
        #expect(line.utf8.filter { $0 == 0x0a }.count == 1 && line.hasSuffix("\n"))
        #expect(!line.contains("\r") && !line.contains("\u{1b}"))
      }
    }
  }
}
