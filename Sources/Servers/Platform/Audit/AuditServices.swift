public import LibCrypto
import Logging
import Pipeline
public import Postgres
import Storage

/// What the audit of a serving process runs on.
public struct AuditConfiguration: Sendable {
  /// What the contracts say of what is kept.
  public var contracts: AuditContracts
  /// The pool of the role `artel_sealer`.
  public var sealerPool: PostgresPool
  /// The key that signs checkpoints.
  public var signingKey: Ed25519Key
  /// The public keys of those that signed before it.
  public var formerKeys: [[UInt8]]
  /// The folder in which processes have their spools.
  public var spoolFolder: String
  /// The most bytes of this process's spool.
  public var spoolLimit: Int
  /// Where checkpoints are kept outside of the database.
  public var checkpointFile: String?
  /// Where sealed entries are written, line by line.
  public var linesFile: String?

  /// Creates a configuration.
  public init(
    contracts: AuditContracts, sealerPool: PostgresPool, signingKey: Ed25519Key,
    formerKeys: [[UInt8]] = [], spoolFolder: String, spoolLimit: Int = 256 << 20,
    checkpointFile: String? = nil,
    linesFile: String? = nil
  ) {
    self.contracts = contracts
    self.sealerPool = sealerPool
    self.signingKey = signingKey
    self.formerKeys = formerKeys
    self.spoolFolder = spoolFolder
    self.spoolLimit = spoolLimit
    self.checkpointFile = checkpointFile
    self.linesFile = linesFile
  }
}

/// What keeps calls, and what seals them.
public struct AuditServices: Sendable {
  /// Keeps calls; to be run by the service group.
  public let writer: AuditWriter
  /// Seals entries; to be run by the service group.
  public let sealer: AuditSealer

  /// Opens the spool; connects nothing yet.
  ///
  /// - Parameter next: who is told of every call as well.
  /// - Throws: `SpoolError` where there is no place for it.
  init(
    _ audit: AuditConfiguration, platform: PlatformConfiguration, next: (any CallJournal)?,
    logger: Logger
  ) throws {
    writer = try AuditWriter(
      contracts: audit.contracts, spools: audit.spoolFolder, limit: audit.spoolLimit,
      pool: platform.applicationPool, vault: platform.vault,
      holding: HeldEntry(signingKey: audit.signingKey), next: next, logger: logger)
    var outlets: [any AuditOutlet] = [LoggedCheckpoints(logger: logger)]
    if let path = audit.checkpointFile {
      outlets.append(CheckpointFile(path: path, logger: logger))
    }
    if let path = audit.linesFile {
      outlets.append(AuditLines(path: path, logger: logger))
    }
    sealer = AuditSealer(
      pool: audit.sealerPool, baseDomain: platform.baseDomain, key: audit.signingKey,
      formerKeys: audit.formerKeys, outlets: outlets, logger: logger)
  }
}
