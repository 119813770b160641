import LibCrypto
import Logging
import Pipeline
import Postgres
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Platform

/// A source that says when the dispatcher has taken its first position: what is committed from then
/// on has to arrive.
struct WatchedSource: OutboxSource {
  let base: any OutboxSource
  let looked = Counter()

  func horizon() async throws -> UInt64 { try await base.horizon() }

  func page(after position: OutboxPosition) async throws -> OutboxPage {
    let page = try await base.page(after: position)
    looked.increment()
    return page
  }

  func deleteOldest(olderThan age: Duration) async throws -> Int {
    try await base.deleteOldest(olderThan: age)
  }
}

/// Runs a dispatcher while `body` runs, and ends it then.
func dispatching<R>(
  _ source: any OutboxSource, to hub: EventHub,
  pace: OutboxDispatcher.Pace = .init(afterFailure: .milliseconds(20)),
  _ body: () async throws -> R
) async throws -> R {
  let watched = WatchedSource(base: source)
  let dispatcher = OutboxDispatcher(source: watched, hub: hub, pace: pace, logger: .silent)
  let run = Task { try await dispatcher.run() }
  do {
    while watched.looked.value == 0 { try await Task.sleep(for: .milliseconds(1)) }
    let result = try await body()
    run.cancel()
    try await run.value
    return result
  } catch {
    run.cancel()
    _ = await run.result
    throw error
  }
}

/// Commits a change with an event.
func writeEvent(
  _ resource: String, in tenant: Tenant, of fixture: PlatformFixture
) async throws {
  try await fixture.tenants.change(
    as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
  ) { change in
    try await change.record(
      resource: resource, change: "made", event: "test.thing.made", payload: ["a": "b"])
  }
}

/// The next event, which has to be one.
func nextEvent(_ subscription: EventSubscription) async throws -> OutboxEvent {
  let element = await subscription.next()
  guard case .event(let event)? = element else {
    Issue.record("\(String(describing: element)) came instead of an event")
    throw CancellationError()
  }
  return event
}
