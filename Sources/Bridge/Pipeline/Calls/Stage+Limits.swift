import RPC

extension Stage {
  /// Whether calls are of those who operate the platform: its overload and the quotas of tenants are
  /// no reason to refuse them, once it is known who calls.
  var isOperators: Bool { policy.access.operator }

  /// Whether the process's overload is no reason to refuse a call: whoever asks for its health must not
  /// take it for dead.
  var isNeverShed: Bool { path.hasPrefix("/grpc.health.v1.Health/") }

  /// Runs a whole call unless the process has too much to do: before anything else is done for it.
  /// Whose they are is not asked: that would be more of what there is too much of.
  func guarded(
    _ context: ServerContext, _ body: () async throws -> UnaryReply
  ) async throws -> UnaryReply {
    if isNeverShed { return try await body() }
    let place = try enter(context)
    defer { pipeline.shedder.leave(place) }
    return try await body()
  }

  /// Refuses a stream that begins where a call would be refused. What runs on does not count: streams
  /// mostly wait.
  func guardBeginning(_ context: ServerContext) throws(RPCError) {
    if isNeverShed { return }
    pipeline.shedder.leave(try enter(context))
  }

  private func enter(_ context: ServerContext) throws(RPCError) -> LoadShedder.Place {
    do throws(RPCError) {
      return try pipeline.shedder.enter(policy.cost, hasReserve: isOperators)
    } catch {
      pipeline.limitCounters.add(\.shed)
      if isJournaled {
        var record = record(of: context)
        record.fail(error)
        pipeline.record(record)
      }
      throw error
    }
  }

  /// Runs a call that is admitted: within its tenant's share and quota, once for each key; and says in
  /// its answer where the caller stands.
  func limited(
    _ message: MessageBytes, _ context: ServerContext, _ body: () async throws -> UnaryReply
  ) async throws -> UnaryReply {
    guard let caller = context.attachment as? Caller else { return try await body() }
    if isOperators { return try await once(message, context, body) }
    try pipeline.counted(\.tenantBusy) { () throws(RPCError) in
      try pipeline.shares.enter(caller)
    }
    defer { pipeline.shares.leave(caller.tenant.id) }
    try pipeline.counted(\.quotaExceeded) { () throws(RPCError) in
      try pipeline.quotas?.use(caller, policy.cost)
    }
    var reply = try await once(message, context, body)
    if let standing = pipeline.limiter.standing(of: caller, policy.cost) {
      standing.write(to: &reply.trailingMetadata)
    }
    return reply
  }

  /// Runs a stream that is admitted: within its tenant's share of streams and its quota.
  func limitedStream<R>(
    _ context: ServerContext, _ body: () async throws -> R
  ) async throws -> R {
    guard let caller = context.attachment as? Caller, !isOperators else { return try await body() }
    try pipeline.counted(\.tenantBusy) { () throws(RPCError) in
      try pipeline.streamShares.enter(caller)
    }
    defer { pipeline.streamShares.leave(caller.tenant.id) }
    try pipeline.counted(\.quotaExceeded) { () throws(RPCError) in
      try pipeline.quotas?.use(caller, policy.cost)
    }
    return try await body()
  }
}
