import GeneratedOptions
import Mutation
import RPC

/// Who comes in, and how long it may stay.
extension Pipeline {
  func admit(_ context: inout ServerContext, _ stage: Stage) async throws(RPCError)
    -> Caller?
  {
    let (peer, cost) = (context.peer, stage.policy.cost)
    try counted(\.networkDenied) { () throws(RPCError) in try configuration.networks.check(peer) }
    guard let authorization = stage.authorization else {
      try counted(\.rateLimited) { () throws(RPCError) in
        try limiter.admit(address: peer.address, cost)
      }
      return nil
    }
    let caller: Caller
    do throws(RPCError) {
      caller = try await authenticator.identify(context, stage.policy.access.rows)
      // Before it is known whether it may come in: a refusal is its tenant's to know.
      context.attachment = caller
      try authenticator.check(caller, context)
    } catch {
      throw refusal(error, of: peer)
    }
    try counted(\.rateLimited) { () throws(RPCError) in try limiter.admit(caller, cost) }
    try authorization.check(caller, now: configuration.now())
    return caller
  }

  /// What a call is answered that does not come in: that it has to wait, after too many such calls of
  /// its network. Who is let in is not asked, so that nobody's calls fail because a neighbour's do.
  private func refusal(_ error: RPCError, of peer: Peer) -> RPCError {
    switch error.code {
    case .resourceExhausted:
      limitCounters.add(\.rateLimited)
      return error
    case .unavailable:
      // Nobody could tell: that is no fault of the caller's.
      return error
    default:
      guard !Mutation.isOn(.refusesWithoutEnd) else { return error }
      do throws(RPCError) {
        try limiter.admitRefusal(from: peer.address)
        return error
      } catch {
        limitCounters.add(\.rateLimited)
        return error
      }
    }
  }

  /// Whether the credential of an open stream is still good, and its network may still call. Where
  /// nobody can tell now, the next look will; but a stream of anyone else than a person ends where
  /// revocations cannot be known (security.md C30).
  func recheck(_ context: ServerContext, _ caller: Caller) async throws(RPCError) {
    if !Mutation.isOn(.keepsDeniedStreams) { try configuration.networks.check(context.peer) }
    if caller.principal.kind != .user {
      try revocations?.check(caller.principal, tenantID: caller.tenant.id)
    }
    do {
      _ = try await authenticator.authenticate(context)
    } catch {
      if error.code != .unavailable, !Mutation.isOn(.keepsSuspendedStreams) { throw error }
    }
  }

  /// Waits until the credential of an open stream is revoked; returns at once where nothing is.
  func untilRevoked(_ caller: Caller) async throws {
    try await streams?.untilRevoked(caller)
  }

  var watchesRevocations: Bool { streams != nil }

  func secondsLeft(of caller: Caller?) -> Int64? {
    guard let expiresAt = caller?.principal.expiresAt, !Mutation.isOn(.keepsExpiredStreams) else {
      return nil
    }
    return max(0, expiresAt - configuration.now())
  }
}
