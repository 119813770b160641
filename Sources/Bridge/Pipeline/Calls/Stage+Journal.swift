import GeneratedOptions
import LibCrypto
import Mutation
import RPC
import Telemetry

extension Stage {
  /// Admits the call, runs it, and keeps it in the journal: a refused one too.
  ///
  /// - Parameters:
  ///   - request: The one message that came.
  ///   - tally: What counts the messages of streams.
  ///   - reply: The one message of a result.
  ///   - body: Says by the record when it gets to the handler.
  func journaled<R>(
    _ context: ServerContext, request: MessageBytes? = nil, tally: StreamTally? = nil,
    reply: (R) -> MessageBytes? = { _ in nil },
    _ body: (ServerContext, inout CallRecord) async throws -> R
  ) async throws -> R {
    var context = context
    var record = record(of: context)
    guard isJournaled else {
      do {
        _ = try await pipeline.admit(&context, self)
        return try await body(context, &record)
      } catch {
        pipeline.report(error, path)
        throw error
      }
    }
    let start = ContinuousClock.now
    record.request = request
    record.passed = tally
    do {
      let caller = try await pipeline.admit(&context, self)
      let result: R
      if mayChange {
        try pipeline.checkJournal(of: caller)
        let id = UUIDv7.make()
        let facts = CallFacts(
          id: id, caller: caller, address: record.address, door: record.door)
        record.id = id
        record.facts = facts
        result = try await CallFacts.$current.withValue(facts) {
          try await body(context, &record)
        }
      } else {
        result = try await body(context, &record)
      }
      record.response = reply(result)
      keep(&record, context, since: start)
      return result
    } catch {
      let seen = RPCError(hiding: error)
      pipeline.report(error, path)
      record.fail(seen)
      keep(&record, context, since: start)
      throw seen
    }
  }

  /// A stream gets to its handler: what is kept of it does not wait for its end, which may be far, and
  /// which a killed process does not come to.
  func begin(_ record: inout CallRecord, _ context: ServerContext) {
    record.isRefused = false
    guard isJournaled else { return }
    if record.id == nil { record.id = UUIDv7.make() }
    var beginning = record
    beginning.isBeginning = true
    beginning.passed = nil
    beginning.caller = context.attachment as? Caller
    pipeline.record(beginning)
  }

  /// What is known of a call before anything is looked at.
  func record(of context: ServerContext) -> CallRecord {
    var record = CallRecord(
      method: path, door: context.peer.door, caller: nil, code: .ok, message: "", duration: .zero)
    record.startTime = UnixTime.microseconds()
    record.address = context.peer.address
    record.isRefused = true
    record.trace = TraceScope.current?.context.traceID
    // The door's own stands before the caller's.
    record.callersTrace =
      context.metadata.value("traceparent", behind: context.beganTrace ? 1 : 0)
      ?? context.metadata.first("x-request-id")
    return record
  }

  private func keep(
    _ record: inout CallRecord, _ context: ServerContext, since start: ContinuousClock.Instant
  ) {
    record.caller = context.attachment as? Caller
    // Calls that got nowhere are many where somebody wants them to be, and so are calls of nobody,
    // which are counted: their messages would only fill what waits for the disk.
    if record.isRefused || record.tenantID == nil {
      record.request = nil
      record.response = nil
    }
    record.duration = .now - start
    pipeline.record(record)
  }

  /// Whether its calls may change something, so that their changes name them.
  var mayChange: Bool { policy.audit == .change }

  /// What counts a stream's messages; nil where nobody keeps the count.
  func tally() -> StreamTally? { isJournaled ? StreamTally() : nil }
}
