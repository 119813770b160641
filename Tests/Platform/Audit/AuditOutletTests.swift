import Foundation
import LibCrypto
import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("Where the audit goes outside of the database")
struct AuditOutletTests {
  private func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("outlet-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  private func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  @Test("keeps every checkpoint, in a file that the verifier reads", .covers("S-H7"))
  func checkpoints() async throws {
    try await inFolder { folder in
      let path = "\(folder)/checkpoints"
      let file = CheckpointFile(path: path, logger: .silent)
      let key = try PlatformFixture.auditKey
      let notes = try (1...3).map {
        try SignedCheckpoint(
          origin: "alpha.artel.localhost/audit", size: $0, root: MerkleHash.empty,
          key: key)
      }
      await file.take([], Array(notes.prefix(2)))
      await file.take([], [notes[2]])
      #expect(SignedCheckpoint.all(in: text(path)) == notes)
      #expect(SignedCheckpoint.all(in: notes[0].note) == [notes[0]])
      #expect(SignedCheckpoint.all(in: "nothing\n\n" + text(path)) == notes)
      #expect(SignedCheckpoint.all(in: "").isEmpty)
      // What a crash cut off takes no other note along.
      let half = String(notes[1].note.prefix(60))
      let damaged = CheckpointNotes("\(notes[0].note)\n\(half)\n\(notes[1].note)\nx\n")
      #expect(damaged.checkpoints == Array(notes.prefix(2)) && damaged.strayLines > 1)
      #expect(CheckpointNotes(text(path)).strayLines == 0)
      // Where nobody can write, sealing goes on.
      await CheckpointFile(path: folder, logger: .silent).take([], notes)
    }
  }

  @Test("writes every sealed entry as one line, as an export does", .covers("S-H9", "A34"))
  func lines() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let text =
        "a\r\n\u{1b}[31m{\"tenant\":\"beta\"}\u{85}\u{2028}"
        + String(repeating: "x", count: 1 << 20)
      try await fixture.tenants.record(
        as: Actor(tenantID: alpha.id, service: "test"), action: "test", resource: "things/1",
        change: text, deadline: nil)
      try await inFolder { folder in
        let path = "\(folder)/lines"
        _ = try await fixture.sealer([
          AuditLines(path: path, logger: .silent)
        ]).seal()
        let written = self.text(path)
        #expect(!written.contains("\r") && !written.contains("\u{1b}"))
        let lines = written.split(separator: "\n")
        #expect(lines.count == 2)
        let exported = Mutex("")
        try await AuditExport(pool: fixture.pool("sealer")).lines(
          of: AuditVerifier.Log(tenantID: alpha.id, name: "alpha", isErased: false)
        ) { line in exported.withLock { $0 += line }
        }
        #expect(exported.withLock { $0 } == written)
        let object = try #require(
          try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
        #expect(object["change"] as? String == text)
        #expect(object["tenant"] as? String == "alpha" && object["leaf_index"] as? Int == 1)
        #expect((object["create_time"] as? String)?.utf8.count == 27)
        #expect(AuditLine.time(-1) == "1969-12-31T23:59:59.999999Z")
        #expect(AuditLine.time(-1_000_000) == "1969-12-31T23:59:59.000000Z")
      }
    }
  }

  @Test("exports what is left of an entry that is gone", .covers("S-H7"))
  func gone() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.write(4, in: alpha)
      _ = try await fixture.sealer().seal()
      try await fixture.database.sql(
        """
        DELETE FROM artel.audit_entry WHERE resource = 'writer/1';
        DELETE FROM artel.audit_leaf WHERE leaf_index = 3
        """)
      let lines = Mutex<[String]>([])
      try await AuditExport(pool: fixture.pool("sealer")).lines(
        of: AuditVerifier.Log(tenantID: alpha.id, name: "alpha", isErased: false)
      ) { line in lines.withLock { $0.append(line) } }
      let exported = lines.withLock { $0 }
      #expect(exported.count == 5)
      #expect(exported[2].contains(#""fault":"ENTRY_DELETED""#))
      #expect(exported[3] == #"{"tenant":"alpha","fault":"LEAF_MISSING","leaf_index":3}"# + "\n")
      #expect(exported[4].contains("writer/3"))
    }
  }

  private func note(_ size: Int, of tenant: String = "alpha") throws -> SignedCheckpoint {
    try SignedCheckpoint(
      origin: "\(tenant).artel.localhost/audit", size: size, root: MerkleHash.empty,
      key: try PlatformFixture.auditKey)
  }

  @Test("writes what a full disk has refused, when there is room again", .covers("S-H7", "S-H9"))
  func full() async throws {
    try await inFolder { folder in
      let path = "\(folder)/checkpoints"
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: "/dev/full")
      let file = CheckpointFile(path: path, logger: .silent)
      await file.take([], [try note(1)])
      await file.take([], [try note(2)])
      try FileManager.default.removeItem(atPath: path)
      await file.take([], [])
      #expect(SignedCheckpoint.all(in: text(path)) == [try note(1), try note(2)])
      await file.take([], [])
      #expect(SignedCheckpoint.all(in: text(path)).count == 2)

      let lines = AppendedFile(path: "/dev/full")
      await #expect(throws: FileFailure.self) { try await lines.append("x\n") }
    }
  }

  @Test("cuts off what a crash has left of a record", .covers("S-H9"))
  func torn() async throws {
    try await inFolder { folder in
      let lines = AppendedFile(path: "\(folder)/lines")
      for (before, after) in [
        ("", "c\n"), ("a\n", "a\nc\n"), ("a\nb", "a\nc\n"), ("b", "c\n"),
      ] {
        try before.write(toFile: lines.path, atomically: true, encoding: .utf8)
        try await lines.append("c\n")
        #expect(text(lines.path) == after)
      }
      let path = "\(folder)/checkpoints"
      let whole = "\(try note(1).note)\n"
      for count in 0..<whole.utf8.count {
        try (whole + String(decoding: whole.utf8.prefix(count), as: UTF8.self))
          .write(toFile: path, atomically: true, encoding: .utf8)
        await CheckpointFile(path: path, logger: .silent).take([], [try note(2)])
        let notes = CheckpointNotes(text(path))
        #expect(notes.checkpoints == [try note(1), try note(2)] && notes.strayLines == 0)
      }
    }
  }

  @Test("reads the newest checkpoint of each log from a file of any length", .covers("S-H7"))
  func newest() async throws {
    try await inFolder { folder in
      let file = CheckpointFile(path: "\(folder)/checkpoints", logger: .silent)
      #expect(try await file.newest().isEmpty)
      let notes = try (1...5000).map { try note($0) }
      await file.take([], try [note(3, of: "beta")] + notes + [note(2, of: "beta")])
      #expect(try await file.newest() == [try note(5000), try note(3, of: "beta")])
      await #expect(throws: (any Error).self) {
        try await CheckpointFile(path: folder, logger: .silent).newest()
      }
    }
  }

  @Test("keeps what a killed process has signed and not said", .covers("S-H7"))
  func unsaid() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      // Killed behind the commit.
      _ = try await fixture.sealer().seal()
      try await inFolder { folder in
        let file = CheckpointFile(path: "\(folder)/checkpoints", logger: .silent)
        let sealer = try fixture.sealer([file])
        await sealer.readOutlets()
        try await sealer.tellMissing()
        try await sealer.tellMissing()
        let kept = SignedCheckpoint.all(in: text("\(folder)/checkpoints"))
        #expect(kept.map(\.size) == [1])
        #expect(try await fixture.verify(alpha, outside: kept).checkpoints == 2)
        // The next one has it from the file, and holds back what does not lead to it.
        try await fixture.database.sql(
          "DELETE FROM artel.audit_leaf; DELETE FROM artel.audit_checkpoint")
        let next = try fixture.sealer([file])
        await next.readOutlets()
        #expect(try await next.seal()?.held.map(\.tenant) == [])
        try await fixture.write(1, in: alpha)
        #expect(try await next.seal()?.held.map(\.tenant) == ["alpha"])
      }
    }
  }
}
