import Mutation
import RPC
import Synchronization

/// How many calls of each tenant run at once, so that none can hold all that a process has while it
/// waits: database connections, memory, partners that do not answer.
final class TenantShares: Sendable {
  private final class Part: Sendable {
    let running = Mutex<[String: Int]>([:])
  }

  private let most: Int
  private let parts = (0..<16).map { _ in Part() }

  init(most: Int) { self.most = most }

  /// A call of a tenant begins; it has to end by `leave`.
  ///
  /// - Throws: `RPCError` with `.resourceExhausted` where too many run.
  func enter(_ caller: Caller) throws(RPCError) {
    let tenantID = caller.tenant.id
    let most = caller.mayUseReserve ? most + Int(TenantReserve.running.above(Int64(most))) : most
    let isAdmitted = part(of: tenantID).running.withLock { running in
      let count = running[tenantID, default: 0]
      guard count < most || Mutation.isOn(.givesTenantsAll) else { return false }
      running[tenantID] = count + 1
      return true
    }
    guard isAdmitted else { throw Self.tooMany }
  }

  /// A call of a tenant ends.
  func leave(_ tenantID: String) {
    part(of: tenantID).running.withLock { running in
      let count = running[tenantID, default: 0]
      // Nothing is remembered of who has nothing running; the room for it stays.
      running[tenantID] = count > 1 ? count - 1 : nil
    }
  }

  func running(_ tenantID: String) -> Int {
    part(of: tenantID).running.withLock { $0[tenantID] ?? 0 }
  }

  private func part(of tenantID: String) -> Part {
    parts[Int(UInt(bitPattern: tenantID.hashValue) % UInt(parts.count))]
  }

  private static let tooMany = RPCError(
    code: .resourceExhausted, reason: "TENANT_BUSY",
    message: "too many calls of the tenant run at once", retryAfter: .seconds(1))
}
