import Mutation
import Synchronization

/// Hands committed events to whoever watches in this process.
///
/// The dispatcher publishes what it read from the outbox; a change wakes the dispatcher as soon as
/// it committed, so that a watcher need not wait for the next poll.
public final class EventHub: Sendable {
  private struct State {
    var subscriptions: [String: [ObjectIdentifier: EventSubscription]] = [:]
    var waker: (@Sendable () -> Void)?
    var followers: [String: [@Sendable (OutboxEvent) -> Void]] = [:]
  }

  private let state = Mutex(State())

  /// Creates a hub that nobody watches.
  public init() {}

  /// Watches the events of one tenant from now on, until the subscription is cancelled.
  public func subscribe(tenantID: String) -> EventSubscription {
    let subscription = EventSubscription(hub: self, tenantID: tenantID)
    state.withLock {
      $0.subscriptions[tenantID, default: [:]][ObjectIdentifier(subscription)] = subscription
    }
    return subscription
  }

  /// Does something at each event of a type, of whatever tenant, for as long as the hub lives: at
  /// every process, whichever has committed it. It must not wait.
  public func follow(_ type: String, _ body: @escaping @Sendable (OutboxEvent) -> Void) {
    state.withLock { $0.followers[type, default: []].append(body) }
  }

  /// Hands an event to the tenant's watchers.
  public func publish(_ event: OutboxEvent) {
    for follower in state.withLock({ $0.followers[event.type] }) ?? [] { follower(event) }
    if Mutation.isOn(.sharesEvents) { return publishEverywhere(event) }
    let watchers = state.withLock { $0.subscriptions[event.tenantID].map { Array($0.values) } }
    for watcher in watchers ?? [] { watcher.offer(event) }
  }

  private func publishEverywhere(_ event: OutboxEvent) {
    let watchers = state.withLock { $0.subscriptions.values.flatMap { Array($0.values) } }
    for watcher in watchers { watcher.offer(event) }
  }

  /// Tells every watcher that events may have been missed, such as after an outage.
  public func publishMissed() {
    let watchers = state.withLock { $0.subscriptions.values.flatMap { Array($0.values) } }
    for watcher in watchers { watcher.offerMissed() }
  }

  /// How many watch.
  public var subscriberCount: Int {
    state.withLock { $0.subscriptions.values.reduce(0) { $0 + $1.count } }
  }

  /// Says whom `wake` wakes: the dispatcher.
  public func onWake(_ waker: @escaping @Sendable () -> Void) {
    state.withLock { $0.waker = waker }
  }

  /// Something was committed.
  public func wake() {
    state.withLock { $0.waker }?()
  }

  func remove(_ subscription: EventSubscription) {
    state.withLock { state in
      let key = subscription.tenantID
      state.subscriptions[key]?[ObjectIdentifier(subscription)] = nil
      if state.subscriptions[key]?.isEmpty == true { state.subscriptions[key] = nil }
    }
  }
}
