import Telemetry

/// Measures and traces what is asked of partners: each try by itself, since a partner answers for
/// each.
struct ObservedPartnerClient: PartnerClient {
  let client: any PartnerClient
  let telemetry: ResidentialTelemetry

  func open(_ order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    await observed("open", order) { await client.open(order, until: expiry) }
  }

  func state(of order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    await observed("state", order) { await client.state(of: order, until: expiry) }
  }

  func pause(before route: PartnerRoute) -> Duration? { client.pause(before: route) }

  private func observed(
    _ operation: String, _ order: PartnerOrder, _ ask: () async -> PartnerReply
  ) async -> PartnerReply {
    let start = ContinuousClock.now
    let scope = TraceScope.current
    let span = scope?.span?.child("partner \(operation)", .client)
    span?.set("peer.service", order.route.endpoint.label)
    let inner = span.map { TraceScope(context: $0.context, span: $0) } ?? scope
    let reply = await TraceScope.$current.withValue(inner) { await ask() }
    telemetry.asked(
      order.route.endpoint.label, operation, reply.outcome, reply.isGood,
      start.duration(to: .now))
    span?.set("artel.partner.outcome", reply.outcome)
    if !reply.isGood { span?.fail(reply.outcome) }
    span?.end()
    return reply
  }
}

extension PartnerReply {
  /// What became of the try, of few values.
  fileprivate var outcome: String {
    switch self {
    case .state: "answered"
    case .unknownCommand: "unknown_command"
    case .refused: "refused"
    case .notSent: "not_sent"
    case .unclear: "unclear"
    }
  }

  /// Whether the partner did what it promises: it answered, if only to say no.
  fileprivate var isGood: Bool {
    switch self {
    case .state, .unknownCommand, .refused: true
    case .notSent, .unclear: false
    }
  }
}

extension PartnerEndpoint {
  /// Tells partners of all tenants apart, in metrics that have room for so many.
  fileprivate var label: String { "\(tenantID)/\(partnerID)" }
}
