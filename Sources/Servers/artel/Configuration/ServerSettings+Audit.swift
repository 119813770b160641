import Configuration
import LibCrypto

extension ServerSettings {
  /// What is kept of calls, and where.
  struct Audit: Sendable {
    /// The folder in which the processes of this machine have their spools.
    var spoolDirectory: String
    /// The most bytes of one spool.
    var spoolBytes: Int
    /// Where checkpoints are kept outside of the database.
    var checkpointsFile: String?
    /// Where sealed entries are written, line by line.
    var linesFile: String?
    /// The public keys that signed checkpoints before the key that does.
    var formerKeys: [[UInt8]] = []

    static let names: Set<String> = [
      "ARTEL_AUDIT_SPOOL_DIRECTORY", "ARTEL_AUDIT_SPOOL_BYTES", "ARTEL_AUDIT_CHECKPOINTS_FILE",
      "ARTEL_AUDIT_LINES_FILE", "ARTEL_AUDIT_FORMER_KEYS",
    ]

    init(_ config: ConfigReader, problems: inout [String]) {
      spoolDirectory = config.string(
        forKey: "audit.spool.directory", default: "/var/lib/artel/audit-spool")
      checkpointsFile = config.string(forKey: "audit.checkpoints.file")
      linesFile = config.string(forKey: "audit.lines.file")
      for text in config.string(forKey: "audit.former.keys")?.split(separator: ",") ?? [] {
        if let key = SignedCheckpoint.publicKey(ofVerifierKey: String(text)) {
          formerKeys.append(key)
        } else {
          problems.append("ARTEL_AUDIT_FORMER_KEYS is not a list of keys as artel audit key prints")
        }
      }
      spoolBytes = 256 << 20
      if let text = config.string(forKey: "audit.spool.bytes") {
        if let bytes = Int(text), bytes >= 65_536 {
          spoolBytes = bytes
        } else {
          problems.append("ARTEL_AUDIT_SPOOL_BYTES is not a number from 65536")
        }
      }
    }
  }
}
