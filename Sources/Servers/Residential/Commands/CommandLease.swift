import Logging
import Postgres
import Storage

/// Says of a command, again and again, that this process takes care of it.
struct CommandLease: Sendable {
  let database: TenantDatabase
  let actor: Storage.Actor
  let commandID: String
  let owner: String
  let duration: Duration
  let logger: Logger

  /// Renews the lease each time when half of it is over, until the task is cancelled or the lease
  /// is another's. A lease that cannot be renewed is lost, no more: whoever takes it uses the same
  /// key at the partner.
  func keep() async {
    while true {
      // Cancelled: the command is settled.
      guard (try? await Task.sleep(for: duration / 2)) != nil else { return }
      do {
        guard try await renew() else { return }
      } catch {
        if Task.isCancelled { return }
        logger.warning(
          "lease of a command not renewed",
          metadata: ["command": "\(commandID)", "tenant": "\(actor.tenantID)", "error": "\(error)"])
      }
    }
  }

  private func renew() async throws -> Bool {
    // A lease is no change of the command: nothing is recorded.
    try await database.change(as: actor, action: "command-lease", deadline: nil) { change in
      try await change.execute(
        Statement(
          """
          UPDATE artel.command SET lease_until = now() + make_interval(secs => $3)
          WHERE command_id = $1 AND lease_owner = $2 AND state IN ('SENT', 'ACKNOWLEDGED')
          """,
          .uuid(commandID), .uuid(owner), .double(duration.inSeconds))) > 0
    }
  }
}
