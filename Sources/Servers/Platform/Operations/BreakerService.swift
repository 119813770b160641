import Egress
import GeneratedOperations
import LibCrypto
import Pipeline
import RPC
import Storage
import SwiftProtobuf

/// Shows the breakers of this process to the tenant whose partners and issuers they are about, and closes
/// them at every process: a reset is an event, which each process reads from the outbox.
struct BreakerService: Artel_Operations_V1_BreakerService.SimpleServiceProtocol {
  static let resetEvent = "operations.breaker.reset"

  let breakers: Breakers
  let database: TenantDatabase
  let resources: [any ResourceRows]
  /// Names the process for as long as it runs.
  let process = UUIDv7.make()

  init(
    breakers: Breakers, database: TenantDatabase, resources: [any ResourceRows], hub: EventHub
  ) {
    self.breakers = breakers
    self.database = database
    self.resources = resources
    hub.follow(Self.resetEvent) { [process] event in
      // Its own are closed by then, and what they have seen since counts.
      guard event.payload["process"] != process,
        let key = BreakerName.key(event.resource, tenantID: event.tenantID, among: breakers)
      else { return }
      _ = breakers.reset(key)
    }
  }

  func listBreakers(
    request: Artel_Operations_V1_ListBreakersRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ListBreakersResponse {
    let tenantID = try context.caller.tenant.id
    return .with {
      $0.breakers = messages(of: tenantID).sorted { $0.name < $1.name }
      $0.process = process
    }
  }

  func resetBreaker(
    request: Artel_Operations_V1_ResetBreakerRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_Breaker {
    let caller = try context.caller
    guard
      let key = BreakerName.key(request.name, tenantID: caller.tenant.id, among: breakers),
      try await isKnown(key, caller, context.deadline)
    else { throw Refusal.notFound }
    // Written down first: what cannot be proved is not done.
    try await database.change(
      as: .init(caller), action: context.action, deadline: context.deadline
    ) { change in
      try await change.record(
        resource: request.name, change: "reset", event: Self.resetEvent,
        payload: ["process": process])
    }
    _ = breakers.reset(key)
    if let message = messages(of: caller.tenant.id).first(where: { $0.name == request.name }) {
      return message
    }
    // Here it was not used yet, and so it is closed.
    var message = Artel_Operations_V1_Breaker(naming: key, process: process)
    message.state = .closed
    return message
  }

  /// Whether there may be such a breaker at some process.
  private func isKnown(
    _ key: BreakerKey, _ caller: Caller, _ deadline: ContinuousClock.Instant?
  ) async throws -> Bool {
    let statuses = breakers.statuses(tenantID: caller.tenant.id)
    if statuses.contains(where: { $0.key == key }) { return true }
    guard Self.operations.contains(key.operation) else { return false }
    for rows in resources {
      let shown = try await rows.shows(
        "partners/\(key.destination.name)", to: .init(caller), deadline: deadline)
      if shown == true { return true }
    }
    return false
  }

  /// What partners are called for.
  private static let operations: Set<String> = ["open", "state", EgressClient.tokenOperation]

  private func messages(of tenantID: String) -> [Artel_Operations_V1_Breaker] {
    let now = UnixTime.now()
    return breakers.statuses(tenantID: tenantID)
      .filter { BreakerName.purposes.contains($0.key.destination.purpose) }
      .map { Artel_Operations_V1_Breaker($0, process: process, now: now) }
  }
}

extension Artel_Operations_V1_Breaker {
  /// - Parameter now: In seconds since 1970: the process counts by a clock without a date.
  fileprivate init(_ status: BreakerStatus, process: String, now: Int64) {
    self.init(naming: status.key, process: process)
    state =
      switch status.state {
      case .closed: .closed
      case .open: .open
      case .halfOpen: .halfOpen
      }
    stateTime.seconds = now - status.age.components.seconds
    if let next = status.nextProbe { nextProbeTime.seconds = now + next.components.seconds }
    openings = Int32(clamping: status.openings)
    successes = Int64(status.counts.successes)
    refusals = Int64(status.counts.refusals)
    failures = Int64(status.counts.failures)
    timeouts = Int64(status.counts.timeouts)
    rejections = Int64(status.counts.rejections)
  }

  /// Says which breaker it is, and nothing of how it is.
  fileprivate init(naming key: BreakerKey, process: String) {
    self.init()
    name = BreakerName.of(key)
    switch key.destination.purpose {
    case .issuer: documentUri = key.destination.name
    case .partner, .messages: partner = "partners/\(key.destination.name)"
    }
    operation = key.operation
    self.process = process
  }
}
