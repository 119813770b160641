import Logging
import Mutation
import RPC

/// What is kept of calls.
extension Pipeline {
  /// Tells the operator what the caller is not told.
  func report(_ error: any Error, _ path: String) {
    guard !(error is RPCError), RPCError(hiding: error).code == .internalError else { return }
    logger.error("a call failed", metadata: ["method": "\(path)", "error": "\(error)"])
  }

  func record(_ record: CallRecord) { journal?.record(record) }

  /// A change that nobody could keep is not made (security.md H8).
  func checkJournal(of caller: Caller?) throws(RPCError) {
    guard let journal, !journal.keepsChanges(of: caller?.tenant.id),
      !Mutation.isOn(.changesUnaudited)
    else { return }
    throw RPCError(
      code: .unavailable, reason: "AUDIT_UNAVAILABLE",
      message: "changes cannot be audited now", retryAfter: .seconds(1))
  }

  var keepsJournal: Bool { journal != nil }
}
