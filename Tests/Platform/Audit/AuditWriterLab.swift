import Foundation
import GeneratedDescriptors
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import StorageTestSupport
import Testing
import Transcoding

@testable import Platform

/// What tests of the writer of calls have in common.
struct AuditWriterLab {
  let contracts: AuditContracts
  /// Of the processes that share a folder of spools.
  static let holding: HeldEntry = {
    do {
      return try HeldEntry(signingKey: Ed25519Key(seed: [UInt8](repeating: 7, count: 32)))
    } catch {
      preconditionFailure("no key: \(error)")
    }
  }()

  init() throws {
    contracts = AuditContracts(try Schema(descriptorSet: ArtelDescriptors.descriptorSet))
  }

  func inFolder<R>(_ body: (String) async throws -> R) async throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("audit-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
  }

  func writer(
    _ fixture: PlatformFixture, _ folder: String, limit: Int = 1 << 20,
    vault: TenantVault? = nil, holding: HeldEntry = Self.holding, pace: AuditWriter.Pace = .init()
  ) throws -> AuditWriter {
    try AuditWriter(
      contracts: contracts, spools: folder, limit: limit, pool: fixture.app,
      vault: vault ?? fixture.vault, holding: holding, pace: pace, logger: .silent)
  }

  func record(
    of tenant: Tenant?, _ method: String = "/artel.tenancy.v1.TenantService/GetTenant",
    kind: PrincipalKind = .administrator, request: [UInt8] = [], response: [UInt8] = [],
    error: RPCError? = nil
  ) -> CallRecord {
    var record = CallRecord(
      method: method, door: .rest,
      caller: tenant.map {
        Caller(
          tenant: $0,
          principal: Principal(
            kind: kind, subject: "artel:ann", clientID: "console",
            certificateThumbprint: "thumb"))
      }, code: error?.code.status ?? .ok, message: error?.message ?? "",
      duration: .microseconds(1234))
    record.error = error
    record.address = "ipv4:192.0.2.7:40000"
    record.startTime = 1_700_000_000_123_456
    record.callersTrace = "00-trace"
    record.request = MessageBytes(request)
    if error == nil { record.response = MessageBytes(response) }
    return record
  }

  /// A call without a credential, which asks something of a tenant.
  func stranger(of tenantID: String?, error: RPCError?) -> CallRecord {
    var record = record(of: nil, "/artel.people.v1.SignInService/ProvePassword", error: error)
    let facts = CallFacts(id: UUIDv7.make(), caller: nil, address: record.address, door: .rest)
    if let tenantID { facts.concern(tenantID) }
    record.facts = facts
    return record
  }

  func calls(
    _ fixture: PlatformFixture, _ tenant: Tenant, vault: TenantVault? = nil
  ) async throws -> [AuditEntry] {
    let rows = try await fixture.tenants.query(
      Statement("SELECT e.* FROM artel.audit_entry AS e WHERE kind <> 'CHANGE' ORDER BY sequence"),
      as: Actor(tenantID: tenant.id, service: "test"), deadline: nil)
    return try await (vault ?? fixture.vault).shown(try rows.map { try AuditEntry($0) }).map(
      \.entry)
  }
}
