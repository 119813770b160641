public import Logging
import RPC

/// Keeps calls as log entries: who, what, when, with what result and how long it took.
public struct LoggedCallJournal: CallJournal {
  private let logger: Logger

  /// Creates a journal over a logger of its own label.
  public init(logger: Logger) { self.logger = logger }

  public func record(_ record: CallRecord) {
    guard !record.isBeginning else { return }
    var metadata: Logger.Metadata = [
      "method": "\(record.method)", "door": "\(record.door.rawValue)",
      "code": "\(record.code.name)",
      "microseconds": "\(Int64(record.duration / .microseconds(1)))",
    ]
    if let caller = record.caller {
      metadata["tenant"] = "\(caller.tenant.name)"
      metadata["principal"] = "\(caller.principal.subject)"
      if let client = caller.principal.clientID { metadata["client"] = "\(client)" }
      if let thumbprint = caller.principal.certificateThumbprint {
        metadata["certificate"] = "\(thumbprint)"
      }
    }
    if !record.message.isEmpty { metadata["error"] = "\(record.message)" }
    logger.info("call", metadata: metadata)
  }
}
