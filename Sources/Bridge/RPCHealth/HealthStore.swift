public import GeneratedHealth
import Synchronization

/// What the server says of its services' health, and who watches it.
public final class HealthStore: Sendable {
  /// A service's health.
  public typealias ServingStatus = Grpc_Health_V1_HealthCheckResponse.ServingStatus

  /// The name that stands for the whole server.
  public static let server = ""

  private struct State {
    var statuses: [String: ServingStatus] = [:]
    var watchers: [Int: Watcher] = [:]
    var nextWatcher = 0
    var isShutDown = false

    mutating func set(_ service: String, _ status: ServingStatus) {
      guard !isShutDown, statuses.updateValue(status, forKey: service) != status else { return }
      for watcher in watchers.values where watcher.service == service {
        watcher.changes.yield(status)
      }
    }
  }

  private struct Watcher {
    let service: String
    let changes: AsyncStream<ServingStatus>.Continuation
  }

  private let state = Mutex(State())

  /// Creates a store in which nothing serves yet: neither the services nor the whole server.
  public init(services: [String] = []) {
    state.withLock { state in
      for service in services + [Self.server] { state.statuses[service] = .notServing }
    }
  }

  /// Sets the status of a service, known before or not, and tells those who watch it.
  public func set(_ service: String, _ status: ServingStatus) {
    state.withLock { $0.set(service, status) }
  }

  /// Sets the status of every service that is known.
  public func setAll(_ status: ServingStatus) {
    state.withLock { state in
      for service in Array(state.statuses.keys) { state.set(service, status) }
    }
  }

  /// Says for good that nothing serves any more: those who watch are told, and their calls end, so
  /// that they do not hold up the server's end.
  public func shutdown() {
    let watchers = state.withLock { state in
      for service in Array(state.statuses.keys) { state.set(service, .notServing) }
      state.isShutDown = true
      defer { state.watchers = [:] }
      return state.watchers
    }
    // Not under the lock: a stream that ends calls back.
    for watcher in watchers.values { watcher.changes.finish() }
  }

  /// The status of a service; nil where it is not known.
  public func status(_ service: String) -> ServingStatus? {
    state.withLock { $0.statuses[service] }
  }

  /// The status of every service that is known; nil where they are more than `limit`.
  public func statuses(atMost limit: Int) -> [String: ServingStatus]? {
    state.withLock { $0.statuses.count > limit ? nil : $0.statuses }
  }

  /// How many calls watch.
  public var watcherCount: Int { state.withLock { $0.watchers.count } }

  /// The status of a service now, and then each change of it; only the newest waits to be read.
  func watch(_ service: String) -> AsyncStream<ServingStatus> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { changes in
      let id = state.withLock { state -> Int? in
        changes.yield(state.statuses[service] ?? .serviceUnknown)
        guard !state.isShutDown else { return nil }
        state.nextWatcher += 1
        state.watchers[state.nextWatcher] = Watcher(service: service, changes: changes)
        return state.nextWatcher
      }
      guard let id else { return changes.finish() }
      changes.onTermination = { [weak self] _ in
        _ = self?.state.withLock { $0.watchers.removeValue(forKey: id) }
      }
    }
  }
}
