import Logging

/// What other threads ask of the reactor.
enum Command: Sendable {
  case openPool(PoolID, PostgresConfiguration, PoolMeter, Logger)
  case submit(PoolID, Trip)
  case cancel(PoolID, RequestID)
  case cancelReturned(ConnectionID)
  case resolved(ConnectionID, addresses: [String])
  case closePool(PoolID, by: ContinuousClock.Instant, CheckedContinuation<Void, Never>?)
  case openListener(ConnectionID, ListenerPlan)
  case closeListener(ConnectionID)
  case stop(CheckedContinuation<Void, Never>)
}

typealias PoolID = UInt64
