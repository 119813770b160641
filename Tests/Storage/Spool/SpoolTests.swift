import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite("The spool")
struct SpoolTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("spool-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func all(_ spool: Spool) throws -> [[UInt8]] {
    try spool.segments().flatMap { try spool.records(of: $0).records }
  }

  private func record(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("hands out what was added, across its files and a restart", .covers("S-H8"))
  func order() throws {
    try inFolder { folder in
      let records = (0..<50).map { record("record \($0) \(String(repeating: "x", count: $0 * 7))") }
      do {
        let spool = try Spool(folder: folder, limit: 1 << 20, segmentLimit: 1000)
        for record in records { try spool.append([record]) }
        #expect(spool.segments().count > 5)
      }
      let spool = try Spool(folder: folder, limit: 1 << 20)
      #expect(try all(spool) == records)
      try spool.append([record("behind")])
      #expect(try all(spool) == records + [record("behind")])
      for segment in spool.segments() { try spool.remove(segment) }
      #expect(try all(spool).isEmpty && spool.size == 0)
    }
  }

  @Test("passes over a tail that was cut off at any byte", .covers("S-H8"))
  func tornTails() throws {
    let records = [record("one"), record(""), record("three of them")]
    let whole = records.flatMap(SpoolFrame.bytes)
    let ends = records.indices.map { records[...$0].flatMap(SpoolFrame.bytes).count }
    for count in 0...whole.count {
      let (payloads, isWhole) = SpoolFrame.payloads(in: Array(whole.prefix(count)))
      #expect(payloads == Array(records.prefix(ends.filter { $0 <= count }.count)))
      #expect(isWhole == (count == 0 || ends.contains(count)))
    }
    // And a changed one.
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 0x10
      #expect(SpoolFrame.payloads(in: changed).payloads.count < records.count)
    }
    #expect(SpoolFrame.payloads(in: [UInt8](repeating: 0, count: 100)).payloads.isEmpty)
    #expect(SpoolFrame.payloads(in: [UInt8](repeating: 0xff, count: 100)).payloads.isEmpty)
  }

  @Test("goes on behind a file that a crash cut off", .covers("S-H8"))
  func afterCrash() throws {
    try inFolder { folder in
      do {
        let spool = try Spool(folder: folder, limit: 1 << 20)
        try spool.append([record("one"), record("two")])
      }
      let file = "\(folder)/00000000000000000001.spool"
      let data = try #require(FileManager.default.contents(atPath: file))
      try data.dropLast(2).write(to: URL(fileURLWithPath: file))
      let spool = try Spool(folder: folder, limit: 1 << 20)
      try spool.append([record("three")])
      let segments = spool.segments()
      #expect(try segments.map { try spool.records(of: $0).isWhole } == [false, true])
      #expect(try all(spool) == [record("one"), record("three")])
    }
  }

  @Test("takes nothing beyond its limit, and again when there is room", .covers("S-H8"))
  func full() throws {
    try inFolder { folder in
      let spool = try Spool(folder: folder, limit: 100)
      try spool.append([record(String(repeating: "a", count: 80))])
      let error = #expect(throws: SpoolError.self) { try spool.append([record("too much for it")]) }
      #expect(error?.code == .full)
      #expect(try all(spool).count == 1)
      for segment in spool.segments() { try spool.remove(segment) }
      try spool.append([record("again")])
      #expect(try all(spool) == [record("again")])
    }
  }

  @Test("is one process's at a time")
  func taken() throws {
    try inFolder { folder in
      let first = try Spool(folder: folder, limit: 100)
      let error = #expect(throws: SpoolError.self) { try Spool(folder: folder, limit: 100) }
      #expect(error?.code == .taken)
      withExtendedLifetime(first) {}
    }
  }

  @Test("gives each process of a folder its own, and what a dead one left to the next")
  func claimed() throws {
    try inFolder { folder in
      let second: Spool
      do {
        let first = try Spool(claimedIn: "\(folder)/a/b", limit: 1000)
        second = try Spool(claimedIn: "\(folder)/a/b", limit: 1000)
        try first.append([record("first")])
        try second.append([record("second")])
      }
      let third = try Spool(claimedIn: "\(folder)/a/b", limit: 1000)
      #expect(try all(third) == [record("first")])
      #expect(try all(second) == [record("second")])
    }
    #expect(throws: SpoolError.self) { try Spool(claimedIn: "/proc/nowhere", limit: 1000) }
  }

  @Test("says why where there is no folder for it")
  func noFolder() {
    let error = #expect(throws: SpoolError.self) {
      try Spool(folder: "/proc/nowhere/spool", limit: 100)
    }
    #expect(error?.code == .system)
  }

  @Test("sets a file aside, which nobody reads again and which is not lost")
  func aside() throws {
    try inFolder { folder in
      do {
        let spool = try Spool(folder: folder, limit: 1000)
        try spool.append([record("bad")])
        let segment = try #require(spool.segments().first)
        try spool.append([record("good")])
        try spool.setAside(segment)
        #expect(throws: SpoolError.self) { try spool.setAside(segment) }
        #expect(try all(spool) == [record("good")])
        #expect(spool.size == SpoolFrame.bytes(of: record("good")).count)
      }
      #expect(try all(try Spool(folder: folder, limit: 1000)) == [record("good")])
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.filter { $0.hasSuffix(".aside") }.count == 1)
    }
  }
}
