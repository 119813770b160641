import Egress
import Foundation
import GeneratedResidential
import LibCrypto
import Logging
import Pipeline
import Platform
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// The platform over the bench's own database.
struct Rig {
  let directory: PlatformDirectory
  let revocations: RevocationFeed
  let audit: AuditServices
  private let database: TenantDatabase
  private let pools: [PostgresPool]
  private let client: EgressClient
  private let spools: String

  init(logger: Logger) throws {
    let settings = ProcessInfo.processInfo.environment
    guard let host = settings["ARTEL_DATABASE_HOST"], let name = settings["ARTEL_DATABASE_NAME"],
      let secrets = settings["ARTEL_SECRETS_DIRECTORY"]
    else { throw PipelineBench.Failure("there is no database: start tools/bench/pipeline") }
    func pool(_ role: String) throws -> PostgresPool {
      let password = try String(
        contentsOfFile: "\(secrets)/database-\(role)-password", encoding: .utf8)
      return PostgresPool(
        PostgresConfiguration(
          host: host, database: name, user: "artel_\(role)", password: password), logger: logger)
    }
    pools = [try pool("app"), try pool("directory"), try pool("keys")]
    client = try EgressClient()
    let hub = EventHub()
    // Nothing is sealed or opened here.
    let key = KeyEncryptionKey(try AES256Key([UInt8](repeating: 7, count: 32)))
    let platform = PlatformServices(
      PlatformConfiguration(
        baseDomain: try BaseDomain("artel.localhost"), applicationPool: pools[0],
        directoryPool: pools[1],
        vault: TenantVault(
          store: PostgresKeyStore(pool: pools[2], rows: RowsDatabase(pool: pools[0])),
          encryption: FileKeyEncryption(key)),
        egress: client),
      hub: hub, logger: logger)
    directory = platform.directory
    revocations = platform.revocations
    spools = NSTemporaryDirectory() + "/pipeline-bench-\(UUID().uuidString)"
    audit = try platform.audit(
      AuditConfiguration(
        contracts: AuditContracts(try Stages.schema()), sealerPool: pools[0],
        signingKey: try Ed25519Key(seed: [UInt8](repeating: 7, count: 32)), spoolFolder: spools),
      next: nil, logger: logger)
    database = TenantDatabase(pool: pools[0], hub: hub)
  }

  /// Keeps the list of revocations young, as `artel serve` does.
  func follow() async throws -> Task<Void, any Error> {
    try await revocations.refresh()
    return Task { [revocations] in try await revocations.run() }
  }

  /// Waits until the database has every call that was made.
  func drainAudit() async throws {
    var last = -1
    while true {
      let now = audit.writer.statistics
      if now.waiting == 0, now.spooled == 0, now.written == last { return }
      last = now.written
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// The row, as the residential domain reads it for a service.
  var find: Stages.Handler {
    { [database] request, context in
      let rows = try await database.query(
        Statement(
          """
          SELECT property_id, display_name, address, create_time
          FROM artel.property WHERE property_id = $1
          """, .text(String(request.name.dropFirst("properties/".count)))),
        as: try context.caller, deadline: context.deadline)
      guard let row = rows.first else { throw PipelineBench.Failure("there is no row") }
      return try .with {
        $0.name = "properties/\(try row.text(0))"
        $0.displayName = try row.text(1)
        $0.address = try row.text(2)
        let time = try row.timestamp(3)
        $0.createTime = Google_Protobuf_Timestamp(
          seconds: time.seconds, nanos: time.nanoseconds)
      }
    }
  }

  func close() async throws {
    for pool in pools { await pool.shutdown() }
    try await client.shutdown()
    try FileManager.default.removeItem(atPath: spools)
  }
}
