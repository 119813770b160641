public import GeneratedHealth
import Synchronization

/// What the server says of its services' health, and who watches it.
public final class HealthStore: Sendable {
  /// The name that stands for the whole server.
  public static let server = ""

  private struct State {
    var statuses: [String: Grpc_Health_V1_HealthCheckResponse.ServingStatus] = [:]
    var watchers: [Int: Watcher] = [:]
    var nextWatcher = 0
  }

  private struct Watcher {
    let service: String
    let changes: AsyncStream<Grpc_Health_V1_HealthCheckResponse.ServingStatus>.Continuation
  }

  private let state = Mutex(State())

  /// Creates a store in which the whole server does not serve yet.
  public init(services: [String] = []) {
    state.withLock { state in
      for service in services + [Self.server] { state.statuses[service] = .notServing }
    }
  }

  /// Sets the status of every service that is known.
  public func setAll(_ status: Grpc_Health_V1_HealthCheckResponse.ServingStatus) {
    let services = state.withLock { Array($0.statuses.keys) }
    for service in services { set(service, status) }
  }

  /// Sets the status of a service, and tells those who watch it.
  public func set(_ service: String, _ status: Grpc_Health_V1_HealthCheckResponse.ServingStatus) {
    state.withLock { state in
      state.statuses[service] = status
      for watcher in state.watchers.values where watcher.service == service {
        watcher.changes.yield(status)
      }
    }
  }

  /// The status of a service; nil where it is not known.
  public func status(_ service: String) -> Grpc_Health_V1_HealthCheckResponse.ServingStatus? {
    state.withLock { $0.statuses[service] }
  }

  /// The status of a service now, and then each change of it; only the newest waits to be read.
  func watch(_ service: String)
    -> AsyncStream<Grpc_Health_V1_HealthCheckResponse.ServingStatus>
  {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { changes in
      let id = state.withLock { state in
        state.nextWatcher += 1
        state.watchers[state.nextWatcher] = Watcher(service: service, changes: changes)
        changes.yield(state.statuses[service] ?? .serviceUnknown)
        return state.nextWatcher
      }
      changes.onTermination = { [weak self] _ in
        _ = self?.state.withLock { $0.watchers.removeValue(forKey: id) }
      }
    }
  }
}
