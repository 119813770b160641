import Logging
import Mutation
import Postgres
import ServiceLifecycle
import Storage

/// Ends erasures that were begun and not ended: their process died, or the key store could not be
/// asked. Any process takes them up, each for a while.
struct BegunErasures: Service {
  /// Longer than an attempt takes; behind it, another process tries.
  private static let lease: Duration = .seconds(15)
  private static let interval: Duration = .seconds(5)
  private static let patience: Duration = .seconds(10)
  private static let atOnce = 16

  /// The pool of the role `artel_dispatcher`, which sees what is begun of all tenants, and not of whom.
  let pool: PostgresPool
  let database: TenantDatabase
  let logger: Logger

  private struct Entry: Sendable {
    let tenantID: String
    let id: String
    let keyName: [UInt8]
  }

  /// Runs until the service group shuts down or the task is cancelled.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          while try await end() == Self.atOnce {}
        } catch {
          if !Task.isCancelled {
            logger.warning("erasures cannot be looked for", metadata: ["error": "\(error)"])
          }
        }
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  /// Ends those that nobody is at; returns how many there were. One that cannot be ended keeps the
  /// others from nothing, and comes again.
  func end() async throws -> Int {
    let entries = try await take()
    for entry in entries {
      do {
        try await end(entry)
      } catch {
        try Task.checkCancellation()
        logger.warning(
          "an erasure cannot be ended yet",
          metadata: [
            "tenant": "\(entry.tenantID)", "erasure": "\(entry.id)", "error": "\(error)",
          ])
      }
    }
    return entries.count
  }

  private func end(_ entry: Entry) async throws {
    try await database.vault.erase(subjectNamed: entry.keyName, tenantID: entry.tenantID)
    _ = try await database.change(
      as: Actor(tenantID: entry.tenantID, service: "privacy"),
      action: "artel.privacy/EndErasure", deadline: .now + Self.patience
    ) { try await SubjectErasure.end(entry.id, $0) }
  }

  private func take() async throws -> [Entry] {
    guard !Mutation.isOn(.leavesErasures) else { return [] }
    return try await pool.query(
      Statement(
        """
        WITH due AS (
          SELECT tenant_id, erasure_id FROM artel.erasure
          WHERE erase_time IS NULL AND key_name IS NOT NULL AND next_time <= now()
          ORDER BY next_time LIMIT $2 FOR UPDATE SKIP LOCKED)
        UPDATE artel.erasure AS e SET next_time = now() + make_interval(secs => $1)
        FROM due WHERE e.tenant_id = due.tenant_id AND e.erasure_id = due.erasure_id
        RETURNING e.tenant_id, e.erasure_id, e.key_name
        """, .double(Self.lease / .seconds(1)), .int(Self.atOnce)),
      in: nil, deadline: .now + Self.patience
    ).map {
      Entry(tenantID: try $0.uuid(0), id: try $0.uuid(1), keyName: try $0.bytes(2))
    }
  }
}
