import Foundation
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import StorageTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("The writer of calls, where there are many")
struct AuditShareTests {
  private let lab: AuditWriterLab

  init() throws { lab = try AuditWriterLab() }

  @Test(
    "refuses a tenant's changes while its share of the spool is full, and says what was lost",
    .covers("S-H8", "S-D21"))
  func spool() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder, limit: 50_000)
        for _ in 0..<80 { writer.record(lab.record(of: alpha)) }
        await writer.flush()
        #expect(!writer.keepsChanges(of: alpha.id) && writer.statistics.isBroken)
        #expect(writer.keepsChanges(of: beta.id) && writer.keepsChanges(of: nil))
        writer.record(lab.record(of: beta))
        await writer.flush()
        #expect(writer.keepsChanges(of: beta.id))
        #expect(writer.statistics.spooled <= 50_000 && writer.statistics.lost > 0)
        // As long as it is nearly full, nothing of the tenant's is let in between.
        await writer.flush()
        #expect(!writer.keepsChanges(of: alpha.id))
        try await writer.ship()
        await writer.flush()
        #expect(writer.keepsChanges(of: alpha.id) && !writer.statistics.isBroken)
        try await writer.ship()
        let entries = try await lab.calls(fixture, alpha)
        let losses = entries.filter { $0.kind == .loss }
        #expect(losses.count == 1 && entries.count > 1)
        #expect(entries.count - 1 + losses[0].call.requestCount == 80)
        #expect(try await lab.calls(fixture, beta).count == 1)
        #expect(writer.statistics.spooled == 0)
      }
    }
  }

  @Test("takes nothing of one tenant's records into the memory of another's", .covers("S-D21"))
  func memory() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, beta) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      try await lab.inFolder { folder in
        let writer = try lab.writer(
          fixture, folder, pace: .init(capacity: 20, bytes: 1000))
        for _ in 0..<30 { writer.record(lab.record(of: alpha)) }
        #expect(!writer.keepsChanges(of: alpha.id) && writer.keepsChanges(of: beta.id))
        writer.record(lab.record(of: beta, request: [UInt8](repeating: 0, count: 100)))
        // Messages that find no room are left out; the call is kept.
        writer.record(lab.record(of: beta, request: [UInt8](repeating: 0, count: 2000)))
        #expect(writer.keepsChanges(of: beta.id))
        await writer.flush()
        #expect(writer.keepsChanges(of: alpha.id))
        try await writer.ship()
        await writer.flush()
        try await writer.ship()
        let entries = try await lab.calls(fixture, alpha)
        #expect(entries.count(where: { $0.kind == .call }) == 10)
        #expect(entries.last { $0.kind == .loss }?.call.requestCount == 20)
        let others = try await lab.calls(fixture, beta)
        #expect(others.map(\.call.requestBody).sorted().last == #"{"[truncated]":true}"#)
        #expect(others.count == 2 && others.map(\.call.requestCount).sorted() == [0, 1])
      }
    }
  }

  @Test("lets nobody's calls fill no tenant's share", .covers("S-D21"))
  func strangers() throws {
    let tenant = IDs.alpha
    var waiting = WaitingRecords(capacity: 20, bytes: 1000)
    let stranger = lab.stranger(of: tenant, error: nil)
    for _ in 0..<30 { _ = waiting.add(stranger) }
    #expect(waiting.count == 10 && waiting.hasRoom(for: tenant) && waiting.hasRoom(for: nil))
    for _ in 0..<30 { _ = waiting.add(lab.stranger(of: nil, error: nil)) }
    #expect(waiting.hasRoom(for: tenant) && !waiting.hasRoom(for: nil))
    let taken = waiting.take()
    #expect(taken.count == 15 && waiting.isEmpty)
  }

  @Test("sums up the refused calls of one caller, method and reason", .covers("S-H6", "S-D21"))
  func sums() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        let limited = RPCError(code: .resourceExhausted, reason: "RATE_LIMITED", message: "no")
        var refused = lab.record(of: alpha, error: limited)
        refused.isRefused = true
        for _ in 0..<20 { writer.record(refused) }
        // One that got to its handler stands for itself.
        let failed = lab.record(
          of: alpha, error: RPCError(code: .notFound, reason: "NONE", message: "no"))
        for _ in 0..<8 { writer.record(failed) }
        await writer.flush(isLast: true)
        try await writer.ship()
        let entries = try await lab.calls(fixture, alpha)
        #expect(entries.count { $0.call.reason == "NONE" && $0.kind == .call } == 8)
        #expect(entries.count { $0.call.reason == "RATE_LIMITED" && $0.kind == .call } == 5)
        let sum = try #require(entries.first { $0.kind == .refusals })
        #expect(sum.call.requestCount == 15 && sum.actor == "artel:ann")
        #expect(sum.action == "artel.tenancy.v1.TenantService/GetTenant")
        #expect(sum.call.code == "RESOURCE_EXHAUSTED" && sum.call.address.hasPrefix("ipv4"))
        _ = try await fixture.sealer().seal()
        #expect(try await fixture.verify(alpha).size == entries.count + 1)
      }
    }
  }

  @Test(
    "has wrong answers of strangers in the log of the tenant that they were to, summed up",
    .covers("S-H6", "S-C2"))
  func guesses() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        let wrong = RPCError(code: .unauthenticated, reason: "SIGN_IN_REFUSED", message: "no")
        for _ in 0..<9 { writer.record(lab.stranger(of: alpha.id, error: wrong)) }
        await writer.flush(isLast: true)
        try await writer.ship()
        let entries = try await lab.calls(fixture, alpha)
        #expect(entries.map(\.kind).filter { $0 == .call }.count == 5)
        #expect(entries.first { $0.kind == .refusals }?.call.requestCount == 4)
        #expect(entries.allSatisfy { $0.call.address == "ipv4:192.0.2.7:40000" })
        #expect(entries.allSatisfy { $0.call.reason == "SIGN_IN_REFUSED" && $0.actor.isEmpty })
      }
    }
  }

  @Test("does not tell callers apart where a tenant's refusals are of too many")
  func manyCallers() {
    var sums = RefusalSums()
    let error = RPCError(code: .unauthenticated, reason: "WRONG", message: "no")
    for number in 0..<(RefusalSums.tenantCapacity + 20) {
      var record = lab.stranger(of: IDs.alpha, error: error)
      record.address = "ipv4:10.\(number >> 16).\(number >> 8 & 255).\(number & 255):1"
      let stands = sums.add(record, tenantID: IDs.alpha)
      #expect(stands == (number < RefusalSums.tenantCapacity + RefusalSums.singles))
    }
    // Another tenant's are told apart all the same.
    let stands = sums.add(lab.stranger(of: IDs.beta, error: error), tenantID: IDs.beta)
    #expect(stands)
    let ended = sums.ended(by: nil)
    #expect(ended.count == 1 && ended.first?.count == 15)
    #expect(ended.first?.record.address == "" && ended.first?.record.method == "")
    let others = sums.ended(by: nil)
    #expect(others.isEmpty)
  }

  @Test("ends its windows by the minute, and those of a clock that was set back")
  func windows() {
    var sums = RefusalSums()
    var record = lab.stranger(
      of: IDs.alpha, error: RPCError(code: .unauthenticated, reason: "WRONG", message: "no"))
    record.startTime = 1_000_000_000
    for _ in 0..<7 { _ = sums.add(record, tenantID: IDs.alpha) }
    let before = sums.ended(by: record.startTime + RefusalSums.length - 1)
    let after = sums.ended(by: record.startTime + RefusalSums.length)
    for _ in 0..<7 { _ = sums.add(record, tenantID: IDs.alpha) }
    let back = sums.ended(by: record.startTime - 1)
    #expect(before.isEmpty && after.map(\.count) == [2] && back.map(\.count) == [2])
  }

  @Test("counts what the disk refused, of tenants and of nobody, and goes on", .covers("S-H8"))
  func disk() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        let writer = try lab.writer(fixture, folder)
        let spool = "\(folder)/0"
        try FileManager.default.moveItem(atPath: spool, toPath: "\(folder)/away")
        let error = RPCError(code: .unauthenticated, reason: "WRONG", message: "no")
        for _ in 0..<2 { writer.record(lab.record(of: alpha)) }
        writer.record(lab.stranger(of: nil, error: error))
        await writer.flush()
        #expect(!writer.keepsChanges(of: alpha.id) && !writer.keepsChanges(of: nil))
        writer.record(lab.record(of: alpha))
        #expect(writer.statistics.lost == 4)
        try FileManager.default.moveItem(atPath: "\(folder)/away", toPath: spool)
        await writer.flush()
        #expect(writer.keepsChanges(of: alpha.id) && writer.keepsChanges(of: nil))
        try await writer.ship()
        #expect(try await lab.calls(fixture, alpha).map(\.call.requestCount) == [3])
        let rows = try await fixture.directoryPool.read(
          Statement("SELECT count FROM artel.platform_audit_entry WHERE reason = 'NOT_KEPT'"),
          in: nil)
        #expect(try rows.map { try $0.int(0) } == [1])
      }
    }
  }

  @Test("does not wait for a key store that hangs", .covers("S-H8"))
  func keyStore() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        let store = HangingStore()
        let writer = try lab.writer(
          fixture, folder,
          pace: .init(sealing: .milliseconds(1), beforeSealing: { await store.wait() }))
        let text = Array("artel:canary".utf8)
        for _ in 0..<300 {
          writer.record(
            lab.record(
              of: alpha, "/artel.audit.v1.AuditService/ListAuditEntries", kind: .user,
              request: [4 << 3 | 2, UInt8(text.count)] + text))
        }
        await writer.flush()
        #expect(store.waiting <= 256, "no more wait than may")
        try await writer.ship()
        #expect(try await lab.calls(fixture, alpha).isEmpty, "they are on the disk, and wait there")
        store.answer()
        while writer.sealings.withLock({ $0 }) > 0 { await Task.yield() }
        try await writer.shipHeld(within: .seconds(60))
        let entries = try await lab.calls(fixture, alpha)
        #expect(entries.count == 300 && entries.allSatisfy { !$0.personalDigest.isEmpty })
        #expect(entries.allSatisfy { $0.actor == "artel:ann" && !$0.originDigest.isEmpty })
      }
    }
  }
}

private enum IDs {
  static let alpha = "0190a1b2-0000-7000-8000-000000000001"
  static let beta = "0190a1b2-0000-7000-8000-000000000002"
}

/// A key store that does not answer until it is told to.
private final class HangingStore: Sendable {
  private let waiters = Mutex<[CheckedContinuation<Void, Never>]?>([])

  var waiting: Int { waiters.withLock { $0?.count ?? 0 } }

  func answer() {
    let released = waiters.withLock { waiters in
      defer { waiters = nil }
      return waiters
    }
    for waiter in released ?? [] { waiter.resume() }
  }

  func wait() async {
    await withCheckedContinuation { waiter in
      let isOver = waiters.withLock { waiters in
        waiters?.append(waiter)
        return waiters == nil
      }
      if isOver { waiter.resume() }
    }
  }
}
